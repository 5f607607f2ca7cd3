"""Enter what was taken from one person of the list; each row is stored on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.campaigns.codes import (
    NOT,
    PENDING,
    UNFIT,
    Ground,
    is_not_taken,
    outcome_words,
    outcomes_of,
)
from apps.campaigns.models import CampaignTarget
from apps.campaigns.models.target import fresh_number
from apps.campaigns.refusing import store
from apps.campaigns.services.targets import lock_target
from apps.core.days import local_day
from apps.core.differing import Differs, Pairs, described
from apps.core.refusals import Refused
from apps.core.sameness import frozen
from apps.drugtests.chain import StepKind
from apps.drugtests.codes import Reason, TestKind, TestOutcome
from apps.drugtests.dossiers import dossier_of, record_step
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.services import record_not_taken, record_test

# Names of the keys of steps that are entered with the sample itself.
ENTERED_WITH: Final = (UNFIT, StepKind.SCREENED)


@dataclass(frozen=True, slots=True)
class Entered:
    """`is_new`: stored now; else the same words were on file. Taken, or why it could not be."""

    test: DrugTest
    is_new: bool


@transaction.atomic
def enter_sample(
    *, target: CampaignTarget, by: User, client_uuid: UUID, occurred_at: datetime, outcome: str,
    another: bool = False, note: str = "", **facts: Any,
) -> Entered:  # fmt: skip
    """One sample of the campaign, or why none could be taken. Whoever comes second with other words
    is told both.
    """
    locked = lock_target(target)
    campaign = locked.campaign
    stored = locked.standing_test
    if stored is not None and stored.client_uuid != client_uuid:
        _same_or_differs(stored, outcome, {"occurred_at": occurred_at, **facts})
        return Entered(stored, is_new=False)
    if not campaign.first <= local_day(occurred_at) <= campaign.last:
        raise Refused(_("This day is none of the campaign's."), field="time")
    if outcome not in dict(outcomes_of(campaign.kind, campaign.sample)):
        raise Refused(_("Say the result, or why the sample is unfit."), field="outcome")
    if is_not_taken(outcome):
        return _not_taken(
            locked, by, client_uuid, occurred_at, outcome, facts["place"], note, another
        )
    facts |= {"note": note} if note else {}
    plain = outcome == PENDING or outcome.startswith(UNFIT)
    test = record_test(
        person=locked.person, by=by, client_uuid=client_uuid, occurred_at=occurred_at,
        another=another, why=Reason.CAMPAIGN, sample=campaign.sample, kind=campaign.kind,
        result="" if plain else outcome, ground=_ground(locked),
        sample_no=_number_of(locked) if stored is None else None, **facts,
    )  # fmt: skip
    is_new = stored is None
    if is_new:
        dossier_of(test, by, locked.sample_no)
    _step_of(test, by, client_uuid, outcome)
    if is_new:
        locked.test = test
        with acting(by):
            store(locked)
    return Entered(test, is_new)


def _not_taken(
    target: CampaignTarget, by: User, client_uuid: UUID, at: datetime, outcome: str, place: str,
    note: str, another: bool,
) -> Entered:  # fmt: skip
    """The row stays without a sample; where it stands follows from the record. `another`: no kit in
    the morning and refused after noon are two, each on record.
    """
    campaign, reason = target.campaign, outcome.removeprefix(NOT)
    facts = {"sample": campaign.sample, "kind": campaign.kind, "why": Reason.CAMPAIGN}
    tried = DrugTest.objects.valid().filter(
        person_id=target.person_id, outcome=TestOutcome.NOT_TAKEN, day=local_day(at), **facts
    )
    others = tried.exclude(client_uuid=client_uuid).select_related("recorded_by")
    said = {"occurred_at": at, "place": place, "note": note}
    if stored := _known(others.order_by("-occurred_at", "-pk"), outcome, said, another=another):
        return Entered(stored, is_new=False)
    is_new = not tried.filter(client_uuid=client_uuid).exists()
    test = record_not_taken(
        person=target.person, by=by, client_uuid=client_uuid, occurred_at=at, place=place,
        reason_not=reason, note=note, ground=_ground(target), **facts,
    )  # fmt: skip
    return Entered(test, is_new)


def _known(
    others: Iterable[DrugTest], outcome: str, said: dict[str, Any], *, another: bool
) -> DrugTest | None:
    """What was noted of the day in the same words. With other ones it is asked about, unless
    somebody says that it was another.
    """
    rows = list(others)
    for row in rows:
        if _is_same(row, outcome, said):
            return row
    if rows and not another:
        raise _differs(rows[0], outcome, said, field="another")
    return None


def _step_of(test: DrugTest, by: User, client_uuid: UUID, outcome: str) -> None:
    """What is said with a sample is a step of its way: from it follows what waits to be told."""
    steps: dict[str, Any] = {"test": test, "by": by, "at": test.occurred_at}
    if outcome.startswith(UNFIT):
        record_step(
            **steps, client_uuid=uuid5(client_uuid, UNFIT), kind=StepKind.UNFIT,
            by_name=test.collector, unfit_why=outcome.removeprefix(UNFIT),
        )  # fmt: skip
    elif test.kind == TestKind.ON_SITE and outcome != PENDING:
        record_step(
            **steps, client_uuid=uuid5(client_uuid, StepKind.SCREENED), kind=StepKind.SCREENED,
            by_name=test.collector, result=outcome,
        )  # fmt: skip


def _number_of(target: CampaignTarget) -> int:
    """That of the printed label; a sample after one that was withdrawn gets a number of its own."""
    if Dossier.objects.filter(pk=target.sample_no).exists():
        target.sample_no = fresh_number()
    return int(target.sample_no)


def outcome_of(test: DrugTest) -> str:
    """As the grid says it."""
    if not test.is_taken:
        return f"{NOT}{test.reason_not}"
    unfit = Step.objects.filter(dossier__test=test, kind=StepKind.UNFIT, withdrawn_at=None).first()
    return f"{UNFIT}{unfit.unfit_why}" if unfit is not None else test.result or PENDING


def _ground(target: CampaignTarget) -> str:
    """Of somebody without a duty; the words go to the test."""
    return "" if target.ground == Ground.DUTY else str(target.ground_words)


def _same_or_differs(stored: DrugTest, outcome: str, facts: dict[str, Any]) -> None:
    if not _is_same(stored, outcome, facts):
        raise _differs(stored, outcome, facts)


def _is_same(stored: DrugTest, outcome: str, facts: dict[str, Any]) -> bool:
    there = {name: getattr(stored, name) for name in facts}
    return frozen(there) == frozen(facts) and outcome_of(stored) == outcome


def _differs(stored: DrugTest, outcome: str, facts: dict[str, Any], field: str = "") -> Differs:
    """`field`: where somebody can say that it was another one."""
    there = {name: getattr(stored, name) for name in facts}
    words = _("%(who)s entered this sample already, with other words.")
    if field:
        words = _("%(who)s noted something else of this day. If this was another, say so below.")
    found = Differs(
        words % {"who": stored.recorded_by.name},
        stored=_pairs(there, outcome_of(stored)), sent=_pairs(facts, outcome), row=stored,
        page="drugtests:detail", again=False,
    )  # fmt: skip
    found.field = field or None
    return found


def _pairs(facts: dict[str, Any], outcome: str) -> Pairs:
    return [*described(DrugTest, facts), (str(_("Result")), outcome_words(outcome))]
