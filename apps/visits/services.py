"""Record a visit or an interview, or that it could not be done; undo it within seconds."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.codes import ContactOutcome
from apps.contacts.guards import case_on, lock_cases
from apps.contacts.recorded import taken_back
from apps.contacts.withdrawing import take_back
from apps.core.days import SHANGHAI, local_day
from apps.core.differing import described
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.sameness import expanded, frozen
from apps.core.saving import save_or_refuse
from apps.needs.models import NeedSource
from apps.needs.raised import RaisedNeed, needs_sent, needs_stored
from apps.needs.services import record_need, take_back_needs
from apps.persons.models import Contact, Person
from apps.schedule.outcomes import settle
from apps.visits.codes import MeetingWay
from apps.visits.guards import refuse_wrong
from apps.visits.models import Meeting


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """What was heard and seen, in words; only the state is required."""

    state_words: str = ""
    family_words: str = ""
    work_words: str = ""
    difficulty_words: str = ""
    opinion_words: str = ""
    help_words: str = ""
    note: str = ""
    second_visitor: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: words.strip() for name, words in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class MeetingResult:
    """`created`: this tap made the row. `undone`: this very tap was taken back before."""

    meeting: Meeting
    created: bool
    undone: bool = False


def _whom(given: dict[str, Any]) -> str:
    return f"{given['person'].pk}:{given['kind']}"


def _same_again(row: Meeting, given: dict[str, Any]) -> MeetingResult:
    """The answer to the very same form; one whose record was undone is told so, words and all."""
    told = frozen(given["told"].stripped()) if "told" in given else given["note"]
    if row.undone and told:
        raise taken_back(row, described(Meeting, expanded(given)) + needs_sent(given))
    return MeetingResult(row, created=False, undone=row.undone)


@transaction.atomic
@once(
    Meeting, target=_whom, page="visits:detail", leave_out=("person", "another"),
    answer=_same_again, sent_words=needs_sent, stored_words=needs_stored,
)  # fmt: skip
def record_meeting(
    *,
    person: Person,
    by: User,
    client_uuid: UUID,
    kind: str,
    occurred_at: datetime,
    place: str,
    told: MeetingWords,
    way: str = MeetingWay.IN_PERSON,
    met_person: bool = True,
    contact: Contact | None = None,
    needs: Iterable[RaisedNeed] = (),
    another: bool = False,
) -> MeetingResult:
    """A visit or interview that was held: it does the duty of its day. The same form twice is one.

    A second one of the day is asked about: `another` says that it was one.
    """
    meeting = Meeting(
        client_uuid=client_uuid, person=person, kind=kind, occurred_at=occurred_at, way=way,
        place=place, met_person=met_person, contact=contact, recorded_by=by, **told.stripped(),
    )  # fmt: skip
    result = _store(meeting, another=another)
    if result.created:
        _open_needs(meeting, needs)
    return result


@transaction.atomic
@once(Meeting, target=_whom, page="visits:detail", leave_out=("person",), answer=_same_again)
def record_attempt(
    *,
    person: Person,
    by: User,
    client_uuid: UUID,
    kind: str,
    reason: str,
    next_on: date | None,
    occurred_at: datetime | None = None,
    way: str = MeetingWay.IN_PERSON,
    note: str = "",
) -> MeetingResult:
    """It could not be done: why, and when it is tried again. Nothing more follows from it.

    Without a time it was tried now. Nobody was met anywhere, so it has no place.
    """
    meeting = Meeting(
        client_uuid=client_uuid, person=person, kind=kind, way=way,
        occurred_at=occurred_at or timezone.now(), outcome=ContactOutcome.NOT_DONE,
        met_person=False, reason=reason, next_on=next_on, note=note.strip(), recorded_by=by,
    )  # fmt: skip
    return _store(meeting)


@transaction.atomic
def undo_meeting(*, meeting: Meeting, by: User) -> Meeting:
    """Take it back within seconds; the row stays, so that a late twin of it finds it."""
    locked = lock_meeting(meeting)
    if locked.undone:
        return locked
    now = timezone.now()
    locked.refuse_undo(by, now)
    locked.undone = True
    withdraw(locked, by, "", now)
    take_back_needs(source_id=locked.public_id, by=by)
    return locked


def lock_meeting(meeting: Meeting) -> Meeting:
    """The row as it is now, after the locks of its person's orders."""
    lock_cases(meeting.person)
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("person")
    locked: Meeting = rows.get(pk=meeting.pk)
    return locked


def withdraw(locked: Meeting, by: User, reason: str, now: datetime) -> None:
    """The row stays and counts no more; outcomes follow."""
    take_back(locked, by, reason, now)
    settle([locked.person_id], kind=locked.kind, since=locked.day)


def _store(meeting: Meeting, *, another: bool = True) -> MeetingResult:
    """Lock, guard, save, settle."""
    cases, now = lock_cases(meeting.person), timezone.now()
    meeting.day, meeting.recorded_at = local_day(meeting.occurred_at), now
    refuse_wrong(meeting, cases, now)
    if twin := _same_attempt(meeting):
        return MeetingResult(twin, created=False)
    if not another:
        _refuse_second(meeting)
    meeting.case = case_on(cases, meeting.day)
    for name, value in place_ids(meeting.case or meeting.person).items():
        setattr(meeting, name, value)
    with acting(meeting.recorded_by):
        save_or_refuse(meeting)
    settle([meeting.person_id], kind=meeting.kind, since=meeting.day)
    return MeetingResult(meeting, created=True)


def _same_attempt(meeting: Meeting) -> Meeting | None:
    """The same reason, next date and words on one day: another tab was first."""
    if meeting.is_done:
        return None
    same = Meeting.objects.valid().filter(
        person_id=meeting.person_id, kind=meeting.kind, day=meeting.day,
        outcome=ContactOutcome.NOT_DONE, reason=meeting.reason, next_on=meeting.next_on,
        way=meeting.way,
    )  # fmt: skip
    rows = same.order_by("pk")
    return next((row for row in rows if meeting.note in ("", row.note)), None)


def _refuse_second(meeting: Meeting) -> None:
    """Somebody else, or another page, may have recorded the very same one."""
    held = Meeting.objects.valid().filter(
        person_id=meeting.person_id, kind=meeting.kind, day=meeting.day, outcome=ContactOutcome.DONE
    )
    first = held.select_related("recorded_by").order_by("pk").first()
    if first is not None:
        raise Refused(
            _("%(who)s recorded one at %(time)s of this day. If this was another, say so below.")
            % {"who": first.recorded_by, "time": f"{first.occurred_at.astimezone(SHANGHAI):%H:%M}"},
            field="another",
        )


def _open_needs(meeting: Meeting, needs: Iterable[RaisedNeed]) -> None:
    for need in needs:
        record_need(
            person=meeting.person, by=meeting.recorded_by, case=meeting.case, kind=need.kind,
            urgency=need.urgency, said_by=need.said_by, words=need.words, said_on=meeting.day,
            source=NeedSource.MEETING, source_id=meeting.public_id,
        )  # fmt: skip
