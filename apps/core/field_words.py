"""Words for the fields that most rows have, and for rows that only the admin shows.

A field that says its own name in its model keeps it. The others would be called by their code, in
English: "recorded by" on a Chinese page. No migration knows of these words.
"""

from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _, pgettext_lazy

WORDS: Final[dict[str, Any]] = {
    "id": pgettext_lazy("of a row", "number"),
    "recorded_at": _("recorded at"),
    "recorded_by": _("recorded by"),
    "created_at": _("file opened"),
    "created_by": _("opened by"),
    "opened_at": _("opened at"),
    "opened_by": _("opened by"),
    "closed_by": _("closed by"),
    "ended_by": _("ended by"),
    "found_by": _("found by"),
    "told_by": _("notified by"),
    "set_at": _("recorded at"),
    "withdrawn_at": _("withdrawn"),
    "withdrawn_by": _("withdrawn by"),
    "withdrawn_reason": _("reason for the withdrawal"),
    "user": _("account"),
    "worker": _("worker"),
    "rule": _("plan rule"),
    "due_item": _("window"),
    "lost": _("lost contact"),
    "level_record": _("risk level on file"),
    "laid_out_to": _("windows laid out up to"),
    "asked_day": _("day"),
    "subject": pgettext_lazy("of a proposal", "about"),
    "sha256": _("fingerprint of the file"),
    "core.NightlyRun.name": _("task"),
    "core.NightlyRun.ran_for": _("day"),
    "core.NightlyRun.finished_at": _("finished at"),
    "core.NightlyRun.counts": _("what was done"),
    "audit.AccessSeal.minute": _("minute"),
    "audit.AccessSeal.rows": _("number of rows"),
    "audit.AccessSeal.last_id": _("number of the last row"),
    "audit.AccessSeal.sealed_at": _("sealed at"),
}


def name_fields() -> None:
    """Called once the models are there. A foreign key is called as what it points to."""
    for model in apps.get_models():
        if not model.__module__.startswith("apps."):
            continue
        for field in model._meta.fields:
            if field._verbose_name is None and (words := _words(field)):  # type: ignore[attr-defined]
                field.verbose_name = words


def _words(field: Any) -> Any:
    own = WORDS.get(f"{field.model._meta.label}.{field.name}") or WORDS.get(field.name)
    if own is None and field.many_to_one and field.name == field.related_model._meta.model_name:
        return field.related_model._meta.verbose_name
    return own
