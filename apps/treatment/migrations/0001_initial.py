import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import apps.persons.models.assignment
import apps.treatment.models
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.lookups
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Clinic',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='unit')),
                        ('name', models.CharField(max_length=60, verbose_name='name of the clinic')),
                        ('kind', models.CharField(choices=[('centre', 'Centre'), ('station', 'Self-service station')], max_length=7, verbose_name='kind of clinic')),
                        ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='treatment.clinic', verbose_name='belongs to the centre')),
                        ('opened_on', models.DateField(verbose_name='open since')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='clinic closed on')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'verbose_name': 'clinic of maintenance treatment',
                        'verbose_name_plural': 'clinics of maintenance treatment',
                        'ordering': ('name', 'pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('centre', None), ('kind', 'centre')), models.Q(('centre__isnull', False), ('kind', 'station')), _connector='OR'), name='treatment_station_has_a_centre', violation_error_message='A station belongs to a centre, a centre to none.'), models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='treatment_clinic_closes_after_opening', violation_error_message='The end lies before the beginning.'), models.UniqueConstraint(fields=('area', 'name'), name='treatment_clinic_once', violation_error_message='A clinic of this unit and name is on file.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='station_of_a_centre', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN\n    RAISE EXCEPTION 'treatment_clinic_keeps_its_kind' USING ERRCODE = 'check_violation';\nEND IF;\nIF NEW.centre_id IS NOT NULL AND NOT EXISTS (\n    SELECT FROM treatment_clinic WHERE id = NEW.centre_id AND kind = 'centre'\n) THEN\n    RAISE EXCEPTION 'treatment_station_of_a_centre' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='70ad0b125fd7a29af3c43c6fd15bce537eb542ff', operation='INSERT OR UPDATE', pgid='pgtrigger_station_of_a_centre_ab2b8', table='treatment_clinic', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "treatment_clinicevent" ("area_id", "centre_id", "client_uuid", "closed_on", "id", "kind", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id") VALUES (NEW."area_id", NEW."centre_id", NEW."client_uuid", NEW."closed_on", NEW."id", NEW."kind", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='d33ff3cf0a00e9eca429ba152d9411c3dd3436b5', operation='INSERT', pgid='pgtrigger_insert_insert_fb99a', table='treatment_clinic', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "treatment_clinicevent" ("area_id", "centre_id", "client_uuid", "closed_on", "id", "kind", "name", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id") VALUES (NEW."area_id", NEW."centre_id", NEW."client_uuid", NEW."closed_on", NEW."id", NEW."kind", NEW."name", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='1f14ef5e8d768a95cda34d7d1764b3bdb0ad2f22', operation='UPDATE', pgid='pgtrigger_update_update_c2719', table='treatment_clinic', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ClinicEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='treatment.clinic')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='unit')),
                        ('name', models.CharField(max_length=60, verbose_name='name of the clinic')),
                        ('kind', models.CharField(choices=[('centre', 'Centre'), ('station', 'Self-service station')], max_length=7, verbose_name='kind of clinic')),
                        ('centre', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treatment.clinic', verbose_name='belongs to the centre')),
                        ('opened_on', models.DateField(verbose_name='open since')),
                        ('closed_on', models.DateField(blank=True, null=True, verbose_name='clinic closed on')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cc16fbab3426b04d13e08748cf019d9168ebcd4c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_04db2', table='treatment_clinicevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Treatment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='treatments', to='persons.person', verbose_name='person')),
                        ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='treatments', to='treatment.clinic', verbose_name='clinic')),
                        ('medicine', models.CharField(choices=[('methadone', 'Methadone'), ('buprenorphine', 'Buprenorphine'), ('other', 'Another medicine, in words')], max_length=13, verbose_name='medicine')),
                        ('medicine_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='medicine in words')),
                        ('since', models.DateField(verbose_name='in treatment since')),
                        ('basis', models.CharField(choices=[('signed', 'Own wish, application signed'), ('said', 'Own wish, said so to somebody')], max_length=6, verbose_name='basis')),
                        ('consent_on', models.DateField(verbose_name='consent given on')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='treatment ended on')),
                        ('end_reason', models.CharField(blank=True, choices=[('finished', 'Treatment finished'), ('elsewhere', 'Goes on at another clinic'), ('own_wish', 'Stopped of own wish'), ('missed', 'Did not come for a long time'), ('other', 'Another reason, in words')], default='', max_length=9, verbose_name='why the treatment ended')),
                        ('end_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='the end of the treatment in words')),
                    ],
                    options={
                        'verbose_name': 'maintenance treatment',
                        'verbose_name_plural': 'maintenance treatments',
                        'indexes': [models.Index(fields=['person', '-since'], name='treatment_person_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('basis__in', ['signed', 'said'])), name='treatment_own_wish', violation_error_message='Nobody is treated without having said that they want to.'), models.CheckConstraint(condition=models.Q(('consent_on__lte', models.F('since'))), name='treatment_consent_comes_first', violation_error_message='The consent comes before the treatment.'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_on', None)), models.Q(('ended_on__gte', models.F('since')), ('ended_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='treatment_ends_after_start', violation_error_message='The end lies before the beginning.'), models.CheckConstraint(condition=models.Q(models.Q(('medicine', 'other'), models.Q(('medicine_words', b''), _negated=True)), models.Q(models.Q(('medicine', 'other'), _negated=True), ('medicine_words', b'')), _connector='OR'), name='treatment_other_medicine_has_words', violation_error_message='Another medicine is said in words, and only that.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[('person', '='), (apps.persons.models.assignment.DateSpan('since', 'ended_on', models.Value('[)')), '&&')], name='treatment_one_at_a_time', violation_error_message='The person is in treatment on some of these days already.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='treatment_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "treatment_treatmentevent" ("basis", "client_uuid", "clinic_id", "consent_on", "county_id", "end_reason", "end_words", "ended_on", "id", "medicine", "medicine_words", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "since", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."basis", NEW."client_uuid", NEW."clinic_id", NEW."consent_on", NEW."county_id", NEW."end_reason", NEW."end_words", NEW."ended_on", NEW."id", NEW."medicine", NEW."medicine_words", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='772a971153bb7d455085288203ce5c840667632a', operation='INSERT', pgid='pgtrigger_insert_insert_97e80', table='treatment_treatment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "treatment_treatmentevent" ("basis", "client_uuid", "clinic_id", "consent_on", "county_id", "end_reason", "end_words", "ended_on", "id", "medicine", "medicine_words", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "since", "town_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."basis", NEW."client_uuid", NEW."clinic_id", NEW."consent_on", NEW."county_id", NEW."end_reason", NEW."end_words", NEW."ended_on", NEW."id", NEW."medicine", NEW."medicine_words", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."since", NEW."town_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='92ece6b6b8fb6703872c42106faf9ed178e57feb', operation='UPDATE', pgid='pgtrigger_update_update_a5fd7', table='treatment_treatment', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='TreatmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='treatment.treatment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('clinic', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treatment.clinic', verbose_name='clinic')),
                        ('medicine', models.CharField(choices=[('methadone', 'Methadone'), ('buprenorphine', 'Buprenorphine'), ('other', 'Another medicine, in words')], max_length=13, verbose_name='medicine')),
                        ('medicine_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='medicine in words')),
                        ('since', models.DateField(verbose_name='in treatment since')),
                        ('basis', models.CharField(choices=[('signed', 'Own wish, application signed'), ('said', 'Own wish, said so to somebody')], max_length=6, verbose_name='basis')),
                        ('consent_on', models.DateField(verbose_name='consent given on')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='treatment ended on')),
                        ('end_reason', models.CharField(blank=True, choices=[('finished', 'Treatment finished'), ('elsewhere', 'Goes on at another clinic'), ('own_wish', 'Stopped of own wish'), ('missed', 'Did not come for a long time'), ('other', 'Another reason, in words')], default='', max_length=9, verbose_name='why the treatment ended')),
                        ('end_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='the end of the treatment in words')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='477d4c0468d802650bacd5d9a6707675bdf9114b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c2ff9', table='treatment_treatmentevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('treatment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='months', to='treatment.treatment', verbose_name='maintenance treatment')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='treatment_months', to='persons.person', verbose_name='person')),
                        ('month', models.DateField(verbose_name='month')),
                        ('attended', models.PositiveSmallIntegerField(verbose_name='days attended')),
                        ('expected', models.PositiveSmallIntegerField(verbose_name='days expected')),
                        ('source', models.CharField(choices=[('list', 'List of the clinic'), ('told', 'Told by the clinic'), ('person', 'Told by the person')], max_length=6, verbose_name='source')),
                    ],
                    options={
                        'verbose_name': 'attendance of a month',
                        'verbose_name_plural': 'attendance of months',
                        'indexes': [models.Index(fields=['month'], name='treatment_month')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('treatment', 'month'), name='treatment_month_once', violation_error_message='This month is on record already: correct it there.'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='treatment_month_begins', violation_error_message='A month is named by its first day.'), models.CheckConstraint(condition=models.Q(('attended__lte', models.F('expected')), ('expected__gte', 1)), name='treatment_attended_of_expected', violation_error_message='Nobody comes on more days than were expected.'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(models.F('expected'), apps.treatment.models.DaysOfMonth('month')), name='treatment_days_of_the_month', violation_error_message='The month has fewer days.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='treatment_month_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "treatment_attendanceevent" ("attended", "client_uuid", "county_id", "expected", "id", "month", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "source", "town_id", "treatment_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."attended", NEW."client_uuid", NEW."county_id", NEW."expected", NEW."id", NEW."month", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."town_id", NEW."treatment_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='997eebd91421d715c04663e786ac721ac28669e6', operation='INSERT', pgid='pgtrigger_insert_insert_e06f1', table='treatment_attendance', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "treatment_attendanceevent" ("attended", "client_uuid", "county_id", "expected", "id", "month", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "source", "town_id", "treatment_id", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."attended", NEW."client_uuid", NEW."county_id", NEW."expected", NEW."id", NEW."month", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."town_id", NEW."treatment_id", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='dafea810700da1515fb863ab4858f1cdcdb879f5', operation='UPDATE', pgid='pgtrigger_update_update_ca3da', table='treatment_attendance', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='AttendanceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='treatment.attendance')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('treatment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='treatment.treatment', verbose_name='maintenance treatment')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('month', models.DateField(verbose_name='month')),
                        ('attended', models.PositiveSmallIntegerField(verbose_name='days attended')),
                        ('expected', models.PositiveSmallIntegerField(verbose_name='days expected')),
                        ('source', models.CharField(choices=[('list', 'List of the clinic'), ('told', 'Told by the clinic'), ('person', 'Told by the person')], max_length=6, verbose_name='source')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59cc99d8ecb839b919774857d51b9037112f4b36', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee469', table='treatment_attendanceevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
