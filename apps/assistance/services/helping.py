"""A help is recorded, and goes its steps."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import place_ids
from apps.assistance.codes import (
    NEXT,
    RUNNING,
    Beneficiary,
    EndWhy,
    Source,
    State,
    StepKind,
)
from apps.assistance.models import Assistance, AssistanceStep, Look, Programme
from apps.assistance.refusing import store
from apps.audit.acting import acting
from apps.contacts.guards import refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import day_text
from apps.needs.models import Need
from apps.notices.services import ring_withdrawn
from apps.persons.models import Person


@transaction.atomic
@once(Assistance, target="person", page="assistance:detail")
def record_help(
    *, person: Person, by: User, client_uuid: UUID, programme: Programme, found_on: date,
    need: Need | None = None, beneficiary: str = Beneficiary.PERSON, member_words: str = "",
    words: str = "", source: str = Source.PAGE,
) -> Assistance:  # fmt: skip
    """What is found to help. Its first step stands with it."""
    if found_on > today():
        raise Refused(_("The day lies in the future."), field="found_on")
    if source == Source.PAGE and beneficiary == Beneficiary.PERSON:
        refuse_after_death(person, found_on, "found_on")
    _refuse_programme(programme, by)
    if need is not None and need.person_id != person.pk:
        raise Refused(_("This need is another person's."), field="need")
    if beneficiary == Beneficiary.MEMBER and not member_words.strip():
        raise Refused(_("Say which member of the household."), field="member_words")
    _lock_person(person)
    if source == Source.PAGE:
        _refuse_twin(person, programme, beneficiary, member_words)
    row = Assistance(
        client_uuid=client_uuid, person=person, need=need, programme=programme,
        beneficiary=beneficiary, member_words=member_words.strip(), found_on=found_on,
        words=words.strip(), source=source, recorded_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        store(row)
        _step(row, by, StepKind.FOUND, found_on, client_uuid)
    row.refresh_from_db()
    return row


def _refuse_programme(programme: Programme, by: User) -> None:
    if programme.restricted and not by.may(Permission.ASSISTANCE_SEALED):
        raise Refused(_("There is no such programme."), field="programme")
    if not programme.active:
        raise Refused(_("This programme is no longer given."), field="programme")


def _lock_person(person: Person) -> None:
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)


def _refuse_twin(person: Person, programme: Programme, beneficiary: str, member: str) -> None:
    """The same programme runs for the same one already."""
    rows = Assistance.objects.filter(
        person=person, programme=programme, beneficiary=beneficiary, state__in=RUNNING
    )
    same = [row for row in rows.order_by("pk") if row.member_words == member.strip()]
    if same:
        raise Refused(
            _("This help runs since %(day)s already: go on there, or end it first.")
            % {"day": day_text(same[0].found_on)},
            field="programme",
        )


def _step(
    help_: Assistance, by: User, kind: str, day: date, client_uuid: UUID, **facts: str
) -> AssistanceStep:
    row = AssistanceStep(
        assistance=help_, person_id=help_.person_id, kind=kind, day=day, client_uuid=client_uuid,
        recorded_at=timezone.now(), recorded_by=by, **facts, **place_ids(help_),
    )  # fmt: skip
    store(row)
    return row


def lock_help(help_: Assistance) -> Assistance:
    """The person first, as whoever moves the file or merges it does: payments to one person come
    one after the other, and nobody waits in a ring.
    """
    rows = Person.every.select_for_update(of=("self",), no_key=True).only("pk")
    rows.get(assistance=help_.pk)
    found: Assistance = (
        Assistance.objects.select_for_update(of=("self",))
        .select_related("programme", "person").get(pk=help_.pk)
    )  # fmt: skip
    return found


@transaction.atomic
@once(AssistanceStep, target="assistance")
def take_step(
    *, assistance: Assistance, by: User, client_uuid: UUID, kind: str, day: date,
    to_words: str = "", end_why: str = "", words: str = "",
) -> AssistanceStep:  # fmt: skip
    """What happened next. Out of order, and before an earlier step, nothing is stored."""
    locked = lock_help(assistance)
    if kind not in NEXT[locked.state]:
        raise Refused(
            _("“%(step)s” cannot follow on “%(state)s”.")
            % {"step": StepKind(kind).label, "state": locked.get_state_display()}
        )
    if day > today():
        raise Refused(_("The day lies in the future."), field="day")
    _refuse_unsaid(kind, to_words, end_why, words)
    with acting(by):
        return _step(
            locked, by, kind, day, client_uuid, to_words=to_words.strip(), end_why=end_why,
            words=words.strip(),
        )  # fmt: skip


def _refuse_unsaid(kind: str, to_words: str, end_why: str, words: str) -> None:
    if kind in (StepKind.REFERRED, StepKind.APPLIED) and not to_words.strip():
        raise Refused(_("Say to which office it goes."), field="to_words")
    if kind == StepKind.REFUSED and not is_reason(words):
        raise Refused(_("Say why it was not approved."), field="words")
    if kind == StepKind.ENDED and end_why not in EndWhy.values:
        raise Refused(_("Say why it ended."), field="end_why")


@transaction.atomic
def take_back_step(*, step: AssistanceStep, by: User, reason: str) -> AssistanceStep:
    """The last one, if it was wrong; with the first the whole help was a mistake."""
    help_ = lock_help(step.assistance)
    locked: AssistanceStep = AssistanceStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This step was taken back already."))
    if not is_reason(reason):
        raise Refused(_("Say in a few words why the step is taken back."), field="reason")
    if help_.state not in RUNNING and help_.source == Source.PAGE:
        # It runs again: beside another one of the programme that began meanwhile it may not.
        _refuse_twin(help_.person, help_.programme, help_.beneficiary, help_.member_words)
    withdraw(locked, by, reason.strip())
    return locked


def withdraw(row: AssistanceStep | Look, by: User, reason: str) -> None:
    """It stays with the reason, and counts no more. Whoever recorded it hears of it; of restricted
    help only who may know of that.
    """
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by, reason
    row.version += 1
    with acting(by, reason):
        store(row)
    if not row.restricted or row.recorded_by.may(Permission.ASSISTANCE_SEALED):
        ring_withdrawn(row=row, made_by_id=row.recorded_by_id, by=by)


def next_steps(help_: Assistance) -> tuple[StepKind, ...]:
    """Those that may come now, the usual first."""
    free = not help_.programme.needs_decision
    steps = NEXT[State(help_.state)]
    # What no other office decides about is neither approved nor refused.
    decided = (StepKind.APPROVED, StepKind.REFUSED)
    return tuple(step for step in steps if not (free and step in decided))
