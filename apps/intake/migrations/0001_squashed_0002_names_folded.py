import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('intake', '0001_initial'),
        ('intake', '0002_names_folded'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('cases', '0001_squashed_0007_risk_levels'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Release',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('document_number', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='document number')),
                        ('document_index', models.BinaryField(blank=True, max_length=32, null=True)),
                        ('source', models.CharField(choices=[('isolation', 'Compulsory isolation centre'), ('prison', 'Prison'), ('detention', 'Detention house'), ('province', 'Another province')], max_length=10, verbose_name='kind of institution')),
                        ('institution', models.CharField(max_length=120, verbose_name='institution')),
                        ('expected_on', models.DateField(verbose_name='release on')),
                        ('noticed_on', models.DateField(blank=True, null=True, verbose_name='notice received on')),
                        ('measure', models.CharField(blank=True, choices=[('SQJD', 'Community detoxification'), ('SQKF', 'Community rehabilitation')], default='', max_length=4, verbose_name='order that follows')),
                        ('decision_number', models.CharField(blank=True, default='', max_length=80, verbose_name='decision number')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                        ('term_months', models.PositiveSmallIntegerField(default=36, verbose_name='term in months')),
                        ('note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='note')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('received_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                        ('reception', models.CharField(blank=True, choices=[('self', 'Came by themselves'), ('family', 'Fetched by the family'), ('town', 'Fetched by the town'), ('police', 'Handed over by the police station')], default='', max_length=8, verbose_name='how received')),
                        ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person', verbose_name='file')),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='order')),
                        ('called_off_on', models.DateField(blank=True, null=True, verbose_name='called off on')),
                        ('called_off_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why called off')),
                    ],
                    options={
                        'verbose_name': 'expected release',
                        'verbose_name_plural': 'expected releases',
                        'indexes': [models.Index(fields=['county', 'expected_on'], name='release_county_day')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('called_off_on', None), ('document_index__isnull', False)), fields=('document_index', 'expected_on'), name='release_once', violation_error_message='This release is on the list already.'), models.CheckConstraint(condition=models.Q(models.Q(('received_by', None), ('received_on', None), ('reception', '')), models.Q(('received_by__isnull', False), ('received_on__isnull', False), models.Q(('reception', ''), _negated=True)), _connector='OR'), name='release_received_by_somebody', violation_error_message='A reception has a day, a way and a name.'), models.CheckConstraint(condition=models.Q(('file', None), ('received_on__isnull', False), _connector='OR'), name='release_file_after_reception', violation_error_message='The file is opened when the person was received.'), models.CheckConstraint(condition=models.Q(('case', None), ('file__isnull', False), _connector='OR'), name='release_order_has_file', violation_error_message='An order belongs to a file.'), models.CheckConstraint(condition=models.Q(models.Q(('called_off_on', None), ('called_off_reason', '')), models.Q(('called_off_on__isnull', False), ('file', None), models.Q(('called_off_reason', ''), _negated=True)), _connector='OR'), name='release_called_off_with_reason', violation_error_message='Say why the person does not come here.'), models.CheckConstraint(condition=models.Q(('noticed_on', None), ('noticed_on__lte', models.F('expected_on')), _connector='OR'), name='release_notice_before', violation_error_message='The notice comes before the release.'), models.CheckConstraint(condition=models.Q(models.Q(('measure', 'SQJD'), _negated=True), ('term_months', 36), _connector='OR'), name='release_detoxification_three_years', violation_error_message='Community detoxification lasts three years (禁毒法 art. 33).')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "intake_releaseevent" ("called_off_on", "called_off_reason", "case_id", "client_uuid", "county_id", "decided_on", "decision_number", "document_index", "document_number", "expected_on", "file_id", "id", "institution", "measure", "name", "note", "noticed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_by_id", "received_on", "reception", "recorded_at", "recorded_by_id", "source", "term_months", "town_id", "village_id") VALUES (NEW."called_off_on", NEW."called_off_reason", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_on", NEW."decision_number", NEW."document_index", NEW."document_number", NEW."expected_on", NEW."file_id", NEW."id", NEW."institution", NEW."measure", NEW."name", NEW."note", NEW."noticed_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."received_by_id", NEW."received_on", NEW."reception", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."term_months", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='fe102cb747183948bc957d85f59250ec4c6e3335', operation='INSERT', pgid='pgtrigger_insert_insert_c1f3a', table='intake_release', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "intake_releaseevent" ("called_off_on", "called_off_reason", "case_id", "client_uuid", "county_id", "decided_on", "decision_number", "document_index", "document_number", "expected_on", "file_id", "id", "institution", "measure", "name", "note", "noticed_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "received_by_id", "received_on", "reception", "recorded_at", "recorded_by_id", "source", "term_months", "town_id", "village_id") VALUES (NEW."called_off_on", NEW."called_off_reason", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_on", NEW."decision_number", NEW."document_index", NEW."document_number", NEW."expected_on", NEW."file_id", NEW."id", NEW."institution", NEW."measure", NEW."name", NEW."note", NEW."noticed_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."received_by_id", NEW."received_on", NEW."reception", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."term_months", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='a05a861e18e227adaafa7c4fd14fb5852b68d525', operation='UPDATE', pgid='pgtrigger_update_update_280c4', table='intake_release', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='ReleaseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='intake.release')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('document_number', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='document number')),
                        ('document_index', models.BinaryField(blank=True, max_length=32, null=True)),
                        ('source', models.CharField(choices=[('isolation', 'Compulsory isolation centre'), ('prison', 'Prison'), ('detention', 'Detention house'), ('province', 'Another province')], max_length=10, verbose_name='kind of institution')),
                        ('institution', models.CharField(max_length=120, verbose_name='institution')),
                        ('expected_on', models.DateField(verbose_name='release on')),
                        ('noticed_on', models.DateField(blank=True, null=True, verbose_name='notice received on')),
                        ('measure', models.CharField(blank=True, choices=[('SQJD', 'Community detoxification'), ('SQKF', 'Community rehabilitation')], default='', max_length=4, verbose_name='order that follows')),
                        ('decision_number', models.CharField(blank=True, default='', max_length=80, verbose_name='decision number')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                        ('term_months', models.PositiveSmallIntegerField(default=36, verbose_name='term in months')),
                        ('note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='note')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('received_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                        ('reception', models.CharField(blank=True, choices=[('self', 'Came by themselves'), ('family', 'Fetched by the family'), ('town', 'Fetched by the town'), ('police', 'Handed over by the police station')], default='', max_length=8, verbose_name='how received')),
                        ('received_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by')),
                        ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='file')),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case', verbose_name='order')),
                        ('called_off_on', models.DateField(blank=True, null=True, verbose_name='called off on')),
                        ('called_off_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='why called off')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d7f8add2d9d119c33a5dff79120d3587af6ca74', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f1ce5', table='intake_releaseevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
