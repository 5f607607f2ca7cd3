"""The order and its steps: decided, received, reported, agreed, ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.audit.acting import acting
from apps.cases import rules
from apps.cases.codes import ClosureReason, StepKind
from apps.cases.deadlines import Deadlines, deadline_of
from apps.cases.law import Step, article_of
from apps.cases.listeners import notify_cases_changed, one_notification
from apps.cases.models import Case, CaseStep
from apps.cases.notices import tell_workers
from apps.cases.services.guards import refuse_after_end, refuse_impossible
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import insert_or_refuse, refuse_shape, save_or_refuse
from apps.core.text import bracketed, full_day
from apps.notices.codes import NoticeKind
from apps.organisations.models import Organisation
from apps.persons.codes import LifeStatus
from apps.persons.models import Person
from apps.persons.services import ChangedMeanwhile, change_person, move_person
from apps.persons.services.files import differences, other_unit
from apps.persons.services.moving import stands_in

# To the facts of a step.
HELP, LATE = StepKind.AGREED_HELP, StepKind.LATE_REPORT
# What may still be recorded of an order that has ended by itself (条例 arts. 23, 40).
AFTER_THE_TERM = (ClosureReason.RELEASED, ClosureReason.DECEASED, ClosureReason.REVOKED)


@transaction.atomic
def open_case(
    *,
    by: User,
    person: Person,
    measure: str,
    area: Area | None = None,
    decision_number: str = "",
    authority: Organisation | None = None,
    decided_on: date | None = None,
    received_on: date | None = None,
    reported_on: date | None = None,
    agreement_on: date | None = None,
    paper_end_on: date | None = None,
    term_months: int = 36,
    brought_in_on: date | None = None,
) -> Case:
    """A new order. Missing dates are gaps, never a reason to refuse.

    The executing area is the person's unit. With `area` it is that one, and the person comes to
    it with the whole file.
    """
    if area is not None and not stands_in(person, area):
        person = move_person(person=person, area=area, by=by)
    case = _new_case(person, by, measure=measure, authority=authority,
                     decision_number=decision_number, decided_on=decided_on,
                     received_on=received_on, reported_on=reported_on, agreement_on=agreement_on,
                     paper_end_on=paper_end_on, term_months=term_months,
                     brought_in_on=brought_in_on)  # fmt: skip
    save(case, by)
    if person.life_status in (LifeStatus.FOLLOW_UP, LifeStatus.ABSTINENT):
        change_person(person=person, by=by, life_status="", life_status_since=None)
    return case


def _new_case(person: Person, by: User, *, decision_number: str = "", **facts: Any) -> Case:
    return Case(person=person, sort_key=person.sort_key, decision_number=decision_number.strip(),
                created_by=by, **facts, **place_ids(person))  # fmt: skip


def first_case(*, by: User, person: Person, deadlines: Deadlines, **facts: Any) -> Case:
    """The order of a person who comes with it, and has no other: neither is stored yet."""
    case = _new_case(person, by, **facts)
    refuse_impossible(case, is_only=True)
    case.report_by = deadlines.of(case)
    refuse_shape(case, leaving_out=("person",))
    return case


@transaction.atomic
def open_first_cases(*, cases: Sequence[Case], by: User) -> None:
    """Store what `first_case` made, by the hundred, once their persons are stored."""
    with acting(by):
        insert_or_refuse(cases)
    notify_cases_changed([case.pk for case in cases])


@transaction.atomic
def record_report(*, case: Case, by: User, on: date, late_reason: str = "") -> Case:
    """The person reported (条例 arts. 14, 38): the term counts from this day on.

    After the deadline the person is asked why: only without a valid reason is it a refusal.
    """
    locked = lock(case)
    if locked.reported_on is not None:
        if locked.reported_on == on:
            _refuse_other_words(locked, LATE, late_reason)
            return locked  # the same tap again
        raise Refused(
            _("Reporting on %(day)s is on file; correct the case to change it.")
            % {"day": full_day(locked.reported_on)}
        )
    if locked.received_on is not None and on < locked.received_on:
        raise Refused(
            _("The report lies before the receipt of the decision."),
            article_of(Step.REPORT, locked.measure),
        )
    late = (deadline := rules.report_by(locked)) is not None and deadline < on
    if late and not is_reason(late_reason):
        raise Refused(
            _("The deadline was %(day)s: enter what the person says about the delay.")
            % {"day": full_day(deadline)},
            article_of(Step.REPORT, locked.measure),
            field="late_reason",
        )
    locked.reported_on = on
    save(locked, by)
    if late:
        add_step(locked, by, LATE, on=on, words=late_reason)
    return locked


@transaction.atomic
def sign_agreement(*, case: Case, by: User, on: date, help_words: str = "") -> Case:
    """The agreement is signed (条例 arts. 16, 38): from here on the order is in force.

    Rights of the person and help stand in it, before the duties.
    """
    locked = lock(case)
    if locked.reported_on is None:
        raise Refused(
            _("The agreement follows the report: record the report first."),
            article_of(Step.AGREEMENT, locked.measure),
        )
    if locked.agreement_on is not None:
        if locked.agreement_on == on:
            _refuse_other_words(locked, HELP, help_words)
            return locked
        raise Refused(
            _("The agreement of %(day)s is on file; correct the case to change it.")
            % {"day": full_day(locked.agreement_on)}
        )
    refuse_after_end(locked, on)
    locked.agreement_on = on
    save(locked, by)
    if help_words.strip():
        add_step(locked, by, HELP, on=on, words=help_words)
    return locked


@transaction.atomic
def record_plan(*, case: Case, by: User, on: date) -> Case:
    """The work plan for the person was made (条例 art. 15)."""
    locked = lock(case)
    if locked.reported_on is None:
        raise Refused(
            _("The plan follows the report: record the report first."),
            article_of(Step.PLAN, locked.measure),
        )
    refuse_after_end(locked, on)
    locked.plan_on = on
    return save(locked, by)


@transaction.atomic
def correct_case(
    *,
    case: Case,
    by: User,
    reason: str = "",
    version: int | None = None,
    area: Area | None = None,
    **changes: Any,
) -> Case:
    """Put right what the order says; history keeps the old values.

    With a `version` that is not the stored one nothing is changed: `ChangedMeanwhile` tells both
    values. `area` moves the person with the whole file, see `move_person`.
    """
    locked = lock(case, open_only=False)
    if version is not None and version != locked.version:
        found = differences(locked, changes) + other_unit(locked, area, _("Executing unit"))
        if not found:
            return locked  # the same tap again: it says what is stored
        raise ChangedMeanwhile(locked, found)
    with one_notification():
        if area is not None:
            _refuse_over(locked)
            locked.person = move_person(person=locked.person, area=area, by=by, reason=reason)
            locked.refresh_from_db(fields=["county", "town", "village", "version"])
        for name, value in changes.items():
            setattr(locked, name, value)
        if "received_on" in changes:
            locked.report_by = None
        return save(locked, by, reason)


@transaction.atomic
def close_case(*, case: Case, by: User, reason: str, on: date, note: str = "") -> Case:
    """End the order on a day; duties stop at once, the day before is their last.

    条例 arts. 23, 24, 40. A release needs a term that has run out.
    """
    locked = lock(case)
    last = rules.last_day_of_term(locked)
    if reason == ClosureReason.RELEASED and (last is None or on <= last):
        raise Refused(
            _("A release follows the end of the term%(end)s. For an earlier end choose its reason.")
            % {"end": bracketed(full_day(last))},
            article_of(Step.RELEASE, locked.measure),
        )
    if locked.decided_on is not None and on < locked.decided_on:
        raise Refused(_("The end lies before the decision."))
    if last is not None and on > last and reason not in AFTER_THE_TERM:
        raise Refused(
            _("The order ended by itself on %(day)s: record the notice of release.")
            % {"day": full_day(last)},
            article_of(Step.RELEASE, locked.measure),
            field="on",
        )
    locked.closed_on, locked.closure_reason, locked.closure_note = on, reason, note.strip()
    locked.last_duty_on = on - timedelta(days=1)
    save(locked, by, note)
    tell_workers(locked, NoticeKind.CLOSED, by, subject=locked.public_id, mark=str(on))
    if reason == ClosureReason.DECEASED:
        change_person(
            person=locked.person, by=by, life_status=LifeStatus.DECEASED, life_status_since=on
        )
    return locked


def add_step(
    case: Case, by: User, kind: str, *, on: date, words: str = "", number: str = "",
    paper_on: date | None = None,
) -> CaseStep:  # fmt: skip
    """A fact of a step beside its day."""
    step = CaseStep(
        case=case, person=case.person, kind=kind, on=on, words=words.strip(),
        number=number.strip(), paper_on=paper_on, recorded_by=by, **place_ids(case),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(step)
    return step


def _refuse_other_words(case: Case, kind: str, words: str) -> None:
    """The day is on file; what was said beside it is not dropped."""
    step = case.steps.filter(kind=kind).order_by("-pk").first()
    if step is not None and words.strip():
        same_or_differs(step, _("This day is on file already."), words=words)


def lock(case: Case, *, open_only: bool = True) -> Case:
    """The stored row, held until the transaction ends."""
    held = Case.objects.select_for_update(of=("self",)).select_related("person")
    locked: Case = held.get(pk=case.pk)
    if open_only and locked.closed_on is not None:
        raise Refused(_("The case was closed on %(day)s.") % {"day": full_day(locked.closed_on)})
    return locked


def _refuse_over(case: Case) -> None:
    """Where a person belongs follows from the order that runs, not from one that is over."""
    running = Case.objects.filter(person=case.person_id).open_on(today())
    open_orders = set(running.values_list("pk", flat=True))
    if open_orders and case.pk not in open_orders:
        raise Refused(
            _("This order is over, and another one runs: correct the unit of that one."),
            field="area",
        )


def save(case: Case, by: User, reason: str = "") -> Case:
    """Store an order, and tell those whose windows follow from its dates."""
    refuse_impossible(case)
    if case.received_on is None:
        case.report_by = None
    elif case.report_by is None:
        case.report_by = deadline_of(case)
    new = case.pk is None
    if not new:
        case.version += 1
    with acting(by, reason):
        save_or_refuse(case)
    if not new:  # of a new row the database tells at once what it has computed
        case.refresh_from_db(fields=["in_force_from", "computed_end_on", "duties_end_on"])
    notify_cases_changed([case.pk])
    return case
