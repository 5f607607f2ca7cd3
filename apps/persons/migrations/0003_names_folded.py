"""Names that are on file as they are typed today: one kind of dot, no unseen signs, ü as u.

Rows are read and changed a thousand at a time, each thousand in its own transaction: nobody waits
for longer than for a few updates. Only rows that differ are written, and history shows it.
"""

from django.db import migrations, transaction

from apps.persons import names

BATCH = 1000
COLUMNS = ("name", "name_pinyin", "name_initials", "sort_key")


def fold(apps, schema_editor):
    people = apps.get_model("persons", "Person").objects
    last = 0
    while batch := list(people.filter(pk__gt=last).order_by("pk").values("pk", *COLUMNS)[:BATCH]):
        last = batch[-1]["pk"]
        with transaction.atomic():
            for row in batch:
                facts = folded(row["name"])
                if facts != {column: row[column] for column in COLUMNS}:
                    # Whoever is renamed at this moment has a folded name already.
                    people.filter(pk=row["pk"], name=row["name"]).update(**facts)


def folded(name):
    name = names.tidy(name)[:60]
    return dict(zip(COLUMNS, (name, *names.read(name)), strict=True))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("persons", "0002_former_unit")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
