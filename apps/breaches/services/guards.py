"""What may be recorded as a breach at all."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from apps.breaches.codes import BreachKind
from apps.breaches.law import article_of
from apps.breaches.models import Breach
from apps.cases.deadlines import book_of
from apps.cases.models import Case, Leave, Suspension
from apps.core.days import today
from apps.core.refusals import Refused
from apps.law.dates import needs_written_report
from apps.law.parameters import Parameter
from apps.schedule.duties import duties
from apps.schedule.models import DueItem, Outcome


def refuse_unfounded(case: Case, kind: str, first: date, last: date, duty: str) -> None:
    """The days lie in the term, the order ran on them, and the duty was one."""
    refuse_after_end(case)
    if last > today():
        raise Refused(_("The day lies in the future."), field="until" if last > first else "on")
    if case.in_force_from is None or first < case.in_force_from:
        raise Refused(
            _("The order is not in force on this day: without an agreement nothing is breached."),
            article_of(case.measure),
            field="on",
        )
    if duty in duties() and (words := duties()[duty].never_breach):
        raise Refused(str(words), field="duty")
    if Suspension.objects.valid().filter(case=case, starts_on__lte=last).exclude(
        ended_on__lt=first
    ).exists():  # fmt: skip
        raise Refused(
            _("The order was suspended on some of these days; duties rested."),
            _("Drug Rehabilitation Regulation, art. 24"),
            field="on",
        )
    if kind == BreachKind.MISSED:
        _refuse_not_missed(case, duty, first)


def refuse_after_end(case: Case) -> None:
    """Nothing goes on after the end."""
    ended = case.duties_end_on is not None and case.duties_end_on < today()
    if ended or (case.closed_on is not None and case.closed_on <= today()):
        raise Refused(_("The term has ended: no breach is recorded or confirmed any more."))


def refuse_reported_leave(case: Case, first: date, last: date) -> None:
    """条例 art. 19: who reported in writing, or was away for less than three days, may leave."""
    article = _("Drug Rehabilitation Regulation, art. 19")
    reported = Leave.objects.valid().filter(
        case=case, starts_on__lte=last, last_day__gte=first, reported_in_writing_on__isnull=False
    )
    if reported.exists():
        raise Refused(
            _("A leave was reported for some of these days. Enter only the others."),
            article,
            field="on",
        )
    goes_on = Breach.objects.standing().filter(
        case=case, kind=BreachKind.LEFT, ends_on=first - timedelta(days=1)
    )
    days = book_of(case).value(Parameter.LEAVE_DAYS, first)
    if not needs_written_report(first, last, days) and not goes_on.exists():
        raise Refused(
            _("Leaving for less than %(n)s days needs no report, so it is no breach.")
            % {"n": days},
            article,
            field="until",
        )


def _refuse_not_missed(case: Case, duty: str, day: date) -> None:
    """First “could not be done” or “missed”: the schedule says so once the window is over."""
    if not duty:
        raise Refused(_("Say which duty was missed."), field="duty")
    missed = DueItem.objects.filter(
        case=case, kind=duty, opens_on__lte=day, due_on__gte=day, outcome=Outcome.MISSED
    )
    if not missed.exists():
        raise Refused(
            _(
                "No such duty stands as missed on this day. It is missed once its days are over "
                "and it was done later; what could not be done is no breach."
            ),
            field="on",
        )
