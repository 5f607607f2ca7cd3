import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('transfers', '0001_initial'),
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
                    name='Transfer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='cases.case', verbose_name='order')),
                        ('to_county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='to county')),
                        ('to_town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='to town')),
                        ('to_village', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='to village')),
                        ('state', models.CharField(choices=[('asked', 'Asked for'), ('handed_over', 'Handed over, to be accepted'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('cancelled', 'Taken back')], default='asked', max_length=12, verbose_name='state')),
                        ('asked_on', models.DateField(verbose_name='asked for on')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('new_residence', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='new residence')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('handed_over_on', models.DateField(blank=True, null=True, verbose_name='handed over on')),
                        ('handed_over_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed over by')),
                        ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issueddocument', verbose_name='transfer letter')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                        ('report_by', models.DateField(blank=True, null=True, verbose_name='to report by')),
                        ('arrived_on', models.DateField(blank=True, null=True, verbose_name='reported at the new place on')),
                        ('agreement_on', models.DateField(blank=True, null=True, verbose_name='new agreement signed on')),
                    ],
                    options={
                        'verbose_name': 'transfer',
                        'verbose_name_plural': 'transfers',
                        'indexes': [models.Index(fields=['county', '-asked_on', '-id'], name='transfer_county_newest'), models.Index(fields=['to_county', '-asked_on', '-id'], name='transfer_to_newest')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'handed_over'))), fields=('case',), name='transfer_one_open', violation_error_message='A transfer of this order is under way already.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('handed_over_on', None), ('state', 'asked')), models.Q(('decided_on', None), ('handed_over_on__isnull', False), ('state', 'handed_over')), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('handed_over_on__isnull', False), ('state__in', ['accepted', 'refused'])), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), ('state', 'cancelled')), _connector='OR'), name='transfer_steps_in_order', violation_error_message='The steps of a transfer follow each other.'), models.CheckConstraint(condition=models.Q(('handed_over_on', None), ('letter__isnull', False), _connector='OR'), name='transfer_has_letter', violation_error_message='Nobody is handed over without the letter.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'cancelled']), _negated=True), models.Q(('decision_reason', b''), _negated=True), _connector='OR'), name='transfer_refused_with_reason', violation_error_message='Say why.'), models.CheckConstraint(condition=models.Q(('arrived_on', None), models.Q(('arrived_on__gte', models.F('decided_on')), ('state', 'accepted')), _connector='OR'), name='transfer_arrived_after_acceptance', violation_error_message='The person reports after the acceptance.'), models.CheckConstraint(condition=models.Q(('agreement_on', None), ('agreement_on__gte', models.F('arrived_on')), _connector='OR'), name='transfer_agreement_after_arrival', violation_error_message='The new agreement follows the report.'), models.CheckConstraint(condition=models.Q(('agreement_on', None), ('arrived_on__isnull', False), _connector='OR'), name='transfer_agreement_needs_arrival', violation_error_message='The new agreement follows the report.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "transfers_transferevent" ("agreement_on", "arrived_on", "asked_on", "case_id", "client_uuid", "county_id", "decided_by_id", "decided_on", "decision_reason", "handed_over_by_id", "handed_over_on", "id", "letter_id", "new_residence", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "report_by", "state", "to_county_id", "to_town_id", "to_village_id", "town_id", "village_id") VALUES (NEW."agreement_on", NEW."arrived_on", NEW."asked_on", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."handed_over_by_id", NEW."handed_over_on", NEW."id", NEW."letter_id", NEW."new_residence", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."report_by", NEW."state", NEW."to_county_id", NEW."to_town_id", NEW."to_village_id", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='7d53d92f7bef5d1498501eeef78fdcb023c1f20c', operation='INSERT', pgid='pgtrigger_insert_insert_b18e1', table='transfers_transfer', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "transfers_transferevent" ("agreement_on", "arrived_on", "asked_on", "case_id", "client_uuid", "county_id", "decided_by_id", "decided_on", "decision_reason", "handed_over_by_id", "handed_over_on", "id", "letter_id", "new_residence", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "report_by", "state", "to_county_id", "to_town_id", "to_village_id", "town_id", "village_id") VALUES (NEW."agreement_on", NEW."arrived_on", NEW."asked_on", NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."decided_by_id", NEW."decided_on", NEW."decision_reason", NEW."handed_over_by_id", NEW."handed_over_on", NEW."id", NEW."letter_id", NEW."new_residence", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."report_by", NEW."state", NEW."to_county_id", NEW."to_town_id", NEW."to_village_id", NEW."town_id", NEW."village_id"); RETURN NULL;', hash='ed9286aea334901fd19b6aab1a4432d1c48290ae', operation='UPDATE', pgid='pgtrigger_update_update_108a5', table='transfers_transfer', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='TransferEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='transfers.transfer')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case', verbose_name='order')),
                        ('to_county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='to county')),
                        ('to_town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='to town')),
                        ('to_village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='to village')),
                        ('state', models.CharField(choices=[('asked', 'Asked for'), ('handed_over', 'Handed over, to be accepted'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('cancelled', 'Taken back')], default='asked', max_length=12, verbose_name='state')),
                        ('asked_on', models.DateField(verbose_name='asked for on')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('new_residence', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='new residence')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('handed_over_on', models.DateField(blank=True, null=True, verbose_name='handed over on')),
                        ('handed_over_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed over by')),
                        ('letter', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.issueddocument', verbose_name='transfer letter')),
                        ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                        ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('decision_reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason of the decision')),
                        ('report_by', models.DateField(blank=True, null=True, verbose_name='to report by')),
                        ('arrived_on', models.DateField(blank=True, null=True, verbose_name='reported at the new place on')),
                        ('agreement_on', models.DateField(blank=True, null=True, verbose_name='new agreement signed on')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d22bcc0684570c8b9dc2be75b561f0f1b217f4cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7b460', table='transfers_transferevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
