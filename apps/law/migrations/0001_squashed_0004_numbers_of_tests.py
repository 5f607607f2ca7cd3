import apps.core.tables_at_once
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from apps.law import standard


class Migration(migrations.Migration):

    replaces = [
        ('law', '0001_initial'),
        ('law', '0002_state_council_notices'),
        ('law', '0003_words_of_the_field'),
        ('law', '0004_numbers_of_tests'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0001_squashed_0003_lineage'),
        ('core', '0001_squashed_0002_sent'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='CalendarDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField(unique=True, verbose_name='day')),
                        ('kind', models.CharField(choices=[('off', 'Day off'), ('work', 'Made-up working day'), ('usual', 'As every week')], max_length=5, verbose_name='kind')),
                        ('name', models.CharField(blank=True, default='', max_length=40, verbose_name='name')),
                        ('basis', models.CharField(blank=True, default='', max_length=200, verbose_name='basis')),
                    ],
                    options={
                        'verbose_name': 'day of the calendar',
                        'verbose_name_plural': 'working-day calendar',
                        'ordering': ['-day'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "law_calendardayevent" ("basis", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."day", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='a5d359985b17ff075ac7aa5a128e48735a90e4c7', operation='INSERT', pgid='pgtrigger_insert_insert_f0497', table='law_calendarday', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "law_calendardayevent" ("basis", "day", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."day", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='f4b28de203b6eed169737109a9d998ba50a3f8ea', operation='UPDATE', pgid='pgtrigger_update_update_5bf1c', table='law_calendarday', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='LawParameter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(choices=[('report_days', 'Days to report after receipt'), ('remind_first', 'First reminder, days after receipt'), ('remind_second', 'Second reminder, days after receipt'), ('extends', 'Last day off moves on: 0 never, 1 holidays, 2 weekends too'), ('agreement_days', 'Days to the agreement after the report'), ('leave_days', 'Days away from which a written report is needed'), ('leave_approval', 'Leave is approved: 0 no, 1 yes'), ('breach_tests', 'Tests refused or evaded that are serious'), ('breach_leaves', 'Leaves without report that are serious'), ('breach_days', 'Days away without report that are serious when exceeded'), ('transfer_days', 'Days to report after a change of place'), ('release_days', 'Days within which the police notify the township'), ('objection_days', 'Days to object to a test after its result is told'), ('answer_days', 'Days to answer an objection to a test'), ('sample_months', 'Months that a sealed sample is kept')], max_length=20, verbose_name='number')),
                        ('value', models.PositiveSmallIntegerField(verbose_name='value')),
                        ('effective_from', models.DateField(verbose_name='from')),
                        ('area', models.ForeignKey(blank=True, help_text='Empty: everywhere.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='area')),
                        ('basis', models.CharField(max_length=200, verbose_name='basis')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'verbose_name': 'number of the law',
                        'verbose_name_plural': 'numbers of the law',
                        'ordering': ['name', 'area__code', '-effective_from'],
                        'constraints': [models.UniqueConstraint(fields=('name', 'area', 'effective_from'), name='parameter_once', nulls_distinct=False, violation_error_message='A number for the same begins on this day already.'), models.CheckConstraint(condition=models.Q(models.Q(('name__in', ['leave_approval']), _negated=True), ('value__lte', 1), _connector='OR'), name='parameter_switch', violation_error_message='0 or 1.'), models.CheckConstraint(condition=models.Q(('value__lte', 365)), name='parameter_sensible', violation_error_message='At most 365.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "law_lawparameterevent" ("area_id", "basis", "effective_from", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "value") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."value"); RETURN NULL;', hash='bf801ff9db6319fbd2ff57bba909be6d00bb2aa9', operation='INSERT', pgid='pgtrigger_insert_insert_3b7d5', table='law_lawparameter', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "law_lawparameterevent" ("area_id", "basis", "effective_from", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "value") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."value"); RETURN NULL;', hash='1e7d088c52fc27fe94b949e0ba77b094b4adb119', operation='UPDATE', pgid='pgtrigger_update_update_41867', table='law_lawparameter', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CalendarDayEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='law.calendarday')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('day', models.DateField(verbose_name='day')),
                        ('kind', models.CharField(choices=[('off', 'Day off'), ('work', 'Made-up working day'), ('usual', 'As every week')], max_length=5, verbose_name='kind')),
                        ('name', models.CharField(blank=True, default='', max_length=40, verbose_name='name')),
                        ('basis', models.CharField(blank=True, default='', max_length=200, verbose_name='basis')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5d7f67019d2ff56af9619d5cd746961ba96ad2f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_27360', table='law_calendardayevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='LawParameterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='law.lawparameter')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(choices=[('report_days', 'Days to report after receipt'), ('remind_first', 'First reminder, days after receipt'), ('remind_second', 'Second reminder, days after receipt'), ('extends', 'Last day off moves on: 0 never, 1 holidays, 2 weekends too'), ('agreement_days', 'Days to the agreement after the report'), ('leave_days', 'Days away from which a written report is needed'), ('leave_approval', 'Leave is approved: 0 no, 1 yes'), ('breach_tests', 'Tests refused or evaded that are serious'), ('breach_leaves', 'Leaves without report that are serious'), ('breach_days', 'Days away without report that are serious when exceeded'), ('transfer_days', 'Days to report after a change of place'), ('release_days', 'Days within which the police notify the township'), ('objection_days', 'Days to object to a test after its result is told'), ('answer_days', 'Days to answer an objection to a test'), ('sample_months', 'Months that a sealed sample is kept')], max_length=20, verbose_name='number')),
                        ('value', models.PositiveSmallIntegerField(verbose_name='value')),
                        ('effective_from', models.DateField(verbose_name='from')),
                        ('area', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: everywhere.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='area')),
                        ('basis', models.CharField(max_length=200, verbose_name='basis')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9da8e899cf59dcb24b4a95903e36cca72b8e92ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3860d', table='law_lawparameterevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
        migrations.RunPython(standard.store, migrations.RunPython.noop),
    ]
