"""The plans of hair tests, and urine of the high tier, as docs/law.md, 2 proposes them.

Hair every six months, and every twelve of the low tier: contact grows less as a person does well.
High and medium tier share a rule, so that a tier that lapses and comes back does not begin the six
months anew each time. Urine of the high tier is monthly where the plan of the year asks for less.
An office that works with the product already begins on the day of the update.
"""

from datetime import date

from django.db import migrations
from django.utils import timezone

HAIR = [("", 6), ("low", 12)]
# Where the plan of the year asks for less: the first year of community detoxification is monthly.
MONTHLY = [("SQJD", 2), ("SQJD", 3), ("SQKF", None)]


def add(apps, schema_editor):
    at_work = apps.get_model("cases", "Case").objects.exists()
    begins = timezone.localdate() if at_work else date(2008, 6, 1)
    rule = apps.get_model("schedule", "PlanRule")
    for tier, months in HAIR:
        rule.objects.create(
            kind="hair", tier=tier, every_count=months, every_unit="m", effective_from=begins
        )
    # An office that has set numbers of its own for everybody keeps them.
    if rule.objects.filter(kind="test", area=None, recorded_by__isnull=False).exists():
        return
    for measure, year in MONTHLY:
        rule.objects.create(
            kind="test", measure=measure, tier="high", year_of_term=year, every_count=1,
            every_unit="m", effective_from=begins,
        )


class Migration(migrations.Migration):
    dependencies = [("schedule", "0009_hair_kind"), ("cases", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
