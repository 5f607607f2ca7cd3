"""A report to the police: proposed by a worker, approved by a supervisor, answered by the police.

Nothing here happens by itself, and nothing here is a sanction (条例 arts. 20, 21; 禁毒法 art. 38).
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.facts import Facts, day_in
from apps.approvals.services import propose, withdraw
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases import rules
from apps.cases.codes import CaseState, ClosureReason, Ground, Reply
from apps.cases.law import Step, article_of
from apps.cases.models import Case, PoliceReport
from apps.cases.services.orders import close_case, lock
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import bracketed, full_day

POLICE = "police_report"


@transaction.atomic
def propose_police_report(
    *, case: Case, by: User, ground: str, happened_on: date, facts: str, heard: str
) -> PoliceReport:
    """What happened, and what the person says about it: without having heard nobody is reported."""
    locked = lock(case)
    _refuse_unfounded(locked, ground, happened_on)
    if not is_reason(facts):
        raise Refused(_("Say what happened, and what was tried."), field="facts")
    if not heard.strip():
        raise Refused(
            _("Enter what the person says, or how you tried to hear the person."), field="heard"
        )
    report = PoliceReport(
        case=locked, person=locked.person, ground=ground, happened_on=happened_on,
        facts=facts.strip(), heard=heard.strip(), recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    _store(report, by)
    told = {"ground": ground, "on": happened_on, "facts": report.facts, "heard": report.heard}
    propose(
        kind=POLICE, person=locked.person, subject=report.public_id, facts=told, by=by, place=report
    )
    return report


def report_in_words(facts: Facts) -> str:
    """What the supervisor reads: the facts, and the person's words beside them."""
    said = _("The person says: %(words)s") % {"words": facts["heard"]}
    title = f"{Ground(facts['ground']).label}{bracketed(day_in(facts, 'on'))}"
    return f"{title}\n{facts['facts']}\n{said}"


def send_report(report: PoliceReport, by: User) -> None:
    """Approved: the report goes to the police today, if its ground still stands."""
    locked = _lock(report)
    _refuse_unfounded(lock(locked.case), locked.ground, locked.happened_on)
    locked.reported_on = today()
    _store(locked, by)


def drop_report(report: PoliceReport, by: User, reason: str) -> None:
    """Not approved, or withdrawn: it never reaches the police."""
    locked = _lock(report)
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
    _store(locked, by, reason)


@transaction.atomic
def withdraw_report(*, report: PoliceReport, by: User, reason: str) -> PoliceReport:
    """The worker takes the proposal back before it is decided."""
    if not is_reason(reason):
        raise Refused(_("Say why."))
    if report.reported_on is not None:
        raise Refused(_("The report is with the police; record their reply."))
    withdraw(kind=POLICE, subject=report.public_id, by=by, reason=reason)
    drop_report(report, by, reason)
    return report


@transaction.atomic
def record_reply(
    *, report: PoliceReport, by: User, on: date, outcome: str, number: str = "", note: str = ""
) -> PoliceReport:
    """What the police decided. Compulsory isolation ends the order, with the decision's number,
    unless it has ended by itself before.
    """
    locked = _lock(report)
    if locked.reported_on is None:
        raise Refused(
            _("The report to the police has not been approved yet."),
            article_of(Step.POLICE, locked.case.measure),
        )
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if outcome == Reply.ISOLATION and not number.strip():
        raise Refused(
            _("Enter the number of the decision."),
            article_of(Step.REPLY, locked.case.measure),
            field="number",
        )
    locked.replied_on, locked.outcome = on, outcome
    locked.reply_number, locked.reply_note = number.strip(), note.strip()
    _store(locked, by, note)
    last = rules.last_day_of_term(locked.case)
    if outcome == Reply.ISOLATION and (last is None or on <= last):
        close_case(case=locked.case, by=by, reason=ClosureReason.ISOLATION, on=on, note=number)
    return locked


def _refuse_unfounded(case: Case, ground: str, happened_on: date) -> None:
    """An overdue report only of somebody overdue; the others only of days within the term."""
    if happened_on > today():
        raise Refused(_("The day lies in the future."), field="happened_on")
    state = rules.state_with(case, set(), today())
    if ground == Ground.OVERDUE:
        if state != CaseState.OVERDUE:
            came = _("The person has reported on %(day)s; this ground has gone.")
            raise Refused(
                came % {"day": full_day(case.reported_on)}
                if case.reported_on
                else _("The person is not overdue to report."),
                article_of(Step.POLICE, case.measure),
                field="ground",
            )
        return
    if case.reported_on is None or happened_on < case.reported_on:
        raise Refused(
            _("The order had not begun on this day."),
            article_of(Step.POLICE, case.measure),
            field="happened_on",
        )
    if state == CaseState.EXPIRED:
        raise Refused(
            _("The term has ended; what happens now is no breach of it."),
            article_of(Step.RELEASE, case.measure),
        )
    if ground == Ground.SERIOUS and case.agreement_on is None:
        raise Refused(
            _("Without an agreement there is no breach of it."),
            article_of(Step.POLICE, case.measure),
        )


def _lock(report: PoliceReport) -> PoliceReport:
    held = PoliceReport.objects.select_for_update(of=("self",)).select_related("case", "person")
    locked: PoliceReport = held.get(pk=report.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This entry was withdrawn."))
    if locked.replied_on is not None:
        raise Refused(_("The reply of %(day)s is on file.") % {"day": full_day(locked.replied_on)})
    return locked


def _store(report: PoliceReport, by: User, reason: str = "") -> None:
    with acting(by, reason):
        save_or_refuse(report)
