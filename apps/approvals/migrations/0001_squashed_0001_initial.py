import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('approvals', '0001_initial'),
    ]

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
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=20, verbose_name='kind')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='persons.person', verbose_name='person')),
                        ('subject', models.UUIDField(editable=False)),
                        ('facts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='facts')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                    ],
                    options={
                        'verbose_name': 'proposal',
                        'verbose_name_plural': 'proposals',
                        'indexes': [models.Index(condition=models.Q(('decision', '')), fields=['county', 'proposed_at'], name='proposal_waiting'), models.Index(fields=['subject', 'kind'], name='proposal_of_subject')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('kind', 'subject'), name='proposal_once', violation_error_message='This waits for a decision already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='proposal_decided_by_somebody', violation_error_message='A decision has a day and a name.'), models.CheckConstraint(condition=models.Q(('decision', 'rejected'), ('decision_reason', b''), _negated=True), name='proposal_rejected_with_reason', violation_error_message='Say why it is rejected.'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('proposed_by')), ('decision', 'approved'), _negated=True), name='proposal_four_eyes', violation_error_message='Nobody approves what they proposed themselves.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "approvals_proposalevent" ("county_id", "decided_at", "decided_by_id", "decision", "decision_reason", "facts", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "public_id", "reason", "subject", "town_id", "village_id") VALUES (NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."facts", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."public_id", NEW."reason", NEW."subject", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='379d14b52474492dd46f30f1353f1300c2d04f88', operation='INSERT', pgid='pgtrigger_insert_insert_2d2a7', table='approvals_proposal', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "approvals_proposalevent" ("county_id", "decided_at", "decided_by_id", "decision", "decision_reason", "facts", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "public_id", "reason", "subject", "town_id", "village_id") VALUES (NEW."county_id", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."decision_reason", NEW."facts", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."public_id", NEW."reason", NEW."subject", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='7d8da1b803a1403943a6b3f6ab40605844bc21e9', operation='UPDATE', pgid='pgtrigger_update_update_4c4ab', table='approvals_proposal', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='ProposalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='approvals.proposal')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('kind', models.CharField(max_length=20, verbose_name='kind')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('subject', models.UUIDField(editable=False)),
                        ('facts', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='facts')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('decision', models.CharField(blank=True, choices=[('', 'Waiting'), ('approved', 'Approved'), ('rejected', 'Rejected'), ('withdrawn', 'Withdrawn')], default='', max_length=9, verbose_name='decision')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef8877fba1bc89d295317ad1a8d9bad4d0e8d2f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_62829', table='approvals_proposalevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
