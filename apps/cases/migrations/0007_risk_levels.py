"""The risk level is called so in code and columns. Both tables keep their names: what is encrypted in
them opens under that name alone. Triggers are made anew: they are found by the name of the model."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0006_words_of_the_field'),
        ('cases', '0006_words_of_the_field'),
        ('persons', '0008_words_of_the_field'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name='tierrecord', name='insert_insert'),
        pgtrigger.migrations.RemoveTrigger(model_name='tierrecord', name='update_update'),
        pgtrigger.migrations.RemoveTrigger(model_name='tierrecordevent', name='append_only'),
        migrations.AlterModelTable(name='tierrecord', table='cases_tierrecord'),
        migrations.AlterModelTable(name='tierrecordevent', table='cases_tierrecordevent'),
        migrations.RenameModel(old_name='TierRecord', new_name='RiskLevelRecord'),
        migrations.RenameModel(old_name='TierRecordEvent', new_name='RiskLevelRecordEvent'),
        migrations.RenameField(model_name='risklevelrecord', old_name='tier', new_name='risk_level'),
        migrations.RenameField(model_name='risklevelrecordevent', old_name='tier', new_name='risk_level'),
        migrations.AlterField(
            model_name='risklevelrecord',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_levels', to='persons.person'),
        ),
        migrations.AlterField(
            model_name='risklevelrecord',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risk_levels', to='cases.case'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risklevelrecord',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_tierrecordevent" ("case_id", "county_id", "decided_by_id", "from_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "risk_level", "source", "town_id", "valid_until", "village_id") VALUES (NEW."case_id", NEW."county_id", NEW."decided_by_id", NEW."from_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."risk_level", NEW."source", NEW."town_id", NEW."valid_until", NEW."village_id"); RETURN NULL;', hash='4f588fe66ce65cadd8f82be22b4d2dc7c479899b', operation='INSERT', pgid='pgtrigger_insert_insert_c593b', table='cases_tierrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risklevelrecord',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_tierrecordevent" ("case_id", "county_id", "decided_by_id", "from_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "recorded_at", "risk_level", "source", "town_id", "valid_until", "village_id") VALUES (NEW."case_id", NEW."county_id", NEW."decided_by_id", NEW."from_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reason", NEW."recorded_at", NEW."risk_level", NEW."source", NEW."town_id", NEW."valid_until", NEW."village_id"); RETURN NULL;', hash='5ce5a15b003f3f07c1f3dce7489b383eae525bd5', operation='UPDATE', pgid='pgtrigger_update_update_77748', table='cases_tierrecord', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='risklevelrecordevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4505e850734beb967aa55e4d0d866ea1996cac6d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b32aa', table='cases_tierrecordevent', when='BEFORE')),
        ),
    ]
