"""What comes next in the life of an order: the act, its last day and why, and who may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.cases.codes import CaseState
from apps.cases.law import Step, article_of
from apps.cases.models import Case, Leave, PoliceReport, Suspension
from apps.cases.rules import last_day_of_term, report_by
from apps.core.text import day_text, sentences
from apps.law.dates import NO_CALENDAR, WorkingCalendar, period_end, release_notice_deadline
from apps.law.parameters import Parameter, Rulebook

REPORT, AGREEMENT, PLAN, RETURN = "report", "agreement", "plan", "return"
RESUME, REPLY, RELEASE, END_CONTROL = "resume", "reply", "release", "end-control"


@dataclass(frozen=True)
class Awaited:
    """Who may take a step, the law of it, and how it stands among the lines of Today: its name, and
    what is to do by its last `%(day)s`.
    """

    permission: Permission
    law: Step
    title: str | Promise = ""
    line: str | Promise = ""


STEPS: Final = {
    REPORT: Awaited(
        Permission.CASE_EDIT, Step.REPORT, gettext_lazy("Reporting"),
        gettext_lazy("Received, not reported yet; remind the person. Last day %(day)s"),
    ),
    AGREEMENT: Awaited(
        Permission.CASE_EDIT, Step.AGREEMENT, gettext_lazy("Agreement"),
        gettext_lazy("Reported; the agreement follows by %(day)s"),
    ),
    PLAN: Awaited(Permission.CASE_EDIT, Step.PLAN),
    RETURN: Awaited(
        Permission.LEAVE_RECORD, Step.LEAVE, gettext_lazy("Return from leave"),
        gettext_lazy("Away until %(day)s; record the return or an extension"),
    ),
    RESUME: Awaited(Permission.SUSPENSION_RECORD, Step.SUSPENSION),
    REPLY: Awaited(
        Permission.CASE_CLOSE, Step.REPLY, gettext_lazy("Reply of the police"),
        gettext_lazy("With the police since %(day)s"),
    ),
    RELEASE: Awaited(
        Permission.CASE_CLOSE, Step.RELEASE, gettext_lazy("Notice of release"),
        gettext_lazy("Duties have ended; the police notify the office by %(day)s"),
    ),
    END_CONTROL: Awaited(
        Permission.CASE_EDIT, Step.CONTROL, gettext_lazy("Three years abstinent"),
        gettext_lazy("Propose the end of control to the police"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class NextStep:
    """`act` is the name of its page under `cases:`, `target` the public id that it is done to."""

    act: str
    words: str
    target: UUID
    measure: str
    why: str
    due_on: date | None = None

    @property
    def url_name(self) -> str:
        return f"cases:{self.act}"

    @property
    def permission(self) -> Permission:
        return STEPS[self.act].permission

    @property
    def article(self) -> str | Promise:
        return article_of(STEPS[self.act].law, self.measure)

    def days_late(self, day: date) -> int:
        return max((day - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class Course:
    """An order with what happened to it, as far as the next step depends on it."""

    case: Case
    state: CaseState
    book: Rulebook
    leaves: Sequence[Leave] = ()
    suspensions: Sequence[Suspension] = ()
    reports: Sequence[PoliceReport] = ()
    calendar: WorkingCalendar = NO_CALENDAR
    control_ended: bool = False


def who_may(permission: Permission) -> list[str | Promise]:
    """The roles that may do a step, in words."""
    return [Role(role).label for role, held in ROLES.items() if permission in held.permissions]


def next_step(course: Course) -> NextStep | None:
    """The step that is awaited; none while the order simply runs, or after the end of control."""
    makers = {
        CaseState.DECIDED: _report, CaseState.OVERDUE: _report, CaseState.UNKNOWN: _report,
        CaseState.REPORTED: _agreement, CaseState.ACTIVE: _running,
        CaseState.ON_LEAVE: _running, CaseState.SUSPENDED: _resume, CaseState.POLICE: _reply,
        CaseState.EXPIRED: _release, CaseState.ABSTINENT: _control,
    }  # fmt: skip
    make = makers.get(course.state)
    return make(course) if make else None


def made_step(course: Course, act: str) -> NextStep | None:
    """One step of an order by its name, whatever else the order awaits."""
    makers = {
        REPORT: _report, AGREEMENT: _agreement, RETURN: _running, REPLY: _reply,
        RELEASE: _release, END_CONTROL: _control,
    }  # fmt: skip
    return makers[act](course)


def agreement_due(reported_on: date, book: Rulebook) -> date:
    """条例 art. 16 says at once; how many days that is, is a number of the office."""
    return period_end(reported_on, book.value(Parameter.AGREEMENT_DAYS, reported_on))


def notice_due(last: date, book: Rulebook) -> date:
    """条例 arts. 23, 40."""
    return release_notice_deadline(last, book.value(Parameter.RELEASE_DAYS, last))


def _report(course: Course) -> NextStep:
    case = course.case
    due = report_by(case)
    if due is None or case.received_on is None:
        why = _("The date of receipt is missing: no deadline can be counted.")
    else:
        counted = _("%(n)s days from the receipt on %(day)s, which does not count.")
        days = course.book.value(Parameter.REPORT_DAYS, case.received_on)
        why = counted % {"n": days, "day": day_text(case.received_on)}
        why = sentences(why, *_moved(due, period_end(case.received_on, days), course.calendar))
    return NextStep(
        REPORT,
        _("Record reporting"),
        case.public_id,
        case.measure,
        why,
        due,
    )


def _moved(due: date, counted: date, calendar: WorkingCalendar) -> list[str]:
    words = []
    if due != counted:
        off = _("%(day)s is a day off, so the next working day counts.")
        words.append(off % {"day": day_text(counted)})
    if not calendar.knows(due):
        note = _("Days off of %(year)s are not in the calendar yet: weekends and fixed days count.")
        words.append(note % {"year": due.year})
    return words


def _agreement(course: Course) -> NextStep:
    case = course.case
    reported = case.reported_on or date.max
    due = agreement_due(reported, course.book)
    why = _("Soon after the report on %(day)s; the office counts to %(due)s.")
    return NextStep(
        AGREEMENT,
        _("Sign the agreement"),
        case.public_id,
        case.measure,
        why % {"day": day_text(reported), "due": day_text(due)},
        due,
    )


def _running(course: Course) -> NextStep | None:
    """Whoever is away comes back; a plan that is missing is made."""
    leave = next((row for row in course.leaves if is_awaited(row)), None)
    if leave is not None:
        why = _("Announced until %(day)s.") % {"day": day_text(leave.until_on)}
        return NextStep(
            RETURN,
            _("Record the return"),
            leave.public_id,
            course.case.measure,
            why,
            leave.until_on,
        )
    if course.case.plan_on is None:
        return NextStep(
            PLAN,
            _("Make the plan"),
            course.case.public_id,
            course.case.measure,
            _("No plan is on file yet."),
        )
    return None


def is_awaited(leave: Leave) -> bool:
    return leave.returned_on is None and leave.withdrawn_at is None


def _resume(course: Course) -> NextStep | None:
    held = next((s for s in course.suspensions if s.ended_on is None and not s.withdrawn_at), None)
    if held is None:
        return None
    return NextStep(
        RESUME,
        _("Go on after release"),
        held.public_id,
        course.case.measure,
        _("Held since %(day)s; nothing is due until then.") % {"day": day_text(held.starts_on)},
    )


def _reply(course: Course) -> NextStep | None:
    sent = [row for row in course.reports if row.reported_on and not row.replied_on]
    found = next((row for row in sent if not row.withdrawn_at), None)
    if found is None:
        return None
    return NextStep(
        REPLY,
        _("Record the reply of the police"),
        found.public_id,
        course.case.measure,
        _("Reported on %(day)s; the police decide what follows, and the order goes on until then.")
        % {"day": day_text(found.reported_on)},
    )


def _release(course: Course) -> NextStep:
    last = last_day_of_term(course.case) or date.max
    days = course.book.value(Parameter.RELEASE_DAYS, last)
    why = _(
        "All duties ended by themselves on %(day)s. The police notify the office within %(n)s days."
    )
    return NextStep(
        RELEASE,
        _("Record the notice of release"),
        course.case.public_id,
        course.case.measure,
        why % {"day": day_text(last), "n": days},
        notice_due(last, course.book),
    )


def _control(course: Course) -> NextStep | None:
    if course.control_ended:
        return None
    return NextStep(
        END_CONTROL,
        _("Propose the end of control"),
        course.case.public_id,
        course.case.measure,
        _("Three years without use are complete."),
    )


def facts_of(rows: Any, case: Case) -> list[Any]:
    """Of rows of a person those of one order."""
    return [row for row in rows if row.case_id == case.pk]
