"""Names of expected persons with one kind of dot and without unseen signs; see persons."""

from django.db import migrations

from apps.persons import names


def fold(apps, schema_editor):
    releases = apps.get_model("intake", "Release").objects
    for pk, name in releases.order_by("pk").values_list("pk", "name").iterator(chunk_size=1000):
        if name != names.tidy(name):
            releases.filter(pk=pk, name=name).update(name=names.tidy(name)[:60])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("intake", "0001_initial")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
