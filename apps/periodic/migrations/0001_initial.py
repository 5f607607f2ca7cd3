import apps.core.fields
import apps.core.labels
import apps.core.tables_at_once
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0009_words_of_the_field'),
        ('areas', '0004_units_on_record'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='ReportTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='unit')),
                        ('every', models.CharField(choices=[('week', 'Week'), ('half_month', 'Half-month'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year'), ('any', "Days of one's own choice")], max_length=10, verbose_name='period')),
                        ('title', models.CharField(max_length=80, verbose_name='heading')),
                        ('opening', models.TextField(blank=True, max_length=2000, verbose_name='words before the figures')),
                        ('closing', models.TextField(blank=True, max_length=2000, verbose_name='words after the figures')),
                        ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='figures')),
                        ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, size=None, verbose_name='figures unit by unit')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                    ],
                    options={
                        'verbose_name': 'form of a report',
                        'verbose_name_plural': 'forms of reports',
                        'ordering': ('area', 'every', '-pk'),
                        'constraints': [models.CheckConstraint(condition=models.Q(('codes__contains', models.F('columns')), ('codes__len__gt', 0)), name='report_form_has_figures', violation_error_message='Unit by unit stand figures of the report itself.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='report_form_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e21144259720d8a347a2d0acb613b02715945761', operation='UPDATE OR DELETE', pgid='pgtrigger_report_form_stands_b03c5', table='periodic_reporttemplate', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='asked by')),
                        ('level', models.CharField(choices=[('province', 'Province'), ('city', 'City'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='asked of each')),
                        ('every', models.CharField(choices=[('week', 'Week'), ('half_month', 'Half-month'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year'), ('any', "Days of one's own choice")], max_length=10, verbose_name='period')),
                        ('due_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days after its end')),
                        ('first_day', models.DateField(verbose_name='from the period of')),
                        ('basis', models.CharField(blank=True, default='', max_length=100, verbose_name='basis')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='asked no more from')),
                        ('ended_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                    ],
                    options={
                        'verbose_name': 'report that is asked for',
                        'verbose_name_plural': 'reports that are asked for',
                        'ordering': ('area', 'level', 'every'),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('area', 'level', 'every'), name='report_asked_once', violation_error_message='This report is asked for already.'), models.CheckConstraint(condition=models.Q(('every__in', ('week', 'half_month', 'month', 'quarter', 'year')), ('level__in', ['county', 'town'])), name='report_asked_regularly'), models.CheckConstraint(condition=models.Q(('due_days__lte', 60)), name='report_due_within_days'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('ended_on', None)), models.Q(('ended_by__isnull', False), ('ended_on__isnull', False)), _connector='OR'), name='report_rule_ended_by_somebody')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "periodic_reportruleevent" ("area_id", "basis", "client_uuid", "due_days", "ended_by_id", "ended_on", "every", "first_day", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id") VALUES (NEW."area_id", NEW."basis", NEW."client_uuid", NEW."due_days", NEW."ended_by_id", NEW."ended_on", NEW."every", NEW."first_day", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='0f9e70122f25c745ae901717887265ebd2c43a53', operation='INSERT', pgid='pgtrigger_insert_insert_76959', table='periodic_reportrule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "periodic_reportruleevent" ("area_id", "basis", "client_uuid", "due_days", "ended_by_id", "ended_on", "every", "first_day", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "recorded_at", "recorded_by_id") VALUES (NEW."area_id", NEW."basis", NEW."client_uuid", NEW."due_days", NEW."ended_by_id", NEW."ended_on", NEW."every", NEW."first_day", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."recorded_at", NEW."recorded_by_id"); RETURN NULL;', hash='126dcccc8eca7a861d536a2339c6a37677c7b27d', operation='UPDATE', pgid='pgtrigger_update_update_640fd', table='periodic_reportrule', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PeriodicReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='county')),
                        ('town', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='town')),
                        ('village', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='village')),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False, unique=True)),
                        ('every', models.CharField(choices=[('week', 'Week'), ('half_month', 'Half-month'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year'), ('any', "Days of one's own choice")], max_length=10, verbose_name='period')),
                        ('first', models.DateField(verbose_name='first day')),
                        ('last', models.DateField(verbose_name='last day')),
                        ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                        ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='periodic.periodicreport', verbose_name='replaces')),
                        ('reason', models.CharField(blank=True, default='', max_length=200, verbose_name='note or reason')),
                        ('title', models.CharField(blank=True, default='', max_length=80, verbose_name='heading')),
                        ('opening', models.TextField(blank=True, verbose_name='words before the figures')),
                        ('closing', models.TextField(blank=True, verbose_name='words after the figures')),
                        ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='figures')),
                        ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, size=None, verbose_name='figures unit by unit')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='frozen')),
                        ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='frozen by')),
                    ],
                    options={
                        'verbose_name': 'periodic report',
                        'verbose_name_plural': 'periodic reports',
                        'ordering': ('-last', '-first', '-pk'),
                        'constraints': [models.UniqueConstraint(fields=('county', 'town', 'village', 'every', 'first', 'last', 'version'), name='report_version_once', nulls_distinct=False, violation_error_message='This report was frozen already.'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='report_days', violation_error_message='The last day lies before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='report_corrected_with_reason', violation_error_message='A correction says why.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='report_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='71fbc21a76cb20a11e9340f7b8f1ad03fc930ca9', operation='UPDATE OR DELETE', pgid='pgtrigger_report_stands_35da9', table='periodic_periodicreport', when='BEFORE'))],
                    },
                    bases=(apps.core.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name='ReportRuleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='periodic.reportrule')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('public_id', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('client_uuid', models.UUIDField(default=apps.core.fields.uuid7, editable=False)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='asked by')),
                        ('level', models.CharField(choices=[('province', 'Province'), ('city', 'City'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='asked of each')),
                        ('every', models.CharField(choices=[('week', 'Week'), ('half_month', 'Half-month'), ('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year'), ('any', "Days of one's own choice")], max_length=10, verbose_name='period')),
                        ('due_days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(60)], verbose_name='days after its end')),
                        ('first_day', models.DateField(verbose_name='from the period of')),
                        ('basis', models.CharField(blank=True, default='', max_length=100, verbose_name='basis')),
                        ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='asked no more from')),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cc69de3ec57163b71f4f60440cb47d00c672e368', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49475', table='periodic_reportruleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='FrozenFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='periodic.periodicreport')),
                        ('code', models.CharField(max_length=40, verbose_name='figure')),
                        ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='unit')),
                        ('number', models.BigIntegerField(verbose_name='number')),
                        ('whole', models.BigIntegerField(null=True, verbose_name='out of')),
                        ('behind', models.BigIntegerField(verbose_name='persons behind it')),
                        ('behind_done', models.BigIntegerField(verbose_name='persons behind what is done')),
                        ('behind_left', models.BigIntegerField(verbose_name='persons behind what is not done')),
                        ('rows', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='rows counted')),
                        ('done', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None, verbose_name='rows done')),
                    ],
                    options={
                        'verbose_name': 'frozen figure',
                        'verbose_name_plural': 'frozen figures',
                        'constraints': [models.UniqueConstraint(fields=('report', 'code', 'unit'), name='figure_frozen_once', nulls_distinct=False)],
                        'triggers': [pgtrigger.compiler.Trigger(name='frozen_figure_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='90f39905950bc9aef4fe45e6a1d6a28454c531bf', operation='UPDATE OR DELETE', pgid='pgtrigger_frozen_figure_stands_e950b', table='periodic_frozenfigure', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportSending',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sending', to='periodic.periodicreport', verbose_name='periodic report')),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='sent to')),
                        ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='sent upwards on')),
                        ('sent_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                        ('answer', models.CharField(blank=True, choices=[('', 'Not answered yet'), ('received', 'Accepted'), ('sent_back', 'Sent back')], default='', max_length=10, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered on')),
                        ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                        ('remarks', models.TextField(blank=True, default='', max_length=1000, verbose_name='remarks')),
                    ],
                    options={
                        'verbose_name': 'report on its way',
                        'verbose_name_plural': 'reports on their way',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('remarks', '')), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='sending_answered_wholly'), models.CheckConstraint(condition=models.Q(('answer', 'sent_back'), ('remarks', ''), _negated=True), name='sending_back_with_remarks', violation_error_message='Whoever sends a report back says why.'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('sent_by')), _negated=True), _connector='OR'), name='sending_answered_by_another', violation_error_message='Somebody else answers a report.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sending_stands', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cd6ad5c94599c114d20ea4b52a94b3fd69e8ebce', operation='DELETE', pgid='pgtrigger_sending_stands_23eef', table='periodic_reportsending', when='BEFORE')), pgtrigger.compiler.Trigger(name='sending_as_sent', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."report_id" IS DISTINCT FROM (NEW."report_id") OR OLD."receiver_id" IS DISTINCT FROM (NEW."receiver_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4806a2ab5e1672ffb9853b4a30499f6e626242e7', operation='UPDATE', pgid='pgtrigger_sending_as_sent_74ca7', table='periodic_reportsending', when='BEFORE')), pgtrigger.compiler.Trigger(name='sending_answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d4d52391b6a4c83a232ab72bec285aef5c9681f6', operation='UPDATE', pgid='pgtrigger_sending_answered_once_61119', table='periodic_reportsending', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "periodic_reportsendingevent" ("answer", "answered_at", "answered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver_id", "remarks", "report_id", "sent_at", "sent_by_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receiver_id", NEW."remarks", NEW."report_id", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='046e8eedb891fce7312fe78ce0546ad2d6c772be', operation='INSERT', pgid='pgtrigger_insert_insert_9df9f', table='periodic_reportsending', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "periodic_reportsendingevent" ("answer", "answered_at", "answered_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver_id", "remarks", "report_id", "sent_at", "sent_by_id") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receiver_id", NEW."remarks", NEW."report_id", NEW."sent_at", NEW."sent_by_id"); RETURN NULL;', hash='e20b3d5f7321bcbcfd9b3dd810dfca37f208e029', operation='UPDATE', pgid='pgtrigger_update_update_c4910', table='periodic_reportsending', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReportSendingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='periodic.reportsending')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='periodic.periodicreport', verbose_name='periodic report')),
                        ('receiver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='sent to')),
                        ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='sent upwards on')),
                        ('sent_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                        ('answer', models.CharField(blank=True, choices=[('', 'Not answered yet'), ('received', 'Accepted'), ('sent_back', 'Sent back')], default='', max_length=10, verbose_name='answer')),
                        ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered on')),
                        ('answered_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                        ('remarks', models.TextField(blank=True, default='', max_length=1000, verbose_name='remarks')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7515ab060d246603fced2bf1d464ea1966a5f442', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8bbc9', table='periodic_reportsendingevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
