"""The risk level is called so in code and columns."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0006_words_of_the_field'),
        ('cases', '0007_risk_levels'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='validityrule',
            options={'ordering': ['risk_level', '-effective_from'], 'verbose_name': 'validity of assessments', 'verbose_name_plural': 'validity of assessments'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='validityrule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='validityrule',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='assessment',
            name='assessment_decided_by_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='validityrule',
            name='validity_once',
        ),
        migrations.RenameField(
            model_name='assessment',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='assessmentevent',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='validityrule',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='validityruleevent',
            old_name='tier',
            new_name='risk_level',
        ),
        migrations.RenameField(
            model_name='assessment',
            old_name='tier_record',
            new_name='level_record',
        ),
        migrations.RenameField(
            model_name='assessmentevent',
            old_name='tier_record',
            new_name='level_record',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_assessmentevent" ("assessed_on", "assessor_id", "assessor_words", "client_uuid", "content", "county_id", "decided_by_id", "id", "level_record_id", "objected_on", "objection", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "public_id", "reason", "recorded_at", "recorded_by_id", "risk_level", "standing", "told_anew_on", "told_by_id", "told_how", "told_on", "told_until", "town_id", "valid_until", "village_id") VALUES (NEW."assessed_on", NEW."assessor_id", NEW."assessor_words", NEW."client_uuid", NEW."content", NEW."county_id", NEW."decided_by_id", NEW."id", NEW."level_record_id", NEW."objected_on", NEW."objection", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."risk_level", NEW."standing", NEW."told_anew_on", NEW."told_by_id", NEW."told_how", NEW."told_on", NEW."told_until", NEW."town_id", NEW."valid_until", NEW."village_id"); RETURN NULL;', hash='79960e746634cff6391eaca4e3d3f071e210f180', operation='INSERT', pgid='pgtrigger_insert_insert_3ca2a', table='assessments_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_assessmentevent" ("assessed_on", "assessor_id", "assessor_words", "client_uuid", "content", "county_id", "decided_by_id", "id", "level_record_id", "objected_on", "objection", "origin", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed", "public_id", "reason", "recorded_at", "recorded_by_id", "risk_level", "standing", "told_anew_on", "told_by_id", "told_how", "told_on", "told_until", "town_id", "valid_until", "village_id") VALUES (NEW."assessed_on", NEW."assessor_id", NEW."assessor_words", NEW."client_uuid", NEW."content", NEW."county_id", NEW."decided_by_id", NEW."id", NEW."level_record_id", NEW."objected_on", NEW."objection", NEW."origin", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."risk_level", NEW."standing", NEW."told_anew_on", NEW."told_by_id", NEW."told_how", NEW."told_on", NEW."told_until", NEW."town_id", NEW."valid_until", NEW."village_id"); RETURN NULL;', hash='3113b79c011bb62066e7352d0044255724f310b3', operation='UPDATE', pgid='pgtrigger_update_update_d96c6', table='assessments_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='validityrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "assessments_validityruleevent" ("area_id", "basis", "effective_from", "id", "measure", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "risk_level", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."id", NEW."measure", NEW."months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."risk_level", NEW."year_of_term"); RETURN NULL;', hash='1dc199d9a8aa0ee9f1751d96fe0698b756b0cf01', operation='INSERT', pgid='pgtrigger_insert_insert_119f9', table='assessments_validityrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='validityrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "assessments_validityruleevent" ("area_id", "basis", "effective_from", "id", "measure", "months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "risk_level", "year_of_term") VALUES (NEW."area_id", NEW."basis", NEW."effective_from", NEW."id", NEW."measure", NEW."months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."risk_level", NEW."year_of_term"); RETURN NULL;', hash='085e6128f49f0a7882d0196460c2ef2279ceb7ea', operation='UPDATE', pgid='pgtrigger_update_update_331d9', table='assessments_validityrule', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('level_record__isnull', False), ('standing', 'in_force'), ('valid_until__isnull', False)), models.Q(models.Q(('standing', 'in_force'), _negated=True), ('level_record', None), ('valid_until', None)), _connector='OR'), name='assessment_decided_by_somebody', violation_error_message='A person decides a risk level, never the software.'),
        ),
        migrations.AddConstraint(
            model_name='validityrule',
            constraint=models.UniqueConstraint(fields=('risk_level', 'measure', 'year_of_term', 'area', 'effective_from'), name='validity_once', nulls_distinct=False, violation_error_message='A number for the same begins on this day already.'),
        ),
    ]
