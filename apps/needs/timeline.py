"""What the stream of a person tells of needs."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _, gettext_lazy

from apps.audit.acting import reason_of
from apps.core.days import local_day
from apps.core.text import iso_day
from apps.core.timeline import PERSON, Chip, Event, Told, joined
from apps.needs.models import Need, NeedOutcome


def _need(need: Need) -> list[Event]:
    kind = need.get_kind_display()
    state = ("inf", _("Open")) if need.closed_on is None else None
    said = joined([need.words, _("said by: %(who)s") % {"who": need.get_said_by_display()}])
    found = [
        Event(need.said_on, "need", "heart-handshake", _need_title(kind), said, state,
              at=need.recorded_at)
    ]  # fmt: skip
    if need.referred_on:
        title = _("Referred: %(kind)s") % {"kind": kind}
        found.append(Event(need.referred_on, "need", "arrow-right", title, need.referred_to))
    return [*found, *_ends(need, kind)]


def _ends(need: Need, kind: str) -> Iterator[Event]:
    """Each closing and each opening again: the row knows the last alone, its history all."""
    closed: dict[str, Any] = {
        "title": _("Need closed: %(kind)s") % {"kind": kind},
        "icon": "heart-handshake",
    }
    opened: dict[str, Any] = {
        "title": _("Need opened again: %(kind)s") % {"kind": kind},
        "icon": "arrow-back-up",
    }
    stood: dict[str, Any] = {"on": None, "outcome": ""}
    for now in need.history:  # type: ignore[attr-defined]
        at = datetime.fromisoformat(now["at"])
        if now["on"] and (now["on"], now["outcome"]) != (stood["on"], stood["outcome"]):
            last = now["on"] == iso_day(need.closed_on) and now["outcome"] == need.outcome
            yield Event(
                date.fromisoformat(now["on"]), "need", words=need.closing_note if last else "",
                tag=("done" if now["outcome"] == "met" else "na",
                     str(NeedOutcome(now["outcome"]).label)),
                at=at, **closed,
            )  # fmt: skip
        elif stood["on"] and not now["on"]:
            yield Event(local_day(at), "need", words=reason_of(now["told"] or {}), at=at, **opened)
        stood = now


def _history() -> Any:
    """How the need stood after each change."""
    events: Any = Need.events.rel.related_model  # type: ignore[attr-defined]
    stood = JSONObject(
        on="closed_on", outcome="outcome", at="pgh_created_at", told="pgh_context__metadata"
    )
    return ArraySubquery(
        events.objects.filter(pgh_obj_id=OuterRef("pk")).order_by("pgh_id").values(stood=stood)
    )


def _need_title(kind: str) -> str:
    return _("Need: %(kind)s") % {"kind": kind}


PARTS: Final = (
    Chip("need", gettext_lazy("Needs"), 50),
    Told(
        model=Need, rank=30, tell=_need,
        rows=lambda user, _day: (
            Need.objects.visible_to(user).filter(person_id=PERSON)
            .annotate(history=_history()).order_by("-said_on", "-pk")
        ),
    ),
)  # fmt: skip
