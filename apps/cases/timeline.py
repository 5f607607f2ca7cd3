"""What the stream of a person tells of orders."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.cases.codes import Ground, Reply, StepKind, SuspensionReason
from apps.cases.models import Case, CaseStep, Leave, PoliceReport, RiskLevelRecord, Suspension
from apps.core.days import start_of
from apps.core.text import full_day
from apps.core.timeline import (
    PERSON,
    Chip,
    Event,
    Happening,
    Happenings,
    Line,
    Told,
    day_of,
    joined,
)


def _absence(row: Happening) -> Iterator[Line]:
    until = _("until %(day)s") % {"day": full_day(row.d2)} if row.d2 else _("goes on")
    tag = ("na", _("Withdrawn")) if row.gone else None
    title = _("Leave")
    if row.src == "suspension":
        title = _("Suspended: %(why)s") % {"why": SuspensionReason(row.word).label}
    yield "d1", title, until, tag


def _police(row: Happening) -> Iterator[Line]:
    ground = str(Ground(row.what).label)
    tag = ("na", _("Withdrawn")) if row.gone else None
    yield "d1", _("Report to the police proposed"), ground, tag
    yield "d2", _("Reported to the police"), ground, None
    if row.word:
        said = str(Reply(row.word).label)
        yield "d3", _("The police have replied"), joined([said, row.no]), None


def _step(row: Happening) -> Iterator[Line]:
    yield "d1", str(StepKind(row.what).label), joined([row.no, row.said]), None


def _risk_level(row: RiskLevelRecord) -> Iterator[Event]:
    title = _("Risk level: %(risk_level)s") % {"risk_level": row.get_risk_level_display()}
    who = str(row.decided_by) if row.decided_by else row.get_source_display()
    words = joined([row.reason, who])
    yield Event(row.from_on, "risk_level", "scale", title, words, at=row.recorded_at)


def _case(case: Case) -> list[Event]:
    measure = case.get_measure_display()
    steps = [
        (case.decided_on, _("Decided: %(measure)s"), case.decision_number),
        (case.received_on, _("Decision received: %(measure)s"), ""),
        (case.reported_on, _("Reported: %(measure)s"), ""),
        (case.agreement_on, _("Agreement signed: %(measure)s"), ""),
        (case.plan_on, _("Plan made: %(measure)s"), ""),
        (
            case.closed_on,
            _("Closed: %(measure)s"),
            joined([case.get_closure_reason_display(), case.closure_note]),
        ),
    ]
    return [
        Event(
            day, "case", "file-text", title % {"measure": measure}, words,
            at=None if day == case.closed_on else start_of(day),
        )
        for day, title, words in steps
        if day is not None
    ]  # fmt: skip


PARTS: Final = (
    Chip("absence", gettext_lazy("Leave and suspension"), 60),
    Chip("risk_level", gettext_lazy("Risk level"), 80),
    Chip("case", gettext_lazy("Steps of the order"), 120),
    Happenings(
        src="leave", model=Leave, rank=100, chip="absence", icon="door-exit", tell=_absence,
        case="case_id", days=("starts_on", "last_day"), gone="withdrawn_at", in_band=True,
        moments=("recorded_at",),
    ),
    Happenings(
        src="suspension", model=Suspension, rank=101, chip="absence", icon="player-pause",
        tell=_absence, word="reason", case="case_id", days=("starts_on", "ended_on"),
        gone="withdrawn_at", in_band=True, moments=("recorded_at",),
    ),
    Happenings(
        src="police", model=PoliceReport, rank=112, chip="case", icon="file-text", tell=_police,
        what="ground", word="outcome", no="reply_number", gone="withdrawn_at",
        days=(day_of("recorded_at"), "reported_on", "replied_on"), moments=("recorded_at",),
    ),
    Happenings(
        src="step", model=CaseStep, rank=115, chip="case", icon="file-text", tell=_step,
        what="kind", no="number", days=("on",), moments=("recorded_at",), said="words",
    ),
    Told(
        model=RiskLevelRecord, rank=200, tell=_risk_level,
        rows=lambda user, _day: (
            RiskLevelRecord.objects.visible_to(user).filter(person_id=PERSON)
            .select_related("decided_by").order_by("-from_on", "-pk")
        ),
    ),
    Told(
        model=Case, rank=220, tell=_case,
        rows=lambda user, day: (
            Case.objects.visible_to(user).filter(person_id=PERSON).with_absence_on(day)
            .order_by("-pk")
        ),
    ),
)  # fmt: skip
