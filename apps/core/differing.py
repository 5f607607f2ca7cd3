"""What is stored and what was sent are two things: both in words, and a way for the new one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from apps.core.navigation import url_or_none
from apps.core.refusals import Refused
from apps.core.sameness import frozen
from apps.core.text import MASKS, mark, sentences

Pairs = list[tuple[str, str]]


class Differs(Refused):
    """Nothing was stored of what was sent, because something else stands there.

    `renew`: what the form is sent with the next time, beside a new key. `again`: sent once more
    it is an entry of its own.
    """

    conflict = True

    def __init__(
        self,
        words: str | Promise,
        *,
        stored: Pairs | None = None,
        sent: Pairs | None = None,
        row: Any = None,
        page: str = "",
        renew: Mapping[str, str] | None = None,
        again: bool = True,
    ) -> None:
        super().__init__(words)
        self.stored, self.sent, self.row = stored or [], sent or [], row
        self.renew, self.again = dict(renew or {}), again
        self.url = url_or_none(page, row.public_id) if page and row is not None else None

    @property
    def who(self) -> str:
        """Who stored what is there."""
        names = ("recorded_by", "uploaded_by", "issued_by", "set_by")
        found = next(
            (getattr(self.row, name, None) for name in names if hasattr(self.row, name)), ""
        )
        return str(getattr(found, "name", "") or "")

    def __str__(self) -> str:
        """In one line, where no page can show both."""
        parts = [str(self.words), _("Nothing of it was stored.")]
        for label, pairs in ((_("Stored"), self.stored), (_("Sent"), self.sent)):
            if pairs:
                parts.append(f"{label}: " + "; ".join(f"{name} {text}" for name, text in pairs))
        return sentences(*parts)


def same_or_differs(row: Any, words: str | Promise, /, *, page: str = "", **sent: Any) -> None:
    """An act without a key that was done already: answered like the first if it says the same."""
    stored = {name: getattr(row, name) for name in sent}
    if frozen(stored) == frozen(sent):
        return
    raise Differs(
        words, stored=described(type(row), stored), sent=described(type(row), sent), row=row,
        page=page, again=False,
    )  # fmt: skip


def described(model: type[models.Model], values: Mapping[str, Any]) -> Pairs:
    """Label and words of each value that is a fact of the model and says something to a person."""
    found: Pairs = []
    for name, value in values.items():
        if isinstance(value, UUID):
            continue
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            if not isinstance(value, models.Model):
                continue
            field = value._meta
        if text := _in_words(field, value):
            found.append((capfirst(str(getattr(field, "verbose_name", name))), text))
    return found


def _in_words(field: Any, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    # Nobody reads a whole number here that was not asked for by name.
    if hide := MASKS.get(getattr(field, "name", "")):
        return hide(str(value))
    if isinstance(value, list):
        return mark("list").join(_in_words(getattr(field, "base_field", field), v) for v in value)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    return str(choices.get(value, value)).strip()
