"""A need that came up in a contact: what is sent with it, and what is stored of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from apps.core.differing import Pairs
from apps.needs.models import Need, NeedKind


@dataclass(frozen=True, slots=True)
class RaisedNeed:
    """A need that came up in a contact."""

    kind: str
    urgency: str
    said_by: str
    words: str = ""


def needs_sent(given: Mapping[str, Any]) -> Pairs:
    """The needs that came up, in words."""
    label = _("Help that is needed")
    return [(label, _need(need)) for need in given.get("needs", ())]


def needs_stored(row: Any) -> Pairs:
    """The same of a record that is stored."""
    rows = Need.objects.filter(source_id=row.public_id).order_by("pk")
    return [(_("Help that is needed"), _need(need)) for need in rows]


def _need(need: Any) -> str:
    return " · ".join(part for part in (str(NeedKind(need.kind).label), need.words) if part)
