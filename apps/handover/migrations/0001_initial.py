import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('transfers', '0001_squashed_0001_initial'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Package',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='persons.person', verbose_name='person')),
                        ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='transfers.transfer', verbose_name='transfer')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('sha256', models.CharField(editable=False, max_length=64, verbose_name='digest')),
                        ('size', models.PositiveIntegerField(verbose_name='size')),
                        ('content', models.BinaryField(default=b'', verbose_name='file')),
                        ('counts', models.JSONField(default=dict, editable=False, verbose_name='rows of each kind')),
                        ('digests', models.JSONField(default=dict, editable=False, verbose_name='digests of each kind')),
                        ('receipt_key', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='packed')),
                        ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='packed by')),
                        ('state', models.CharField(choices=[('sent', 'Sent, no receipt yet'), ('accepted', 'Accepted there'), ('rejected', 'Refused there')], default='sent', max_length=8, verbose_name='state')),
                        ('receipt', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='receipt')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='receipt read in')),
                        ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='receipt read in by')),
                    ],
                    options={
                        'verbose_name': 'package of a file',
                        'verbose_name_plural': 'packages of files',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='package_answered_by_receipt', violation_error_message='What became of a package is said by its receipt.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "handover_packageevent" ("answered_at", "answered_by_id", "counts", "county_id", "digests", "id", "made_at", "made_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "receipt", "receipt_key", "sha256", "size", "state", "town_id", "transfer_id", "village_id") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."counts", NEW."county_id", NEW."digests", NEW."id", NEW."made_at", NEW."made_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."receipt", NEW."receipt_key", NEW."sha256", NEW."size", NEW."state", NEW."town_id", NEW."transfer_id", NEW."village_id"); RETURN NULL;', hash='42af61fa7242c61210b8f683a8f6a00488d82004', operation='INSERT', pgid='pgtrigger_insert_insert_a6490', table='handover_package', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."county_id" IS DISTINCT FROM (NEW."county_id") OR OLD."digests" IS DISTINCT FROM (NEW."digests") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."receipt" IS DISTINCT FROM (NEW."receipt") OR OLD."receipt_key" IS DISTINCT FROM (NEW."receipt_key") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."town_id" IS DISTINCT FROM (NEW."town_id") OR OLD."transfer_id" IS DISTINCT FROM (NEW."transfer_id") OR OLD."village_id" IS DISTINCT FROM (NEW."village_id"))', func='INSERT INTO "handover_packageevent" ("answered_at", "answered_by_id", "counts", "county_id", "digests", "id", "made_at", "made_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "receipt", "receipt_key", "sha256", "size", "state", "town_id", "transfer_id", "village_id") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."counts", NEW."county_id", NEW."digests", NEW."id", NEW."made_at", NEW."made_by_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."receipt", NEW."receipt_key", NEW."sha256", NEW."size", NEW."state", NEW."town_id", NEW."transfer_id", NEW."village_id"); RETURN NULL;', hash='f628019fda75807c4ba9de990154c789ae2255f5', operation='UPDATE', pgid='pgtrigger_update_update_64ac9', table='handover_package', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='Arrival',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('package', models.UUIDField(editable=False, verbose_name='number of the package')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='arrivals', to='persons.person', verbose_name='person')),
                        ('from_words', models.CharField(max_length=200, verbose_name='from')),
                        ('made_by', models.CharField(max_length=100, verbose_name='packed by')),
                        ('made_at', models.DateTimeField(verbose_name='packed')),
                        ('sha256', models.CharField(editable=False, max_length=64, verbose_name='digest')),
                        ('content', models.BinaryField(verbose_name='file')),
                        ('receipt_key', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='arrived')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read in by')),
                        ('state', models.CharField(choices=[('waiting', 'To be decided'), ('accepted', 'Accepted'), ('rejected', 'Refused')], default='waiting', max_length=8, verbose_name='state')),
                        ('counts', models.JSONField(default=dict, editable=False, verbose_name='rows of each kind')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                    ],
                    options={
                        'verbose_name': 'file that arrived',
                        'verbose_name_plural': 'files that arrived',
                        'ordering': ('-recorded_at', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('package',), name='arrival_package_once', violation_error_message='This package was read in already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='arrival_decided_by_somebody', violation_error_message='Who decided about a file is on record.'), models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('state', 'accepted')), models.Q(models.Q(('state', 'accepted'), _negated=True), ('person', None)), _connector='OR'), name='arrival_accepted_is_a_file', violation_error_message='A file that was accepted is a file here.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "handover_arrivalevent" ("counts", "county_id", "decided_at", "decided_by_id", "decision_reason", "from_words", "id", "made_at", "made_by", "package", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "receipt_key", "recorded_at", "recorded_by_id", "sha256", "state", "town_id", "village_id") VALUES (NEW."counts", NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."from_words", NEW."id", NEW."made_at", NEW."made_by", NEW."package", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."receipt_key", NEW."recorded_at", NEW."recorded_by_id", NEW."sha256", NEW."state", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='8e134d59d1c7cb2a4510c1a89acc148c006221f9', operation='INSERT', pgid='pgtrigger_insert_insert_b526d', table='handover_arrival', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."county_id" IS DISTINCT FROM (NEW."county_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."decision_reason" IS DISTINCT FROM (NEW."decision_reason") OR OLD."from_words" IS DISTINCT FROM (NEW."from_words") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."package" IS DISTINCT FROM (NEW."package") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."receipt_key" IS DISTINCT FROM (NEW."receipt_key") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."town_id" IS DISTINCT FROM (NEW."town_id") OR OLD."village_id" IS DISTINCT FROM (NEW."village_id"))', func='INSERT INTO "handover_arrivalevent" ("counts", "county_id", "decided_at", "decided_by_id", "decision_reason", "from_words", "id", "made_at", "made_by", "package", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "receipt_key", "recorded_at", "recorded_by_id", "sha256", "state", "town_id", "village_id") VALUES (NEW."counts", NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."from_words", NEW."id", NEW."made_at", NEW."made_by", NEW."package", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."receipt_key", NEW."recorded_at", NEW."recorded_by_id", NEW."sha256", NEW."state", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='849429e11862b041bc6d6a3d28a92f290879188f', operation='UPDATE', pgid='pgtrigger_update_update_8a331', table='handover_arrival', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='PackageEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='handover.package')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('transfer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='transfers.transfer', verbose_name='transfer')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('sha256', models.CharField(editable=False, max_length=64, verbose_name='digest')),
                        ('size', models.PositiveIntegerField(verbose_name='size')),
                        ('counts', models.JSONField(default=dict, editable=False, verbose_name='rows of each kind')),
                        ('digests', models.JSONField(default=dict, editable=False, verbose_name='digests of each kind')),
                        ('receipt_key', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='packed')),
                        ('made_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='packed by')),
                        ('state', models.CharField(choices=[('sent', 'Sent, no receipt yet'), ('accepted', 'Accepted there'), ('rejected', 'Refused there')], default='sent', max_length=8, verbose_name='state')),
                        ('receipt', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='receipt')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='receipt read in')),
                        ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='receipt read in by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='990c2fd0dff5c519dd6d55b7daf179efd2eba927', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9f41', table='handover_packageevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ArrivalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='handover.arrival')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('package', models.UUIDField(editable=False, verbose_name='number of the package')),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('from_words', models.CharField(max_length=200, verbose_name='from')),
                        ('made_by', models.CharField(max_length=100, verbose_name='packed by')),
                        ('made_at', models.DateTimeField(verbose_name='packed')),
                        ('sha256', models.CharField(editable=False, max_length=64, verbose_name='digest')),
                        ('receipt_key', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='arrived')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='read in by')),
                        ('state', models.CharField(choices=[('waiting', 'To be decided'), ('accepted', 'Accepted'), ('rejected', 'Refused')], default='waiting', max_length=8, verbose_name='state')),
                        ('counts', models.JSONField(default=dict, editable=False, verbose_name='rows of each kind')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dab88f491815aee2e5ca29deed78a6bcae403749', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c23da', table='handover_arrivalevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
