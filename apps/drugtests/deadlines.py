"""Until when somebody may object, must be answered, and a sample is kept."""

from datetime import date, timedelta
from typing import Any, Final

from apps.core.days import local_day
from apps.drugtests.chain import ANSWERS, OBJECTIONS, StepKind, Waiting, why_not
from apps.law.current import load_calendar
from apps.law.dates import add_months, extended, period_end
from apps.law.parameters import Parameter, Rulebook

# A public holiday with the days off around it, and ample.
AHEAD: Final = timedelta(days=30)
SEND_DAYS, LAB_DAYS, RETEST_DAYS = 3, 3, 5
# The result that was told, and the objection to it; the result of a re-test is the last.
OBJECT_TO: Final = {StepKind.TOLD: StepKind.OBJECTED, StepKind.LAB_TOLD: StepKind.LAB_OBJECTED}


def objection_until(
    test_kind: str, had: Any, book: Rulebook, asked_on: date | None = None
) -> date | None:
    """The last day on which the latest result can be objected to; None where nobody can: nothing
    positive was told, somebody has objected, or the test has no such step (a management screening,
    a sample that is unfit) (吸毒检测程序规定 arts. 10, 13). A last day off moves on, as the day to
    report does: in doubt for the person. What was over long before `asked_on` needs no calendar.
    """
    for told, objection in reversed(OBJECT_TO.items()):
        if told not in had:
            continue
        if why_not(objection, test_kind, had) or not _is_positive(had, told):
            return None
        return _last_day(local_day(had[told].at), book, asked_on)
    return None


def _last_day(told_on: date, book: Rulebook, asked_on: date | None = None) -> date:
    last = period_end(told_on, book.value(Parameter.OBJECTION_DAYS, told_on))
    if asked_on and last + AHEAD < asked_on:
        return last
    calendar = load_calendar(told_on, last + AHEAD)
    return extended(last, calendar, book.value(Parameter.EXTENDS, told_on))


def objected_late(had: Any, book: Rulebook) -> date | None:
    """The last day of the latest objection, where it came after it. Whether it is heard, the police
    say. An objection in time, as nearly all are, asks for no calendar.
    """
    for told, objection in reversed(OBJECT_TO.items()):
        if objection not in had:
            continue
        told_on, day = local_day(had[told].at), local_day(had[objection].at)
        if day <= period_end(told_on, book.value(Parameter.OBJECTION_DAYS, told_on)):
            return None
        until = _last_day(told_on, book, day)
        return until if until < day else None
    return None


def _is_positive(had: Any, told: StepKind) -> bool:
    """Against a negative result there is nothing to object to."""
    result = {StepKind.TOLD: StepKind.SCREENED, StepKind.LAB_TOLD: StepKind.ANALYSED}[told]
    return result in had and had[result].result == "positive"


def answer_due(had: Any, book: Rulebook) -> date | None:
    """Until when an open objection is to be answered (arts. 10, 13). It does not move on: who
    objected does not wait for a holiday of the office.
    """
    for objection, answer in zip(OBJECTIONS, ANSWERS, strict=True):
        if objection in had and answer not in had:
            day = local_day(had[objection].at)
            return period_end(day, book.value(Parameter.ANSWER_DAYS, day))
    return None


def waits_until(dossier: Any, test_kind: str, had: Any, book: Rulebook) -> date:
    """The last day of what waits. A positive is decided when nobody can object any more: after an
    answer or a re-test at once. Sent is within three days (arts. 11, 14); a laboratory has three
    from the arrival on, for a re-test five (arts. 12, 15).
    """
    since: date = dossier.waits_since
    what, days = dossier.waits_for, 0
    if what == Waiting.ANSWER:
        return answer_due(had, book) or since
    if what == Waiting.DECIDE:
        answered = [local_day(had[kind].at) for kind in ANSWERS if kind in had]
        return objection_until(test_kind, had, book) or max([since, *answered])
    if what == Waiting.SEND:
        days = SEND_DAYS
    elif what == Waiting.AWAIT:
        days = RETEST_DAYS if StepKind.B_SENT in had else LAB_DAYS
    return since + timedelta(days=days)


def kept_until(stored_on: date, book: Rulebook) -> date:
    """The last day on which a sealed sample is kept (art. 8)."""
    return add_months(stored_on, book.value(Parameter.SAMPLE_MONTHS, stored_on))
