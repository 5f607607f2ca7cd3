"""What the stream of a person tells of needs."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.core.timeline import PERSON, Chip, Event, Told, joined
from apps.needs.models import Need


def _need(need: Need) -> list[Event]:
    kind = need.get_kind_display()
    state = ("inf", _("Open")) if need.closed_on is None else None
    said = joined([need.words, _("said by: %(who)s") % {"who": need.get_said_by_display()}])
    found = [Event(need.said_on, "need", "heart-handshake", _need_title(kind), said, state)]
    if need.referred_on:
        title = _("Referred: %(kind)s") % {"kind": kind}
        found.append(Event(need.referred_on, "need", "arrow-right", title, need.referred_to))
    if need.closed_on:
        tag = ("done" if need.outcome == "met" else "na", str(need.get_outcome_display()))
        title = _("Need closed: %(kind)s") % {"kind": kind}
        found.append(
            Event(need.closed_on, "need", "heart-handshake", title, need.closing_note, tag)
        )
    return found


def _need_title(kind: str) -> str:
    return _("Need: %(kind)s") % {"kind": kind}


PARTS: Final = (
    Chip("need", gettext_lazy("Needs"), 50),
    Told(
        model=Need, rank=30, tell=_need,
        rows=lambda user, _day: (
            Need.objects.visible_to(user).filter(person_id=PERSON).order_by("-said_on", "-pk")
        ),
    ),
)  # fmt: skip
