"""Who stands on the list: everybody with a running duty, or one by one on a ground in words.

The product never plans anybody without a duty: filter and draw know orders in force alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.audit.acting import acting
from apps.campaigns.codes import OTHER_GROUNDS, Answer, Ground
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.refusing import store
from apps.campaigns.services.campaigns import lock_list, lock_open
from apps.cases.models import Case
from apps.contacts.guards import lock_cases
from apps.core.once import once
from apps.core.prepared import Prepared, Slot
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.draws.models import Draw, Drawn
from apps.persons.models import Person
from apps.schedule.case_facts import levels_on

# Of a file number.
LONGEST_NUMBER: Final = 7


@transaction.atomic
def fill_from_orders(
    *, campaign: Campaign, by: User, place: Area | None = None, risk_level: str = ""
) -> int:
    """Everybody with an order in force on the first day, or today once it is over, as far as the
    caller sees them; in a part of the unit or of one risk level, as the plans count it, where that
    is said. How many were added.
    """
    locked = lock_list(campaign)
    cases = _in_force(locked, by)
    if place is not None:
        cases = cases.in_area(place)
    if risk_level:
        levels = levels_on(cases.values_list("person_id", flat=True), locked.listed_on)
        meant = [person for person, level in levels.items() if level == risk_level]
        cases = cases.filter(person_id__in=meant)
    return _add(locked, cases, by)


@transaction.atomic
def fill_from_draw(*, campaign: Campaign, by: User, draw: Draw) -> int:
    """Those of a draw of the unit who have an order in force on the first day, or today, and were
    not excused from it since.
    """
    locked = lock_list(campaign)
    if draw.unit.today != locked.area.today:
        raise Refused(_("This draw was made in another unit."), field="draw")
    rows = Drawn.objects.visible_to(by).not_excused().filter(draw=draw)
    return _add(locked, _in_force(locked, by).filter(person_id__in=rows.values("person_id")), by)


@dataclass(frozen=True, slots=True)
class Answered:
    """A file number as it was typed, and what became of it."""

    typed: str
    answer: Answer
    person: Person | None = None


@transaction.atomic
def fill_from_numbers(*, campaign: Campaign, by: User, typed: Sequence[str]) -> list[Answered]:
    """Those of pasted file numbers who have a running duty; each number gets its answer, and nobody
    comes in on another ground.
    """
    locked = lock_list(campaign)
    persons = _files_of(typed, by)
    meant = {person.pk for person in persons.values()}
    rows = CampaignTarget.objects.filter(campaign=locked, person_id__in=meant)
    there = set(rows.values_list("person_id", flat=True))
    cases = _in_force(locked, by).filter(person_id__in=meant)
    able = set(cases.values_list("person_id", flat=True)) - there
    _add(locked, cases, by)

    def answer(person: Person | None) -> Answer:
        if person is None:
            return Answer.UNKNOWN
        if person.pk in there:
            return Answer.THERE
        return Answer.ADDED if person.pk in able else Answer.NO_DUTY

    return [Answered(one, answer(persons.get(one)), persons.get(one)) for one in typed]


def _files_of(typed: Sequence[str], by: User) -> dict[str, Person]:
    """Whom the numbers mean, as far as the caller sees them; the number of a file that was merged
    means the kept one.
    """
    numbers = {one: int(one) for one in typed if one.isascii() and one.isdecimal()}
    numbers = {one: number for one, number in numbers.items() if len(one) <= LONGEST_NUMBER}
    rows = Person.every.filter(pk__in=numbers.values(), merged_into__isnull=False)
    kept = dict(rows.values_list("pk", "merged_into_id"))
    ids = {one: kept.get(number, number) for one, number in numbers.items()}
    seen = Person.objects.visible_to(by).in_bulk(set(ids.values()))
    return {one: seen[pk] for one, pk in ids.items() if pk in seen}


@transaction.atomic
@once(CampaignTarget, target="person", page="campaigns:target")
def add_person(
    *, campaign: Campaign, person: Person, by: User, client_uuid: UUID, ground: str = "",
    ground_words: str = "",
) -> CampaignTarget:  # fmt: skip
    """By name. A running duty is ground enough; without one the ground is said in words."""
    locked = lock_list(campaign)
    lock_cases(person)
    same = Q(number=person.public_id) | Q(person=person)  # or came there with a merged file
    if CampaignTarget.objects.filter(same, campaign=locked).exists():
        raise Refused(_("This person stands on the list already."), field="who")
    day = locked.listed_on
    if person.is_dead_by(day):
        raise Refused(_("This person has died."), field="who")
    case = Case.objects.filter(person=person).asked_on(day).first()
    if case is not None:
        ground, ground_words = Ground.DUTY, ""
    elif ground not in OTHER_GROUNDS:
        raise Refused(
            _("No duty runs on %(day)s: say the legal ground, or that there is a written consent.")
            % {"day": day.isoformat()},
            field="ground",
        )
    elif not is_reason(ground_words):
        raise Refused(_("Say the ground in words."), field="ground_words")
    row = CampaignTarget(
        campaign=locked, person=person, number=person.public_id, case=case, ground=ground,
        ground_words=ground_words.strip(), client_uuid=client_uuid, recorded_by=by,
        **place_ids(person),
    )  # fmt: skip
    with acting(by):
        store(row)
    return row


@transaction.atomic
def excuse_target(*, target: CampaignTarget, by: User, reason: str) -> CampaignTarget:
    """Nothing more is asked for; a sample that is taken all the same counts."""
    locked = lock_target(target)
    if not is_reason(reason):
        raise Refused(_("Say why no sample is asked for."), field="reason")
    if locked.standing_test is not None:
        raise Refused(_("The sample was taken already."))
    if locked.excused_at is not None:
        raise Refused(_("This person is excused already."))
    locked.excused_words, locked.excused_at, locked.excused_by = reason.strip(), timezone.now(), by
    with acting(by):
        store(locked)
    return locked


def lock_target(target: CampaignTarget) -> CampaignTarget:
    """The row as it is now, of a campaign that runs."""
    campaign = lock_open(target.campaign)
    lock_cases(target.person)
    rows = _LOCKED.rows(target=target.pk)
    if not rows:
        raise CampaignTarget.DoesNotExist
    locked = cast(CampaignTarget, rows[0])
    locked.campaign = campaign
    return locked


def _locked() -> Any:
    rows = CampaignTarget.objects.select_for_update(of=("self",))
    rows = rows.select_related("case", "person", "slot", "test__recorded_by")
    return rows.filter(pk=Slot("target", BigIntegerField()))


_LOCKED = Prepared(_locked)


def _in_force(campaign: Campaign, by: User) -> Any:
    cases = Case.objects.visible_to(by).in_area(campaign.area.today).asked_on(campaign.listed_on)
    return cases.filter(person__merged_into=None)


def _add(campaign: Campaign, cases: Any, by: User) -> int:
    there = CampaignTarget.objects.filter(campaign=campaign, person_id=OuterRef("person_id"))
    found = cases.filter(~Exists(there)).select_related("person").order_by("person_id")
    rows = [
        CampaignTarget(
            campaign=campaign, person=case.person, number=case.person.public_id, case=case,
            ground=Ground.DUTY, recorded_by=by, **place_ids(case.person),
        )
        for case in found
    ]  # fmt: skip
    with acting(by):
        CampaignTarget.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
