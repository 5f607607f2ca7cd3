"""Orders are sorted by the key of their person, as it is read today."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def copy_keys(apps, schema_editor):
    """Only orders whose person has another key."""
    people = apps.get_model("persons", "Person").objects.filter(pk=OuterRef("person_id"))
    cases = apps.get_model("cases", "Case").objects.exclude(sort_key=F("person__sort_key"))
    cases.update(sort_key=Subquery(people.values("sort_key")))


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_tiers_end"), ("persons", "0007_names_read_anew")]
    operations = [migrations.RunPython(copy_keys, migrations.RunPython.noop, elidable=True)]
