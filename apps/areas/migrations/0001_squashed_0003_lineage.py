import apps.core.tables_at_once
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('areas', '0001_initial'),
        ('areas', '0002_history'),
        ('areas', '0003_lineage'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0002_sent'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        apps.core.tables_at_once.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=12, unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('name_initials', models.CharField(blank=True, default='', max_length=80, verbose_name='pinyin initials')),
                        ('level', models.CharField(choices=[('province', 'Province'), ('city', 'City'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='level')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='areas.area', verbose_name='above')),
                        ('is_pseudo', models.BooleanField(default=False, help_text='Never shown: a level that exists in codes only.', verbose_name='only a code')),
                        ('active', models.BooleanField(default=True, verbose_name='active')),
                        ('merged_into', models.ForeignKey(blank=True, help_text='The unit that exists today; a chain is flattened when a unit is merged.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='areas.area', verbose_name='merged into')),
                        ('merged_on', models.DateField(blank=True, editable=False, null=True, verbose_name='merged on')),
                        ('lineage', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, help_text='The units to which it belongs today, from above, and itself.', size=None)),
                        ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, editable=False, size=None, verbose_name='former names')),
                        ('shared_caseload', models.BooleanField(default=False, help_text='Off: a case worker sees the own caseload only.', verbose_name='workers see the whole town')),
                    ],
                    options={
                        'verbose_name': 'area',
                        'verbose_name_plural': 'areas',
                        'ordering': ['code'],
                        'indexes': [models.Index(fields=['parent', 'code'], name='areas_area_parent__bc6a19_idx'), models.Index(fields=['name'], name='areas_area_name_c3f937_idx'), django.contrib.postgres.indexes.GinIndex(fields=['lineage'], name='area_lineage')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('merged_into', None), ('active', False), _connector='OR'), name='area_merged_is_retired', violation_error_message='A unit that was merged is no longer active.'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into', None), ('merged_on', None)), models.Q(('merged_into__isnull', False), ('merged_on__isnull', False)), _connector='OR'), name='area_merged_on_a_day', violation_error_message='A unit that was merged says on which day.'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='area_not_merged_into_itself', violation_error_message='A unit cannot be merged into itself.'), models.CheckConstraint(condition=models.Q(('level', 'province'), ('parent__isnull', False), _connector='OR'), name='area_has_parent', violation_error_message='Every unit but a province has one above it.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='lineage', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE above bigint[];', func="\nSELECT lineage INTO above FROM areas_area\n WHERE id = COALESCE(NEW.merged_into_id, NEW.parent_id);\nIF NEW.id = ANY(above) THEN\n  RAISE EXCEPTION 'area % would lie below itself', NEW.code USING ERRCODE = 'check_violation';\nEND IF;\nNEW.lineage := COALESCE(above, '{}') || NEW.id;\nRETURN NEW;\n", hash='bd7ef9c4413100a5fcd656432048a418d462217f', operation='INSERT OR UPDATE', pgid='pgtrigger_lineage_98c95', table='areas_area', when='BEFORE')), pgtrigger.compiler.Trigger(name='lineage_below', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."lineage" IS DISTINCT FROM (NEW."lineage"))', func="\nUPDATE areas_area SET lineage = '{}'\n WHERE parent_id = NEW.id AND merged_into_id IS NULL OR merged_into_id = NEW.id;\nRETURN NULL;\n", hash='3137bbe3c0ab447e00f63c78ff260cd8f43f845b', operation='UPDATE', pgid='pgtrigger_lineage_below_c5e57', table='areas_area', when='AFTER')), pgtrigger.compiler.Trigger(name='former_names', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))', func='\nNEW.former_names := array_append(\n  array_remove(array_remove(NEW.former_names, NEW.name), OLD.name), OLD.name);\nRETURN NEW;\n', hash='a7edf9734f195b0a974b1f5caf6f58a10da73ad0', operation='UPDATE', pgid='pgtrigger_former_names_63291', table='areas_area', when='BEFORE')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."active" IS DISTINCT FROM (NEW."active") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_pseudo" IS DISTINCT FROM (NEW."is_pseudo") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."merged_on" IS DISTINCT FROM (NEW."merged_on") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."name_initials" IS DISTINCT FROM (NEW."name_initials") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."shared_caseload" IS DISTINCT FROM (NEW."shared_caseload"))', func='INSERT INTO "areas_areaevent" ("active", "code", "id", "is_pseudo", "level", "merged_into_id", "merged_on", "name", "name_initials", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_caseload") VALUES (NEW."active", NEW."code", NEW."id", NEW."is_pseudo", NEW."level", NEW."merged_into_id", NEW."merged_on", NEW."name", NEW."name_initials", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shared_caseload"); RETURN NULL;', hash='e5405aefa0b7e98c25bd555fcefd72d3b2999940', operation='UPDATE', pgid='pgtrigger_update_update_e3393', table='areas_area', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "areas_areaevent" ("active", "code", "id", "is_pseudo", "level", "merged_into_id", "merged_on", "name", "name_initials", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shared_caseload") VALUES (OLD."active", OLD."code", OLD."id", OLD."is_pseudo", OLD."level", OLD."merged_into_id", OLD."merged_on", OLD."name", OLD."name_initials", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."shared_caseload"); RETURN NULL;', hash='c4fb478518d4b530bc1c956d5380743c41dd4597', operation='DELETE', pgid='pgtrigger_delete_delete_96aa5', table='areas_area', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AreaEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='areas.area')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(max_length=12, verbose_name='code')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('name_initials', models.CharField(blank=True, default='', max_length=80, verbose_name='pinyin initials')),
                        ('level', models.CharField(choices=[('province', 'Province'), ('city', 'City'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='level')),
                        ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='above')),
                        ('is_pseudo', models.BooleanField(default=False, help_text='Never shown: a level that exists in codes only.', verbose_name='only a code')),
                        ('active', models.BooleanField(default=True, verbose_name='active')),
                        ('merged_into', models.ForeignKey(blank=True, db_constraint=False, help_text='The unit that exists today; a chain is flattened when a unit is merged.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='areas.area', verbose_name='merged into')),
                        ('merged_on', models.DateField(blank=True, editable=False, null=True, verbose_name='merged on')),
                        ('shared_caseload', models.BooleanField(default=False, help_text='Off: a case worker sees the own caseload only.', verbose_name='workers see the whole town')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2b7bab79dc21f5da97db480fcf7872e0cebfd2e6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7797e', table='areas_areaevent', when='BEFORE'))],
                    },
                ),
            ],
        ),
    ]
