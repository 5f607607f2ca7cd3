"""Keys of names with a surname of two characters, or with traditional ones, as they are read today.

As in 0003: a thousand at a time, and only rows that differ are written.
"""

from importlib import import_module

from django.db import migrations

fold = import_module("apps.persons.migrations.0003_names_folded").fold


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("persons", "0006_given_name")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop, elidable=True)]
