"""The risk level is called so in code and columns."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0003_lineage'),
        ('schedule', '0012_words_of_the_field'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='planrule',
            options={'ordering': ['kind', 'area__code', 'measure', 'risk_level', 'year_of_term', 'term_years', 'effective_from'], 'verbose_name': 'plan rule', 'verbose_name_plural': 'plan rules'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planrule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planrule',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='planrule',
            name='plan_once',
        ),
        migrations.RenameField(
            model_name='dueitem',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='planrule',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='planruleevent',
            old_name='tier',
            new_name='risk_level',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "schedule_planruleevent" ("area_id", "basis", "effective_from", "effective_to", "every_count", "every_unit", "id", "kind", "laid_out_to", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "recorded_at", "recorded_by_id", "recorded_elsewhere", "risk_level", "term_years", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."effective_to", NEW."every_count", NEW."every_unit", NEW."id", NEW."kind", NEW."laid_out_to", NEW."measure", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quiet_days", NEW."recorded_at", NEW."recorded_by_id", NEW."recorded_elsewhere", NEW."risk_level", NEW."term_years", NEW."year_of_term"); RETURN NULL;', hash='4da0367ddcb72864f0dbe3837902a937b43ccf59', operation='INSERT', pgid='pgtrigger_insert_insert_a6d69', table='schedule_planrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "schedule_planruleevent" ("area_id", "basis", "effective_from", "effective_to", "every_count", "every_unit", "id", "kind", "laid_out_to", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quiet_days", "recorded_at", "recorded_by_id", "recorded_elsewhere", "risk_level", "term_years", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."effective_to", NEW."every_count", NEW."every_unit", NEW."id", NEW."kind", NEW."laid_out_to", NEW."measure", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quiet_days", NEW."recorded_at", NEW."recorded_by_id", NEW."recorded_elsewhere", NEW."risk_level", NEW."term_years", NEW."year_of_term"); RETURN NULL;', hash='a9decffdcf0a3408dbdc18154e99a7e2a8fe8d3b', operation='UPDATE', pgid='pgtrigger_update_update_6d0fd', table='schedule_planrule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='planrule',
            constraint=models.UniqueConstraint(fields=('kind', 'measure', 'risk_level', 'year_of_term', 'term_years', 'area', 'effective_from'), name='plan_once', nulls_distinct=False, violation_error_message='A rule for the same begins on this day already.'),
        ),
    ]
