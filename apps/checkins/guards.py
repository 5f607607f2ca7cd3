"""Rules that every way to a check-in keeps: a tap, a form, a ledger."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.checkins.codes import Method
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.contacts.guards import CLOCK_TOLERANCE, LONGEST_RETRY
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import day_text


def refuse_future(occurred_at: datetime, now: datetime) -> None:
    if occurred_at > now + CLOCK_TOLERANCE:
        raise Refused(_("The time lies in the future. A check-in is recorded when it was made."))


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
    if outcome == ContactOutcome.DONE and not reason:
        return
    if outcome not in ContactOutcome.values or reason not in NotDoneReason.values:
        raise Refused(_("Say why it could not be done."))
    if outcome == ContactOutcome.DONE:
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
