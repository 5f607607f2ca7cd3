"""What must be on file before a paper is issued: the record that it speaks of.

The words say what is missing and where it is recorded.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.approvals.models import Proposal
from apps.assessments.codes import Standing
from apps.assessments.models import Assessment
from apps.cases.codes import ClosureReason, Ground, StepKind
from apps.cases.law import Step, article_of
from apps.cases.models import Case, CaseStep, PoliceReport, Suspension, TeamMember
from apps.cases.rules import last_day_of_term
from apps.cases.services.endings import CONTROL
from apps.core.refusals import Refused
from apps.core.text import day_text
from apps.documents.subject import Subject
from apps.needs.models import Need
from apps.persons.codes import LifeStatus
from apps.visits.models import Meeting

Guard = Callable[[Subject], None]
# Papers about the end are prepared so many days before it.
BEFORE_THE_END: Final = timedelta(days=30)


def all_of(*guards: Guard) -> Guard:
    def check(subject: Subject) -> None:
        for guard in guards:
            guard(subject)

    return check


def alive(subject: Subject) -> None:
    """Nothing is handed to the dead; relatives ask with a request (PIPL art. 49)."""
    if subject.person.life_status == LifeStatus.DECEASED:
        raise Refused(_("The person has died."))


def running(subject: Subject) -> None:
    """Nothing is asked of a person after the end."""
    case = _case(subject)
    last = case.duties_end_on
    if (last is not None and last < subject.day) or case.closed_on is not None:
        raise Refused(
            _("The term has ended; nothing may be asked of the person any more."),
            article_of(Step.END, case.measure),
        )


def not_reported(subject: Subject) -> None:
    running(subject)
    case = _case(subject)
    if case.reported_on is not None:
        raise Refused(
            _("The person has reported on %(day)s.") % {"day": day_text(case.reported_on)},
            article_of(Step.REPORT, case.measure),
        )


def reported(subject: Subject) -> None:
    """The paper says from when to when the term runs, and that follows from the report."""
    running(subject)
    case = _case(subject)
    if case.reported_on is None:
        raise Refused(
            _("The person has not reported yet: record the report on the page of the order."),
            article_of(Step.REPORT, case.measure),
        )


def in_force(subject: Subject) -> None:
    reported(subject)
    case = _case(subject)
    if case.agreement_on is None:
        raise Refused(
            _("No agreement is signed yet: record it on the page of the order."),
            article_of(Step.AGREEMENT, case.measure),
        )


def with_team(subject: Subject) -> None:
    running(subject)
    on_team = Q(left_on=None) | Q(left_on__gt=subject.day)
    if not _of_case(TeamMember, subject).standing().filter(on_team).exists():
        raise Refused(
            _("Nobody is in the care team yet: add the members on the page of the order."),
            article_of(Step.TEAM, _case(subject).measure),
        )


def met(kind: str) -> Guard:
    """An interview or a visit that took place; a named one must be of this person."""

    def check(subject: Subject) -> None:
        held = Meeting.objects.visible_to(subject.by).done()
        rows = held.filter(person=subject.person, kind=kind)
        if subject.record is not None:
            rows = rows.filter(public_id=subject.record)
        if not rows.exists():
            raise Refused(_("None is on record: enter it under Visits and interviews first."))

    return check


def needed(subject: Subject) -> None:
    if not Need.objects.visible_to(subject.by).filter(person=subject.person).exists():
        raise Refused(_("No need is on record: enter it under Needs first."))


def assessed(subject: Subject) -> None:
    if not _assessments(subject).exists():
        raise Refused(_("The person was not assessed yet: do it under Assessments first."))


def level_in_force(subject: Subject) -> None:
    """个人信息保护法 art. 24: told is what a person decided, and only while it holds."""
    alive(subject)
    assessed(subject)
    newest = _assessments(subject).newest_first().first()
    if newest.valid_until is not None and newest.valid_until < subject.day:
        raise Refused(_("The assessment has run out: assess the person anew first."))


def _assessments(subject: Subject) -> Any:
    rows = Assessment.objects.visible_to(subject.by)
    return rows.filter(person=subject.person, standing=Standing.IN_FORCE)


def lives_elsewhere(subject: Subject) -> None:
    """Two places that are known and differ; between the same ones no letter is needed."""
    reported(subject)
    person = subject.person
    lives = person.residence_area_id or person.village_id or person.residence_address
    if not lives or not (person.registration_area_id or person.registration_address):
        raise Refused(_("Registration or residence is not on file: enter both with the person."))
    if person.registration_area_id and person.registration_area_id == person.residence_area_id:
        raise Refused(_("The person lives where the household is registered."))


def suspended(subject: Subject) -> None:
    if not _suspensions(subject).exists():
        raise Refused(
            _("No suspension is on file: record it on the page of the order."),
            article_of(Step.SUSPENSION, _case(subject).measure),
        )


def resumed(subject: Subject) -> None:
    """条例 art. 24: held, free again, and the order goes on."""
    running(subject)
    suspended(subject)
    newest: Suspension = _suspensions(subject).order_by("-starts_on").first()
    if newest.ended_on is None or newest.ended_on >= subject.day:
        raise Refused(
            _("The order is still suspended: record the day from which it goes on first."),
            article_of(Step.SUSPENSION, _case(subject).measure),
        )


def _suspensions(subject: Subject) -> Any:
    return _of_case(Suspension, subject).filter(withdrawn_at=None)


def reported_for(ground: Ground) -> Guard:
    """条例 art. 21: a supervisor approved the report; without one no letter goes out."""

    def check(subject: Subject) -> None:
        reports = _of_case(PoliceReport, subject).filter(
            ground=ground, reported_on__isnull=False, withdrawn_at=None
        )
        if not reports.exists():
            raise Refused(
                _(
                    "No report to the police for this reason was approved: propose it on the page "
                    "of the order."
                ),
                article_of(Step.POLICE, _case(subject).measure),
            )

    return check


def terminated(subject: Subject) -> None:
    """条例 art. 24: ended before the term, by what an authority decided or by death."""
    if not _is_terminated(_case(subject)):
        raise Refused(_("The order was not terminated."), _end_article(subject))


def ended(subject: Subject) -> None:
    """条例 arts. 23, 40: on the last day, by itself; an order that was terminated ended before."""
    _ended_after(subject, subject.day, _("The term has not ended yet."))


def near_end(subject: Subject) -> None:
    """Prepared in time, so that the police can issue their notice when the term ends."""
    words = _("The term ends in more than %(n)s days.") % {"n": BEFORE_THE_END.days}
    _ended_after(subject, subject.day + BEFORE_THE_END, words)


def _ended_after(subject: Subject, day: date, words: str) -> None:
    case = _case(subject)
    last = last_day_of_term(case)
    if _is_terminated(case):
        raise Refused(_("The order was terminated before its term ended."), _end_article(subject))
    if last is None or last >= day:
        raise Refused(words, _end_article(subject))


def over(subject: Subject) -> None:
    """A file is put away when the order is closed or its term has ended."""
    case = _case(subject)
    last = case.duties_end_on
    if case.closed_on is None and (last is None or last >= subject.day):
        raise Refused(_("The order still runs; its file is not put away."))


def abstinent(subject: Subject) -> None:
    """条例 art. 7: three years are complete, and the office proposes the end of control."""
    settled = _of_case(CaseStep, subject).filter(kind=StepKind.CONTROL_ENDED)
    case = _case(subject)
    if not settled.exists() and not Proposal.objects.about(case.public_id, CONTROL).waiting():
        raise Refused(
            _(
                "The end of control is not proposed: three years without use are complete first, "
                "then it is proposed on the page of the order."
            ),
            article_of(Step.CONTROL, case.measure),
        )


def _end_article(subject: Subject) -> Any:
    return article_of(Step.END, _case(subject).measure)


def _is_terminated(case: Case) -> bool:
    return case.closed_on is not None and case.closure_reason != ClosureReason.RELEASED


def _of_case(model: Any, subject: Subject) -> Any:
    return model.objects.visible_to(subject.by).filter(case=_case(subject))


def _case(subject: Subject) -> Case:
    if subject.case is None:
        raise Refused(_("This paper belongs to an order; the person has none in your scope."))
    return subject.case
