"""All rows of the database, to compare what it was with what it is."""

from django.apps import apps
from django.db import connection
from pghistory.models import Event

from apps.schedule.models import DueItem

# History, logs, keys of forms, and an import's own record.
LEFT_OUT = ("pghistory", "audit", "imports", "core", "sessions", "contenttypes", "admin")


def every_row() -> dict[str, set[str]]:
    """Each table's rows as text, those left out excepted."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        label, table = model._meta.app_label, model._meta.db_table
        if label in LEFT_OUT or issubclass(model, Event) or not model._meta.managed:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[table] = {text for (text,) in cursor.fetchall()}
    return found


def windows(rows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Windows are laid out anew: what they say, without their numbers."""
    said = {
        (item.case_id, item.kind, item.opens_on, item.due_on, item.outcome, item.done_on)
        for item in DueItem.objects.all()
    }
    return rows | {"schedule_dueitem": {str(one) for one in said}}
