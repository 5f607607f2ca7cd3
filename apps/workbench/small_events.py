"""The lines of the stream that come from the one query of many tables."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.assessments.codes import EventKind, FlagKind, Standing
from apps.breaches.codes import Decision, ResponseKind
from apps.breaches.codes import Kind as BreachKind
from apps.cases.codes import Ground, Reply, StepKind, SuspensionReason, Tier
from apps.core.text import full_day, iso_day
from apps.documents.codes import Kind as PaperKind
from apps.drugtests.codes import NotTakenReason, Sample
from apps.intake.codes import Source
from apps.transfers.codes import State
from apps.workbench.event import Event, Tag, joined
from apps.workbench.happenings import Happening

Line = tuple[object, str, str, Tag | None]


def events_from(rows: Iterable[Happening]) -> Iterator[Event]:
    """A row tells one line for each of its days that has come."""
    for row in rows:
        told = TELLERS.get(row.src)
        if told is None:
            continue
        chip, icon, url_name, lines = told
        url = reverse(url_name, args=[row.ref]) if url_name else ""
        for day, title, words, tag in lines(row):
            if day is not None:
                yield Event(day, chip, icon, title, words, tag, url)  # type: ignore[arg-type]


def _absence(row: Happening) -> Iterator[Line]:
    until = _("until %(day)s") % {"day": full_day(row.d2)} if row.d2 else _("goes on")
    tag = ("na", _("Withdrawn")) if row.gone else None
    title = _("Leave")
    if row.src == "suspension":
        title = _("Suspended: %(why)s") % {"why": SuspensionReason(row.word).label}
    yield row.d1, title, until, tag


def _breach(row: Happening) -> Iterator[Line]:
    """Recorded counts for nothing; the tag says what was decided."""
    kind = str(BreachKind(row.what).label)
    days = iso_day(row.d1)
    if row.d2 and row.d2 != row.d1:
        days += f" – {iso_day(row.d2)}"
    open_tag = ("inf", _("Not decided")) if not row.word else None
    yield row.d1, _("Recorded: %(kind)s") % {"kind": kind}, days, open_tag
    yield row.d3, _("Heard about: %(kind)s") % {"kind": kind}, "", None
    if row.word:
        label = str(Decision(row.word).label)
        tag = ("inf" if row.word == Decision.CONFIRMED else "na", label)
        yield row.d4, _("Decided: %(kind)s") % {"kind": kind}, "", tag


def _response(row: Happening) -> Iterator[Line]:
    yield row.d1, str(ResponseKind(row.what).label), row.no, None


def _assessment(row: Happening) -> Iterator[Line]:
    tier = Tier(row.what).label
    standing = Standing(row.word)
    tag = None if standing == Standing.IN_FORCE else ("na", str(standing.label))
    yield row.d1, _("Assessed: %(tier)s") % {"tier": tier}, "", tag
    yield row.d2, _("Told of the tier %(tier)s and why") % {"tier": tier}, "", None
    yield row.d3, _("Objects to the tier %(tier)s") % {"tier": tier}, "", None


def _transfer(row: Happening) -> Iterator[Line]:
    to = {"unit": row.no}
    yield row.d1, _("Transfer asked for: %(unit)s") % to, "", None
    yield row.d2, _("Handed over: %(unit)s") % to, "", None
    if row.word in (State.ACCEPTED, State.REFUSED, State.CANCELLED):
        tag = ("done" if row.word == State.ACCEPTED else "na", str(State(row.word).label))
        yield row.d3, _("Transfer decided: %(unit)s") % to, "", tag
    yield row.d4, _("Reported at the new place: %(unit)s") % to, "", None
    yield row.d5, _("New agreement signed: %(unit)s") % to, "", None


def _release(row: Happening) -> Iterator[Line]:
    words = joined([Source(row.what).label, row.no])
    yield row.d1, _("Released from an institution"), words, None
    yield row.d2, _("Received after the release"), words, None


def _life(row: Happening) -> Iterator[Line]:
    yield row.d1, str(EventKind(row.what).label), _("to be looked at again"), None


def _flag(row: Happening) -> Iterator[Line]:
    kind = {"kind": FlagKind(row.what).label}
    yield row.d1, _("Help flag: %(kind)s") % kind, "", None
    yield row.d2, _("Help flag ended: %(kind)s") % kind, "", None


def _search(row: Happening) -> Iterator[Line]:
    words = _("no contact since %(day)s") % {"day": full_day(row.d3)}
    yield row.d1, _("Lost contact"), words, None
    yield row.d2, _("Found again"), "", ("done", _("Found"))


def _paper(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Void")) if row.gone else None
    yield row.d1, str(PaperKind(row.what).label), row.no, tag


def _police(row: Happening) -> Iterator[Line]:
    ground = str(Ground(row.what).label)
    tag = ("na", _("Withdrawn")) if row.gone else None
    yield row.d1, _("Report to the police proposed"), ground, tag
    yield row.d2, _("Reported to the police"), ground, None
    if row.word:
        said = str(Reply(row.word).label)
        yield row.d3, _("The police have replied"), joined([said, row.no]), None


def _test(row: Happening) -> Iterator[Line]:
    """Whether it was taken; what it showed stands on the record alone."""
    title = _("Drug test: %(sample)s") % {"sample": str(Sample(row.what).label).lower()}
    if row.gone:
        tag = ("na", _("Withdrawn"))
    elif row.word:
        tag = ("na", str(NotTakenReason(row.word).label))
    else:
        tag = ("done", _("Taken"))
    yield row.d1, title, row.no, tag


def _summary(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Withdrawn")) if row.gone else None
    words = joined([f"{iso_day(row.d2)} – {iso_day(row.d3)}", row.no])
    yield row.d1, _("Half-year summary"), words, tag


def _step(row: Happening) -> Iterator[Line]:
    yield row.d1, str(StepKind(row.what).label), row.no, None


# Chip, icon, address of the row, and how its lines are told.
TELLERS: Final[dict[str, tuple[str, str, str, Callable[[Happening], Iterator[Line]]]]] = {
    "leave": ("absence", "door-exit", "", _absence),
    "suspension": ("absence", "player-pause", "", _absence),
    "breach": ("breach", "alert-triangle", "breaches:breach", _breach),
    "response": ("breach", "alert-triangle", "", _response),
    "assessment": ("tier", "scale", "", _assessment),
    "transfer": ("transfer", "arrows-exchange", "transfers:transfer", _transfer),
    "release": ("transfer", "door-exit", "intake:release", _release),
    "life": ("life", "info-circle", "", _life),
    "flag": ("life", "heart-handshake", "", _flag),
    "search": ("life", "user-off", "visits:lost-detail", _search),
    "paper": ("paper", "certificate", "documents:detail", _paper),
    "police": ("case", "file-text", "", _police),
    "test": ("test", "droplet-check", "drugtests:detail", _test),
    "summary": ("summary", "clipboard-text", "assessments:summary", _summary),
    "step": ("case", "file-text", "", _step),
}
