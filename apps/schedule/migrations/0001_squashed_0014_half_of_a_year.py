import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import apps.schedule.duties
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from apps.schedule import standard


class Migration(migrations.Migration):

    replaces = [
        ('schedule', '0001_initial'),
        ('schedule', '0002_default_plans'),
        ('schedule', '0003_open_windows'),
        ('schedule', '0004_kinds'),
        ('schedule', '0005_default_talks_and_visits'),
        ('schedule', '0006_put_off_and_pieces'),
        ('schedule', '0007_tests_and_summaries'),
        ('schedule', '0008_default_tests_and_summaries'),
        ('schedule', '0009_hair_kind'),
        ('schedule', '0010_default_hair'),
        ('schedule', '0011_duties_of_the_subjects'),
        ('schedule', '0012_words_of_the_field'),
        ('schedule', '0013_risk_levels'),
        ('schedule', '0014_half_of_a_year'),
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
                    name='PlanRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=apps.schedule.duties.duty_choices, max_length=10, verbose_name='duty')),
                        ('measure', models.CharField(blank=True, choices=[('SQJD', 'Community detoxification'), ('SQKF', 'Community rehabilitation')], default='', max_length=4, verbose_name='measure')),
                        ('risk_level', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='', max_length=6, verbose_name='risk level')),
                        ('year_of_term', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the term')),
                        ('half_of_year', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'First half'), (2, 'Second half')], null=True, verbose_name='half of that year')),
                        ('term_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='length of the term in years')),
                        ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='area')),
                        ('every_count', models.PositiveSmallIntegerField(verbose_name='every')),
                        ('every_unit', models.CharField(choices=[('d', 'days'), ('w', 'weeks'), ('m', 'months')], max_length=1, verbose_name='unit')),
                        ('effective_from', models.DateField(verbose_name='from')),
                        ('effective_to', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('recorded_elsewhere', models.BooleanField(default=False, help_text='Counts in the rate; reaches Today only as “no sign-in for n days”.', verbose_name='recorded elsewhere')),
                        ('quiet_days', models.PositiveSmallIntegerField(default=7, verbose_name='days without a sign-in before Today asks')),
                        ('basis', models.CharField(blank=True, default='', max_length=200, verbose_name='basis')),
                        ('laid_out_to', models.BigIntegerField(editable=False, help_text='While windows are laid out in pieces: the last case that has them.', null=True)),
                        ('recorded_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': 'plan rule',
                        'verbose_name_plural': 'plan rules',
                        'ordering': ['kind', 'area__code', 'measure', 'risk_level', 'year_of_term', 'term_years', 'half_of_year', 'effective_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('half_of_year', None), models.Q(('half_of_year__in', [1, 2]), ('year_of_term__isnull', False)), _connector='OR'), name='plan_half_of_a_year', violation_error_message='A half is one of a year of the term: say which.'), models.CheckConstraint(condition=models.Q(('every_count__gte', 1)), name='plan_every_positive', violation_error_message='At least one day, week or month.'), models.CheckConstraint(condition=models.Q(('effective_to', None), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='plan_ends_after_start', violation_error_message='The end lies before the beginning.'), models.UniqueConstraint(fields=('kind', 'measure', 'risk_level', 'year_of_term', 'half_of_year', 'term_years', 'area', 'effective_from'), name='plan_once', nulls_distinct=False, violation_error_message='A rule for the same begins on this day already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schedule_planruleevent" ("area_id", "basis", "effective_from", "effective_to", "every_count", "every_unit", "half_of_year", "id", "kind", "laid_out_to", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "recorded_at", "recorded_by_id", "recorded_elsewhere", "risk_level", "term_years", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."effective_to", NEW."every_count", NEW."every_unit", NEW."half_of_year", NEW."id", NEW."kind", NEW."laid_out_to", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_days", NEW."recorded_at", NEW."recorded_by_id", NEW."recorded_elsewhere", NEW."risk_level", NEW."term_years", NEW."year_of_term"); RETURN NULL;', hash='29e564248b86cac311eca5cd4845c06ad6d8009a', operation='INSERT', pgid='pgtrigger_insert_insert_a6d69', table='schedule_planrule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schedule_planruleevent" ("area_id", "basis", "effective_from", "effective_to", "every_count", "every_unit", "half_of_year", "id", "kind", "laid_out_to", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "recorded_at", "recorded_by_id", "recorded_elsewhere", "risk_level", "term_years", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."effective_to", NEW."every_count", NEW."every_unit", NEW."half_of_year", NEW."id", NEW."kind", NEW."laid_out_to", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_days", NEW."recorded_at", NEW."recorded_by_id", NEW."recorded_elsewhere", NEW."risk_level", NEW."term_years", NEW."year_of_term"); RETURN NULL;', hash='f6517cf7b83d0d7b5ac5ef7c2a907f73b73748e6', operation='UPDATE', pgid='pgtrigger_update_update_6d0fd', table='schedule_planrule', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='Snooze',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person')),
                        ('kind', models.CharField(choices=apps.schedule.duties.duty_choices, max_length=10, verbose_name='duty')),
                        ('until', models.DateField(verbose_name='until')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='shown again')),
                        ('ended_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'line put off',
                        'verbose_name_plural': 'lines put off',
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['person', 'kind'], name='snooze_of_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='snooze_ended_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schedule_snoozeevent" ("case_id", "client_uuid", "county_id", "ended_at", "ended_by_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "town_id", "until", "village_id") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."until", NEW."village_id"); RETURN NULL;', hash='8d7cbe91739b14de9e284523e25b0e39091aa08b', operation='INSERT', pgid='pgtrigger_insert_insert_fae57', table='schedule_snooze', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schedule_snoozeevent" ("case_id", "client_uuid", "county_id", "ended_at", "ended_by_id", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "recorded_by_id", "town_id", "until", "village_id") VALUES (NEW."case_id", NEW."client_uuid", NEW."county_id", NEW."ended_at", NEW."ended_by_id", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."town_id", NEW."until", NEW."village_id"); RETURN NULL;', hash='034c6cb0f7f855c6b16540b57011e5853d0da6a3', operation='UPDATE', pgid='pgtrigger_update_update_62ecd', table='schedule_snooze', when='AFTER'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='PlanRuleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schedule.planrule')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=apps.schedule.duties.duty_choices, max_length=10, verbose_name='duty')),
                        ('measure', models.CharField(blank=True, choices=[('SQJD', 'Community detoxification'), ('SQKF', 'Community rehabilitation')], default='', max_length=4, verbose_name='measure')),
                        ('risk_level', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='', max_length=6, verbose_name='risk level')),
                        ('year_of_term', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year of the term')),
                        ('half_of_year', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'First half'), (2, 'Second half')], null=True, verbose_name='half of that year')),
                        ('term_years', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='length of the term in years')),
                        ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='area')),
                        ('every_count', models.PositiveSmallIntegerField(verbose_name='every')),
                        ('every_unit', models.CharField(choices=[('d', 'days'), ('w', 'weeks'), ('m', 'months')], max_length=1, verbose_name='unit')),
                        ('effective_from', models.DateField(verbose_name='from')),
                        ('effective_to', models.DateField(blank=True, null=True, verbose_name='until')),
                        ('recorded_elsewhere', models.BooleanField(default=False, help_text='Counts in the rate; reaches Today only as “no sign-in for n days”.', verbose_name='recorded elsewhere')),
                        ('quiet_days', models.PositiveSmallIntegerField(default=7, verbose_name='days without a sign-in before Today asks')),
                        ('basis', models.CharField(blank=True, default='', max_length=200, verbose_name='basis')),
                        ('laid_out_to', models.BigIntegerField(editable=False, help_text='While windows are laid out in pieces: the last case that has them.', null=True)),
                        ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b33fb565853c31669d8b30959598db4a2fbf2e2c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_79c93', table='schedule_planruleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DueItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='due_items', to='cases.case')),
                        ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='persons.person')),
                        ('kind', models.CharField(choices=apps.schedule.duties.duty_choices, max_length=10, verbose_name='duty')),
                        ('opens_on', models.DateField(verbose_name='opens')),
                        ('due_on', models.DateField(verbose_name='due')),
                        ('number', models.PositiveIntegerField(verbose_name='number under the rule')),
                        ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schedule.planrule')),
                        ('risk_level', models.CharField(blank=True, choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=6, verbose_name='risk level')),
                        ('year_of_term', models.PositiveSmallIntegerField(verbose_name='year of the term')),
                        ('recorded_elsewhere', models.BooleanField(verbose_name='recorded elsewhere')),
                        ('carried_over', models.BooleanField(help_text='Ended before the case was brought in: figures only.', verbose_name='carried over')),
                        ('outcome', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('missed', 'Missed, seen later'), ('excused', 'Excused')], default='open', max_length=8, verbose_name='outcome')),
                        ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                        ('retry_on', models.DateField(blank=True, null=True, verbose_name='to be tried again on')),
                        ('retry_reason', models.CharField(blank=True, default='', max_length=12, verbose_name='could not be done')),
                    ],
                    options={
                        'verbose_name': 'due item',
                        'verbose_name_plural': 'due items',
                        'indexes': [models.Index(condition=models.Q(('carried_over', False), ('outcome', 'open')), fields=['case', 'kind', 'due_on'], name='due_open_case'), models.Index(condition=models.Q(('carried_over', False), ('outcome', 'open')), fields=['county', 'recorded_elsewhere', 'due_on'], name='due_open_county'), models.Index(fields=['county', 'due_on'], include=('town', 'kind', 'outcome', 'case', 'done_on'), name='due_county_day')],
                        'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'opens_on'), name='due_window_once'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on'))), name='due_closes_after_open'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('outcome', 'done')), models.Q(models.Q(('outcome', 'done'), _negated=True), ('done_on', None)), _connector='OR'), name='due_done_has_day'), models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('done_on__gte', models.F('opens_on')), ('done_on__lte', models.F('due_on'))), _connector='OR'), name='due_done_inside')],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='SnoozeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='schedule.snooze')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('county', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='persons.person')),
                        ('kind', models.CharField(choices=apps.schedule.duties.duty_choices, max_length=10, verbose_name='duty')),
                        ('until', models.DateField(verbose_name='until')),
                        ('reason', apps.core.fields.EncryptedTextField(blank=True, default='', editable=True, verbose_name='reason')),
                        ('recorded_at', models.DateTimeField(verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='shown again')),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4ffee3997544bfc8124f15efc74597db0fc3684', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee1d0', table='schedule_snoozeevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.RunPython(standard.store, migrations.RunPython.noop),
    ]
