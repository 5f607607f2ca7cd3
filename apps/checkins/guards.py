"""Rules that every way to a check-in keeps: a tap, a form, a ledger."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.checkins.codes import CheckInOutcome, Method, NotDoneReason
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import day_text

# A phone's clock may be a little ahead of the server's.
CLOCK_TOLERANCE = timedelta(minutes=2)
# Longer absences are a leave or a suspension, which end the duty itself.
LONGEST_RETRY = timedelta(days=60)


def refuse_future(occurred_at: datetime, now: datetime) -> None:
    if occurred_at > now + CLOCK_TOLERANCE:
        raise Refused(_("The time lies in the future. A check-in is recorded when it was made."))


def case_on(cases: Iterable[Case], day: date) -> Case | None:
    """The order in force on the day; there is at most one."""
    return next((case for case in cases if case.is_in_force_on(day)), None)


def refuse_before_order(cases: Iterable[Case], day: date) -> None:
    """A person whose first order is later had no file on the day."""
    begins = [case.decided_on or case.reported_on for case in cases]
    known = [first for first in begins if first is not None]
    if known and len(known) == len(begins) and day < min(known):
        raise Refused(
            _("The order is of %(day)s; a contact before it is not recorded.")
            % {"day": day_text(min(known))}
        )


def refuse_without_duty(cases: Iterable[Case], day: date) -> None:
    """A duty is asked for only while an order is in force."""
    ended = [c.duties_end_on for c in cases if c.duties_end_on and c.duties_end_on < day]
    if ended:
        raise Refused(
            _(
                "The order ended on %(day)s: nothing is due any more. A contact that the person "
                "wishes can be recorded from the person's page."
            )
            % {"day": day_text(max(ended))},
            _("Drug Rehabilitation Regulation, arts. 23 and 40"),
        )
    raise Refused(_("No order is in force on this day, so no check-in is due."))


def refuse_unclear(outcome: str, method: str, reason: str, next_on: date | None, day: date) -> None:
    """Done has a method; not done a reason and the day of the next try."""
    if method not in Method.values:
        raise Refused(_("Choose how the person was reached."))
    if outcome == CheckInOutcome.DONE and not reason:
        return
    if outcome not in CheckInOutcome.values or reason not in NotDoneReason.values:
        raise Refused(_("Say why it could not be done."))
    if outcome == CheckInOutcome.DONE:
        raise Refused(_("A check-in that was done has no reason why it was not."))
    if next_on is None:
        raise Refused(_("Enter the day of the next try."))
    if next_on - day > LONGEST_RETRY:
        raise Refused(
            _("The next try is at most 60 days away. For a longer absence record a leave.")
        )


def refuse_wordless(reason: str, note: str) -> None:
    """That somebody refused says something about a person: it is told what happened."""
    if reason == NotDoneReason.REFUSED and not is_reason(note):
        raise Refused(_("Say in a few words what happened."), field="note")


def refuse_odd(next_on: date | None, mood: int | None, day: date) -> None:
    """A next date before the contact, a mood that is on no scale."""
    if next_on is not None and next_on < day:
        raise Refused(_("The next date lies before the check-in."))
    if mood is not None and not 1 <= mood <= 5:
        raise Refused(_("Mood is a number from 1 to 5."))
