"""The serving role may add whose act a change is, and never rewrite it.

The triggers of the history write the context through this function: it runs with the rights of
the owner, so that the serving role needs no right to change the table (`core/grants.py`).
"""

from django.db import migrations

FUNCTION = "ALTER FUNCTION _pgh_attach_context()"


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_seal_names_rows"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            f"{FUNCTION} SECURITY DEFINER SET search_path = public, pg_temp",
            f"{FUNCTION} SECURITY INVOKER RESET search_path",
        ),
    ]
