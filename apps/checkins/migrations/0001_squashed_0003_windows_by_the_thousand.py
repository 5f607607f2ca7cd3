import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


NAME = "checkins_checkin_due_item_set_null"
ADD = f"""
ALTER TABLE checkins_checkin ADD CONSTRAINT {NAME}
  FOREIGN KEY (due_item_id) REFERENCES schedule_dueitem (id) ON DELETE SET NULL
  DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):

    replaces = [
        ('checkins', '0001_initial'),
        ('checkins', '0003_windows_by_the_thousand'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('cases', '0001_squashed_0007_risk_levels'),
        ('core', '0001_squashed_0002_sent'),
        ('persons', '0001_squashed_0008_words_of_the_field'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('schedule', '0001_squashed_0014_half_of_a_year'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='CheckIn',
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
                        ('undone', models.BooleanField(default=False, verbose_name='undone at once')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='checkins', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checkins', to='cases.case')),
                        ('due_item', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The window it was logged for; which window it settles follows from its day.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='schedule.dueitem')),
                        ('method', models.CharField(choices=[('in_person', 'In person'), ('phone', 'Phone'), ('video', 'Video call'), ('message', 'Message'), ('app', 'Phone app'), ('station', 'At the station'), ('letter', 'Written report'), ('family', 'Through the family')], max_length=10, verbose_name='method')),
                        ('outcome', models.CharField(choices=[('done', 'Done'), ('not_done', 'Could not be done')], default='done', max_length=8, verbose_name='outcome')),
                        ('reason', models.CharField(blank=True, choices=[('not_found', 'Not found'), ('away', 'Away'), ('hospital', 'In hospital'), ('detained', 'Detained'), ('moved', 'Moved'), ('refused', 'Refused')], default='', max_length=10, verbose_name='why not')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='next date')),
                        ('occurred_at', models.DateTimeField(verbose_name='time')),
                        ('day', models.DateField(verbose_name='day')),
                        ('mood', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mood, 1 to 5')),
                        ('state_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='state, in words')),
                        ('note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='note')),
                        ('source', models.CharField(choices=[('page', 'Recorded here'), ('ledger', 'Ledger')], default='page', max_length=8, verbose_name='from')),
                    ],
                    options={
                        'verbose_name': 'check-in',
                        'verbose_name_plural': 'check-ins',
                        'indexes': [models.Index(fields=['county', '-occurred_at', '-id'], name='checkin_county_newest'), models.Index(fields=['town', '-occurred_at', '-id'], name='checkin_town_newest'), models.Index(fields=['person', '-occurred_at', '-id'], name='checkin_person_newest'), models.Index(fields=['county', 'day'], name='checkin_county_day'), models.Index(condition=models.Q(('due_item__isnull', False)), fields=['due_item'], name='checkin_due_item')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('due_item__isnull', False), ('outcome', 'done'), ('withdrawn_at', None)), fields=('due_item',), name='checkin_once_per_window', violation_error_message='This check-in is recorded already.'), models.UniqueConstraint(condition=models.Q(('source', 'ledger'), ('withdrawn_at', None)), fields=('person', 'occurred_at'), name='checkin_ledger_once', violation_error_message='This row of a ledger is recorded already.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'done'), ('reason', '')), models.Q(('outcome', 'not_done'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='checkin_reason_if_not_done', violation_error_message='Say why it could not be done.'), models.CheckConstraint(condition=models.Q(('mood', None), models.Q(('mood__gte', 1), ('mood__lte', 5)), _connector='OR'), name='checkin_mood_scale', violation_error_message='Mood is a number from 1 to 5.'), models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gte', models.F('day')), _connector='OR'), name='checkin_next_not_before', violation_error_message='The next date lies before the check-in.'), models.CheckConstraint(condition=models.Q(models.Q(('undone', False), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='checkin_withdrawn_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "checkins_checkinevent" ("case_id", "client_uuid", "county_id", "day", "due_item_id", "id", "method", "mood", "next_on", "note", "occurred_at", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "source", "state_words", "town_id", "undone", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."day", NEW."due_item_id", NEW."id", NEW."method", NEW."mood", NEW."next_on", NEW."note", NEW."occurred_at", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."state_words", NEW."town_id", NEW."undone", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='f436f96cbcbc11eb74458c140458a638ef9634ea', operation='INSERT', pgid='pgtrigger_insert_insert_b9714', table='checkins_checkin', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "checkins_checkinevent" ("case_id", "client_uuid", "county_id", "day", "due_item_id", "id", "method", "mood", "next_on", "note", "occurred_at", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "source", "state_words", "town_id", "undone", "version", "village_id", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."day", NEW."due_item_id", NEW."id", NEW."method", NEW."mood", NEW."next_on", NEW."note", NEW."occurred_at", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."state_words", NEW."town_id", NEW."undone", NEW."version", NEW."village_id", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='bbb8e1f6375062c9416b560c2b9980e4c7cf4501', operation='UPDATE', pgid='pgtrigger_update_update_5ff78', table='checkins_checkin', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='CheckInEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='checkins.checkin')),
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
                        ('undone', models.BooleanField(default=False, verbose_name='undone at once')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person', verbose_name='person')),
                        ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('due_item', models.ForeignKey(blank=True, db_constraint=False, help_text='The window it was logged for; which window it settles follows from its day.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='schedule.dueitem')),
                        ('method', models.CharField(choices=[('in_person', 'In person'), ('phone', 'Phone'), ('video', 'Video call'), ('message', 'Message'), ('app', 'Phone app'), ('station', 'At the station'), ('letter', 'Written report'), ('family', 'Through the family')], max_length=10, verbose_name='method')),
                        ('outcome', models.CharField(choices=[('done', 'Done'), ('not_done', 'Could not be done')], default='done', max_length=8, verbose_name='outcome')),
                        ('reason', models.CharField(blank=True, choices=[('not_found', 'Not found'), ('away', 'Away'), ('hospital', 'In hospital'), ('detained', 'Detained'), ('moved', 'Moved'), ('refused', 'Refused')], default='', max_length=10, verbose_name='why not')),
                        ('next_on', models.DateField(blank=True, null=True, verbose_name='next date')),
                        ('occurred_at', models.DateTimeField(verbose_name='time')),
                        ('day', models.DateField(verbose_name='day')),
                        ('mood', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mood, 1 to 5')),
                        ('state_words', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='state, in words')),
                        ('note', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='note')),
                        ('source', models.CharField(choices=[('page', 'Recorded here'), ('ledger', 'Ledger')], default='page', max_length=8, verbose_name='from')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b162c2c78d67d91b9bd9f3e952446cd92dd460d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6f12', table='checkins_checkinevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
        # A window that a plan takes away leaves its check-in without one, whoever deletes it.
        migrations.RunSQL(ADD, f"ALTER TABLE checkins_checkin DROP CONSTRAINT {NAME}"),
    ]
