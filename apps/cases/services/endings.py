"""How an order ends by the calendar: release, an end that an authority sets, end of control."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.facts import Facts, day_in
from apps.approvals.models import Proposal
from apps.approvals.services import propose
from apps.cases import rules
from apps.cases.codes import CaseState, ClosureReason, Measure, StepKind
from apps.cases.law import Step, article_of
from apps.cases.models import Case, PoliceReport
from apps.cases.services.orders import add_step, close_case, lock, save
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.text import bracketed, full_day
from apps.law.dates import ONE_DAY
from apps.persons.codes import LifeStatus
from apps.persons.services import change_person

CONTROL = "end_of_control"


@transaction.atomic
def release_case(*, case: Case, by: User, number: str, notice_on: date, told_on: date) -> Case:
    """条例 arts. 23, 40: the notice of release of the police, and the day it reached the office.

    The order has ended by itself on its last day; a late notice makes nothing go on.
    """
    locked = lock(case)
    last = rules.last_day_of_term(locked)
    if told_on > today() or notice_on > today():
        raise Refused(_("The day lies in the future."))
    if told_on < notice_on:
        raise Refused(_("The office was notified before the notice was made."), field="told_on")
    if last is None or today() <= last:
        raise Refused(
            _("A release follows the end of the term%(end)s. For an earlier end choose its reason.")
            % {"end": bracketed(full_day(last))},
            article_of(Step.RELEASE, locked.measure),
        )
    if told_on <= last or notice_on < last:
        raise Refused(
            _("The term ended on %(day)s: the notice cannot be older.") % {"day": full_day(last)},
            article_of(Step.RELEASE, locked.measure),
            field="told_on" if told_on <= last else "notice_on",
        )
    step = {"on": told_on, "number": number, "paper_on": notice_on}
    add_step(locked, by, StepKind.RELEASE, **step)  # type: ignore[arg-type]
    on = max(told_on, last + ONE_DAY)
    return close_case(case=locked, by=by, reason=ClosureReason.RELEASED, on=on, note=number)


@transaction.atomic
def set_end(*, case: Case, by: User, end_on: date, number: str, paper_on: date) -> Case:
    """条例 art. 24: an authority's paper says when the term ends after a suspension.

    Until then duties end at the earlier of the two days.
    """
    locked = lock(case)
    if not locked.suspensions.filter(withdrawn_at=None).exists():
        raise Refused(
            _("The order was never suspended: its end follows from the law."),
            article_of(Step.SUSPENSION, locked.measure),
        )
    if locked.reported_on is None or end_on < locked.reported_on:
        raise Refused(_("The end lies before the report."), field="end_on")
    if paper_on > today():
        raise Refused(_("The day lies in the future."), field="paper_on")
    add_step(locked, by, StepKind.END_SET, on=end_on, number=number, paper_on=paper_on)
    locked.end_set_on = end_on
    return save(locked, by, number)


@transaction.atomic
def propose_end_of_control(*, case: Case, by: User, reason: str = "") -> Proposal:
    """条例 art. 7: three years without use; the office proposes to the police to end control."""
    locked = lock(case, open_only=False)
    day = today()
    if rules.state_with(locked, set(), day, last_use(locked)) != CaseState.ABSTINENT:
        raise Refused(
            _("Three years without use are not complete."), article_of(Step.CONTROL, locked.measure)
        )
    if locked.steps.filter(kind=StepKind.CONTROL_ENDED).exists():
        raise Refused(_("This step is on file already."))
    abstinent = rules.abstinence_day(locked, last_use(locked))
    facts = {"measure": locked.measure, "start": locked.reported_on, "clean": abstinent}
    return propose(
        kind=CONTROL, person=locked.person, subject=locked.public_id, facts=facts, by=by,
        reason=reason, place=locked,
    )  # fmt: skip


def control_in_words(facts: Facts) -> str:
    """What the supervisor reads of it."""
    said = {
        "measure": Measure(facts["measure"]).label,
        "start": day_in(facts, "start"),
        "clean": day_in(facts, "clean"),
    }
    words = _("%(measure)s, carried out since %(start)s; three years without use on %(clean)s.")
    return words % said


def end_control(case: Case, by: User) -> None:
    """Approved: the office asks nothing and follows nobody any more; then silence."""
    locked = lock(case, open_only=False)
    if rules.state_with(locked, set(), today(), last_use(locked)) != CaseState.ABSTINENT:
        raise Refused(
            _("Three years without use are not complete."), article_of(Step.CONTROL, locked.measure)
        )
    add_step(locked, by, StepKind.CONTROL_ENDED, on=today())
    if not locked.person.life_status:
        change_person(
            person=locked.person,
            by=by,
            life_status=LifeStatus.ABSTINENT,
            life_status_since=rules.abstinence_day(locked, last_use(locked)),
        )


def last_use(case: Case) -> date | None:
    """The last day of a new use that the police have established."""
    found = PoliceReport.objects.filter(case=case).use_established(today()).order_by("-happened_on")
    return found.values_list("happened_on", flat=True).first()
