import apps.core.fields
import apps.core.tables_at_once
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='ExportRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('page', models.CharField(max_length=80, verbose_name='page')),
                        ('asked', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what was asked for')),
                        ('purpose', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='purpose')),
                        ('whole', models.BooleanField(default=False, verbose_name='with whole names and numbers')),
                        ('kind', models.CharField(max_length=4, verbose_name='format')),
                        ('number', models.PositiveIntegerField(verbose_name='persons')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='taken along')),
                    ],
                    options={
                        'verbose_name': 'export by two persons',
                        'verbose_name_plural': 'exports by two persons',
                        'indexes': [models.Index(condition=models.Q(('decision', '')), fields=['asked_at'], name='export_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='export_decided_by_somebody', violation_error_message='A decision has a day and a name.'), models.CheckConstraint(condition=models.Q(('decision__in', ['', 'withdrawn']), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='export_four_eyes', violation_error_message='Nobody decides on an export of their own.'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'withdrawn'), _negated=True), ('decided_by', models.F('asked_by')), _connector='OR'), name='export_withdrawn_by_who_asked', violation_error_message='Who asked for an export takes the request back.'), models.CheckConstraint(condition=models.Q(('decision', 'rejected'), ('decision_reason', b''), _negated=True), name='export_rejected_with_reason', violation_error_message='Say why it is rejected.'), models.CheckConstraint(condition=models.Q(('used_at', None), models.Q(('decision', 'approved'), ('used_at__gte', models.F('decided_at'))), _connector='OR'), name='export_taken_when_approved', violation_error_message='An export leaves after a second person approved it.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='export_taken_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."used_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c24930cd377589884f30df4a8245bb548aa5b923', operation='UPDATE', pgid='pgtrigger_export_taken_once_4b6ee', table='exports_exportrequest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "exports_exportrequestevent" ("asked", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "decision", "decision_reason", "id", "kind", "number", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "used_at", "whole") VALUES (NEW."asked", NEW."asked_at", NEW."asked_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."id", NEW."kind", NEW."number", NEW."page", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."purpose", NEW."used_at", NEW."whole"); RETURN NULL;', hash='de780f60d85ed5a353cf3b42a71540dbb458b718', operation='INSERT', pgid='pgtrigger_insert_insert_90f1d', table='exports_exportrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "exports_exportrequestevent" ("asked", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "decision", "decision_reason", "id", "kind", "number", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "purpose", "used_at", "whole") VALUES (NEW."asked", NEW."asked_at", NEW."asked_by_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."id", NEW."kind", NEW."number", NEW."page", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."purpose", NEW."used_at", NEW."whole"); RETURN NULL;', hash='cf1e0c1c079dad49c900b8413c0c610a06cc1f7e', operation='UPDATE', pgid='pgtrigger_update_update_ead04', table='exports_exportrequest', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ExportRequestEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exports.exportrequest')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('page', models.CharField(max_length=80, verbose_name='page')),
                        ('asked', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='what was asked for')),
                        ('purpose', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='purpose')),
                        ('whole', models.BooleanField(default=False, verbose_name='with whole names and numbers')),
                        ('kind', models.CharField(max_length=4, verbose_name='format')),
                        ('number', models.PositiveIntegerField(verbose_name='persons')),
                        ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='taken along')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3ea492102122fb097cedaa8e5fb6f63cc7299685', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_166e4', table='exports_exportrequestevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
