"""What is seldom, as lines of Today: absences, reports to the police, transfers, releases.

Rows of four tables in one query, for most scopes have none of any.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area, Level
from apps.cases.models import Leave, PoliceReport
from apps.intake.models import Release
from apps.needs.lines import WAITING
from apps.schedule.lines import TODAY, state_of
from apps.transfers.codes import State
from apps.transfers.models import Transfer
from apps.workbench.other_lines import ACCEPT, ARRIVAL, HAND_OVER, OPEN_FILE, RELEASE, OtherHead
from apps.workbench.scope import Scope
from apps.workbench.step_lines import REPLY, RETURN, StepHead

SHAPE = (
    "step", "public_id", "person_pk", "village_pk", "sorted_as", "on", "words", "called", "where",
)  # fmt: skip
FewHead = StepHead | OtherHead


def few_heads_on(scope: Scope) -> list[FewHead]:
    """Of the user's scope, or of one unit in it; one query."""
    rows = scope.ask("few", lambda: _few(scope))
    return [head for row in rows for head in _head(row, scope.user, scope.day)]


def _few(scope: Scope) -> Any:
    away, sent = _away(scope.of(Leave), scope.day), _sent(scope.of(PoliceReport))
    moving, released = _transfers(scope.user, scope.area), _releases(scope.of(Release))
    found = away.union(sent, moving, released, all=True)
    return found.order_by("on", "public_id").values_list(*SHAPE, named=True)


def _away(leaves: Any, day: date) -> Any:
    """Whoever is away is awaited on the last day announced."""
    rows = (
        leaves.filter(returned_on=None, withdrawn_at=None, case__closed_on=None)
        .filter(Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=day))
        .filter(starts_on__lte=day)
    )
    return _shaped(rows, _text(RETURN), F("until_on"))


def _sent(reports: Any) -> Any:
    """What the police have waits for them."""
    rows = reports.unanswered().filter(case__closed_on=None)
    return _shaped(rows, _text(REPLY), F("reported_on"))


def _transfers(user: User, area: Area | None) -> Any:
    """Asked for: a supervisor hands over. Handed over: the other unit decides. Accepted: the
    person reports there within the days of 条例 art. 22; for the sending unit it is over."""
    shown = Transfer.objects.visible_to(user)
    if area is not None:
        shown = shown.filter(_sent_from(area) | _sent_to(area))
    to_us = _sent_to(user.area) if user.area else Q(pk=None)
    rows = (shown.open() | shown.awaited()).exclude(~to_us, state=State.ACCEPTED)
    step = Case(
        When(state=State.ASKED, then=_text(HAND_OVER)),
        When(~to_us, state=State.HANDED_OVER, then=_text(WAITING)),
        When(state=State.HANDED_OVER, then=_text(ACCEPT)),
        default=_text(ARRIVAL),
    )
    on = Case(
        When(state=State.ASKED, then=F("asked_on")),
        When(state=State.HANDED_OVER, then=F("handed_over_on")),
        default=F("report_by"),
    )
    sender, receiver = ("town__name", "county__name"), ("to_village__name", "to_town__name")
    words = Concat(Coalesce(*sender), Value(" → "), Coalesce(*receiver, "to_county__name"))
    return _shaped(rows, step, on, words=words, village_pk=F("person__village_id"))


def _releases(releases: Any) -> Any:
    """Until the file is open; then the order awaits its report, which is a step of its own."""
    rows = releases.not_over().filter(file=None)
    step = Case(When(received_on=None, then=_text(RELEASE)), default=_text(OPEN_FILE))
    place = Concat("town__name", Value(" "), Coalesce("village__name", Value("")))
    return _shaped(
        rows, step, Coalesce("received_on", "expected_on"), person_pk=Value(0),
        sorted_as=F("name"), words=F("institution"), called=F("name"), where=place,
    )  # fmt: skip


def _shaped(rows: Any, step: Any, on: Any, **facts: Any) -> Any:
    named = {
        "person_pk": F("person_id"), "village_pk": F("village_id"), "words": _text(""),
        "called": _text(""), "where": _text(""),
    } | facts  # fmt: skip
    named.setdefault("sorted_as", F("case__sort_key"))
    return rows.order_by().annotate(step=step, on=on, **named).values_list(*SHAPE)


def _text(words: str) -> Any:
    return Cast(Value(words), CharField())


def _sent_from(area: Area) -> Q:
    return _inside(area, "")


def _sent_to(area: Area) -> Q:
    return _inside(area, "to_")


def _inside(area: Area, prefix: str) -> Q:
    """As ScopedQuerySet.in_area has it."""
    match area.level:
        case Level.VILLAGE:
            return Q(**{f"{prefix}village_id__in": area.scope_ids})
        case Level.TOWN:
            return Q(**{f"{prefix}town_id__in": area.scope_ids})
        case Level.COUNTY:
            return Q(**{f"{prefix}county_id__in": area.scope_ids})
        case _:
            return Q(**{f"{prefix}county_id__in": area.county_ids})


def _head(row: Any, user: User, day: date) -> Iterator[FewHead]:
    state = state_of(row.on, None, day)
    if row.step in (RETURN, REPLY):
        state = WAITING if row.step == REPLY else state
        yield StepHead(
            row.step,
            row.public_id,
            row.person_pk,
            row.village_pk,
            row.sorted_as,
            row.on,
            state,
            row.on,
        )
        return
    if row.step in (HAND_OVER, ACCEPT, WAITING):
        asked = Permission.CASE_ASSIGN if row.step == HAND_OVER else Permission.APPROVE
        mine = row.step != WAITING and user.may(asked)
        state = TODAY if mine else WAITING
    yield OtherHead(
        ACCEPT if row.step == WAITING else row.step, row.public_id, row.person_pk,
        row.village_pk, row.sorted_as, row.on, state, words=row.words, name=row.called,
        place=row.where,
    )  # fmt: skip
