"""The check-in plans of docs/law.md, 2, for every unit that sets none of its own."""

from datetime import date

from django.db import migrations

DEFAULTS = [("high", 1, "w"), ("medium", 2, "w"), ("low", 1, "m")]


def add(apps, schema_editor):
    rule = apps.get_model("schedule", "PlanRule")
    for tier, count, unit in DEFAULTS:
        rule.objects.create(
            kind="checkin", tier=tier, every_count=count, every_unit=unit,
            effective_from=date(2008, 6, 1),
        )


class Migration(migrations.Migration):
    dependencies = [("schedule", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
