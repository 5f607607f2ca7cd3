"""Steps of the samples of a campaign, many at once: each is recorded by the service of one, whole,
or its sample stays as it was with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.querysets import TAKEN
from apps.contacts.guards import CLOCK_TOLERANCE, lock_cases
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.chain import OBJECTIONS, StepKind, Waiting
from apps.drugtests.codes import Result
from apps.drugtests.dossiers import lock_seals, record_step, why_not_now
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.numbers import seal_number
from apps.drugtests.readings import Read
from apps.drugtests.waiting import steps_of
from apps.persons.querysets import dead_by

S = StepKind
# Whoever objects is no longer one of many: such a sample goes its way alone, and B with it.
OF_MANY: Final = (S.SEALED, S.STORED, S.SENT, S.RECEIVED, S.ANALYSED, S.DESTROYED)
# One act holds its persons until its end.
MOST: Final = 200
# What is the same for all: where it is wrong nothing is recorded, and the field says so.
SHARED: Final = ("at", "by_name", "second_name", "place_words", "body", "seal_intact")


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample of the list at a step; `why` says in words why it cannot be now."""

    target: CampaignTarget
    dossier: Dossier
    had: Any
    why: str = ""


@dataclass(slots=True)
class Advanced:
    """`known`: somebody was first. `left`: rows that stay as they were, each with its reason."""

    done: int = 0
    known: int = 0
    left: list[SampleRow] = field(default_factory=list)


def at_step(kind: str) -> Q:
    """Of dossiers: those whose next step it is, or may be beside the one that waits."""
    had = Step.objects.filter(dossier=OuterRef("pk"), withdrawn_at=None)
    arrived = Q(Exists(had.filter(kind=S.RECEIVED)))
    sent = Q(waits_for=Waiting.AWAIT)
    way = Q(waits_for__in=(Waiting.SEAL, Waiting.SEND, Waiting.AWAIT))
    alone = Exists(had.filter(kind__in=OBJECTIONS))
    dead = dead_by(today())
    wanted: dict[StepKind, Q] = {
        S.SEALED: Q(waits_for=Waiting.SEAL, a_seal=""),
        S.STORED: way & ~Q(a_seal="") & Q(keep_until=None),
        S.SENT: Q(waits_for=Waiting.SEND),
        S.RECEIVED: sent & ~arrived,
        S.ANALYSED: sent & arrived,
        S.DESTROYED: (Q(waits_for=Waiting.KEEP) | dead) & Q(keep_until__lt=today()),
    }
    living = Q() if kind == S.DESTROYED else ~dead
    return wanted[S(kind)] & living & ~alone & Q(test__withdrawn_at=None) & ~Q(waits_for="")


def rows_at(campaign: Campaign, by: User, kind: str) -> tuple[list[SampleRow], int]:
    """The first ones as far as the caller sees them, what is late first; and how many there are."""
    rows = _dossiers(campaign, by).filter(at_step(kind))
    dossiers = list(
        rows.select_related("test__person").order_by("waits_until", "person__sort_key", "pk")[:MOST]
    )
    tests = [one.test_id for one in dossiers]
    targets = {one.test_id: one for one in _targets(campaign, by).filter(test__in=tests)}
    had = steps_of(dossiers)
    found = [
        SampleRow(targets[one.test_id], one, had[one.pk], why_not_now(kind, one.test, had[one.pk]))
        for one in dossiers
    ]
    return found, len(found) if len(found) < MOST else rows.count()


def numbers_at(campaign: Campaign, by: User) -> dict[StepKind, int]:
    """How many stand at each step; one query."""
    rows = _dossiers(campaign, by)
    counted = {kind.value: Count("pk", filter=at_step(kind)) for kind in OF_MANY}
    found = rows.order_by().aggregate(**counted)
    return {kind: found[kind] for kind in OF_MANY}


@transaction.atomic
def advance_samples(
    *, campaign: Campaign, by: User, kind: str, samples: Mapping[UUID, Mapping[str, Any]],
    at: datetime, read: Sequence[Read] = (), **facts: Any,
) -> Advanced:  # fmt: skip
    """`samples`: by the number of their tests, each with what is its own (its two seals)."""
    if kind not in OF_MANY:
        raise Refused(_("This step is recorded one by one, on the page of the test."))
    if at > timezone.now() + CLOCK_TOLERANCE:
        raise Refused(
            _("The time lies in the future: a step is recorded when it is done."), field="at"
        )
    made, refusals = Advanced(), []
    found = _targets(campaign, by).filter(test__public_id__in=list(samples))
    rows = list(found.order_by("person_id", "pk"))
    _lock_all(rows, samples)
    for target in rows:
        own = samples[target.test.public_id]
        try:
            with transaction.atomic():
                done = _advance(target, by, kind, at, read, {**facts, **own})
        except Refused as refusal:
            refusals.append(refusal)
            made.left.append(SampleRow(target, target.test.dossier, {}, str(refusal)))
            continue
        made.done += done
        made.known += not done
    _refuse_all(made, refusals)
    return made


def _lock_all(rows: Sequence[CampaignTarget], samples: Mapping[UUID, Mapping[str, Any]]) -> None:
    """All persons in one order, then all seals: two at once wait for each other and go on."""
    for target in rows:
        lock_cases(target.person)
    lock_seals(seal for own in samples.values() for seal in own.values())


def _advance(
    target: CampaignTarget, by: User, kind: str, at: datetime, read: Sequence[Read],
    facts: dict[str, Any],
) -> bool:  # fmt: skip
    """False where the step stands already in the same words."""
    test = DrugTest.objects.select_for_update(of=("self",)).get(pk=target.test_id)
    dossier = Dossier.objects.get(test=test)
    if (step := dossier.had.get(kind)) is not None and _is_same(step, dossier, kind, facts):
        return False
    if set(OBJECTIONS) & set(dossier.had):
        raise Refused(_("Objected to: this sample goes on alone, on the page of the test."))
    if kind == S.ANALYSED:
        facts |= {"result": Result.NEGATIVE}
    record_step(test=test, by=by, client_uuid=uuid4(), kind=kind, at=at, read=read, **facts)
    return True


def _is_same(step: Step, dossier: Dossier, kind: str, facts: dict[str, Any]) -> bool:
    if kind == S.ANALYSED:
        return bool(step.result == Result.NEGATIVE)
    if kind == S.SEALED:
        seals = (seal_number(facts["a_seal"]), seal_number(facts["b_seal"]))
        return (dossier.a_seal, dossier.b_seal) == seals
    return True


def _refuse_all(made: Advanced, refusals: list[Refused]) -> None:
    """What is wrong for all alike is said once, beside the field."""
    words = {str(one) for one in refusals}
    if made.done or made.known or len(words) != 1:
        return
    if refusals[0].field in SHARED:
        raise refusals[0]


def _targets(campaign: Campaign, by: User) -> Any:
    rows = CampaignTarget.objects.visible_to(by).filter(TAKEN, campaign=campaign)
    return rows.filter(test__dossier__isnull=False).select_related("person", "test__dossier")


def _dossiers(campaign: Campaign, by: User) -> Any:
    listed = CampaignTarget.objects.filter(campaign=campaign, test=OuterRef("test"))
    return Dossier.objects.visible_to(by).filter(Exists(listed))
