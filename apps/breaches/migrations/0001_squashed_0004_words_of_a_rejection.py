import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import apps.persons.models.assignment
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('breaches', '0001_initial'),
        ('breaches', '0002_heard_means_own_words'),
        ('breaches', '0003_breach_heard_first'),
        ('breaches', '0004_words_of_a_rejection'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('cases', '0001_squashed_0007_risk_levels'),
        ('core', '0001_squashed_0002_sent'),
        ('documents', '0001_squashed_0004_letters_about_help'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Breach',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='cases.case', verbose_name='order')),
                        ('kind', models.CharField(choices=[('test_refused', 'Test refused'), ('test_evaded', 'Test evaded'), ('left', 'Left without report'), ('false_info', 'False information'), ('missed', 'Duty missed'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                        ('duty', models.CharField(blank=True, default='', max_length=10, verbose_name='duty')),
                        ('starts_on', models.DateField(verbose_name='first day')),
                        ('ends_on', models.DateField(verbose_name='last day')),
                        ('facts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='facts')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('heard_on', models.DateField(blank=True, null=True, verbose_name='heard on')),
                        ('heard_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='heard by')),
                        ('said', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what the person says')),
                        ('not_heard_why', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='why the person could not be heard')),
                        ('attempts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what was tried')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Not decided'), ('confirmed', 'Confirmed'), ('not_confirmed', 'Rejected'), ('withdrawn', 'Withdrawn'), ('revoked', 'Revoked')], default='', max_length=13, verbose_name='decision')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                    ],
                    options={
                        'verbose_name': 'breach',
                        'verbose_name_plural': 'breaches',
                        'indexes': [models.Index(fields=['case', 'decision'], name='breach_of_case'), models.Index(fields=['county', '-starts_on', '-id'], name='breach_county_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('duty', 'checkin'), _negated=True), name='breach_never_a_checkin', violation_error_message='A check-in that did not happen is no breach.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'missed'), models.Q(('duty', ''), _negated=True)), models.Q(models.Q(('kind', 'missed'), _negated=True), ('duty', '')), _connector='OR'), name='breach_missed_names_duty', violation_error_message='Say which duty was missed.'), models.CheckConstraint(condition=models.Q(('ends_on', models.F('starts_on')), models.Q(('ends_on__gt', models.F('starts_on')), ('kind', 'left')), _connector='OR'), name='breach_days', violation_error_message='Only an absence lasts longer than a day.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision_reason', b''), _negated=True)), _connector='OR'), name='breach_decided_by_somebody', violation_error_message='A decision has a day, a name and a reason.'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'confirmed'), _negated=True), models.Q(models.Q(('heard_on', None), _negated=True), models.Q(('said', b''), _negated=True)), _connector='OR'), name='breach_heard_first', violation_error_message='Nobody confirms a breach before the person was heard.'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('recorded_by')), ('decision', 'confirmed'), _negated=True), name='breach_four_eyes', violation_error_message='Whoever recorded it does not confirm it.'), models.UniqueConstraint(condition=models.Q(('decision__in', ('', 'confirmed')), ('kind__in', ('test_refused', 'test_evaded'))), fields=('case', 'starts_on'), name='breach_one_test_a_day', violation_error_message='A test of this day is recorded already.'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('decision__in', ('', 'confirmed')), ('kind', 'left')), expressions=[('case', '='), (apps.persons.models.assignment.DateSpan('starts_on', 'ends_on', models.Value('[]')), '&&')], name='breach_away_once', violation_error_message='Some of these days are recorded already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "breaches_breachevent" ("attempts", "case_id", "client_uuid", "county_id", "decided_at", "decided_by_id", "decision", "decision_reason", "duty", "ends_on", "facts", "heard_by_id", "heard_on", "id", "kind", "not_heard_why", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "said", "starts_on", "town_id", "village_id") VALUES (NEW."attempts", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."duty", NEW."ends_on", NEW."facts", NEW."heard_by_id", NEW."heard_on", NEW."id", NEW."kind", NEW."not_heard_why", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."said", NEW."starts_on", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='d625fb35ae4ce119a964b745bfd43ff9714d1d9c', operation='INSERT', pgid='pgtrigger_insert_insert_0a000', table='breaches_breach', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "breaches_breachevent" ("attempts", "case_id", "client_uuid", "county_id", "decided_at", "decided_by_id", "decision", "decision_reason", "duty", "ends_on", "facts", "heard_by_id", "heard_on", "id", "kind", "not_heard_why", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "said", "starts_on", "town_id", "village_id") VALUES (NEW."attempts", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."duty", NEW."ends_on", NEW."facts", NEW."heard_by_id", NEW."heard_on", NEW."id", NEW."kind", NEW."not_heard_why", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."said", NEW."starts_on", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='3e0252d0b85aae3deda6836bea3a319911480cb9', operation='UPDATE', pgid='pgtrigger_update_update_7b2aa', table='breaches_breach', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='BreachEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='breaches.breach')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case', verbose_name='order')),
                        ('kind', models.CharField(choices=[('test_refused', 'Test refused'), ('test_evaded', 'Test evaded'), ('left', 'Left without report'), ('false_info', 'False information'), ('missed', 'Duty missed'), ('other', 'Other')], max_length=12, verbose_name='kind')),
                        ('duty', models.CharField(blank=True, default='', max_length=10, verbose_name='duty')),
                        ('starts_on', models.DateField(verbose_name='first day')),
                        ('ends_on', models.DateField(verbose_name='last day')),
                        ('facts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='facts')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('heard_on', models.DateField(blank=True, null=True, verbose_name='heard on')),
                        ('heard_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='heard by')),
                        ('said', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what the person says')),
                        ('not_heard_why', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='why the person could not be heard')),
                        ('attempts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what was tried')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Not decided'), ('confirmed', 'Confirmed'), ('not_confirmed', 'Rejected'), ('withdrawn', 'Withdrawn'), ('revoked', 'Revoked')], default='', max_length=13, verbose_name='decision')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='434013910bb0451155ae9100b7a7ae1564118bbe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64077', table='breaches_breachevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Response',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='breaches.breach', verbose_name='breach')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person', verbose_name='person')),
                        ('kind', models.CharField(choices=[('education', 'Criticism and education, spoken'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)')], max_length=10, verbose_name='kind')),
                        ('on', models.DateField(verbose_name='day')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what the person was asked to do')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument', verbose_name='paper')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'verbose_name': 'response to a breach',
                        'verbose_name_plural': 'responses to breaches',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'education'), ('paper', None)), models.Q(models.Q(('kind', 'education'), _negated=True), ('paper__isnull', False)), _connector='OR'), name='breach_response_has_paper', violation_error_message='A letter has its paper.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "breaches_responseevent" ("breach_id", "client_uuid", "county_id", "id", "kind", "on", "paper_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "town_id", "village_id", "words") VALUES (NEW."breach_id", NEW."client_uuid", NEW."county_id", NEW."id", NEW."kind", NEW."on", NEW."paper_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."village_id", NEW."words"); RETURN NULL;', hash='3ab9b52027e9f6b1255e92f50ae1b57964e69cee', operation='INSERT', pgid='pgtrigger_insert_insert_77a17', table='breaches_response', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "breaches_responseevent" ("breach_id", "client_uuid", "county_id", "id", "kind", "on", "paper_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id", "town_id", "village_id", "words") VALUES (NEW."breach_id", NEW."client_uuid", NEW."county_id", NEW."id", NEW."kind", NEW."on", NEW."paper_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."village_id", NEW."words"); RETURN NULL;', hash='968d2f0b3925a63a0d203ee4f9dd62d477ad1887', operation='UPDATE', pgid='pgtrigger_update_update_c0978', table='breaches_response', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='ResponseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='breaches.response')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('breach', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='breaches.breach', verbose_name='breach')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('kind', models.CharField(choices=[('education', 'Criticism and education, spoken'), ('admonition', 'Admonition (first level)'), ('warning', 'Written warning (second level)')], max_length=10, verbose_name='kind')),
                        ('on', models.DateField(verbose_name='day')),
                        ('words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what the person was asked to do')),
                        ('paper', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.issueddocument', verbose_name='paper')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3a2302adc1cc397adcb286edefcc21d6c51d62a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef531', table='breaches_responseevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
