"""Negative results of a campaign told many at once; everything else stays one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignSite, CampaignTarget
from apps.campaigns.querysets import TAKEN
from apps.contacts.guards import CLOCK_TOLERANCE, lock_cases
from apps.core.refusals import Refused
from apps.drugtests.chain import RESULTS, TELLINGS, TO_BE_TOLD, StepKind
from apps.drugtests.codes import Result
from apps.drugtests.dossiers import record_step, why_not_now
from apps.drugtests.models import DrugTest
from apps.drugtests.waiting import steps_of

# One act holds its persons until its end.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A sample of the list that waits: `kind` is the telling, or `why` says in words why not."""

    target: CampaignTarget
    kind: StepKind | None
    why: str = ""


@dataclass(slots=True)
class Told:
    """`known`: somebody was first. `left`: rows that stay as they were, each with its reason."""

    told: int = 0
    known: int = 0
    left: list[ResultRow] = field(default_factory=list)


def rows_of(
    campaign: Campaign, by: User, *, day: date | None = None, site: CampaignSite | None = None
) -> list[ResultRow]:
    """What was taken and not told, as far as the caller sees it."""
    targets = _taken(campaign, by)
    if day is not None:
        targets = targets.filter(test__day=day)
    if site is not None:
        targets = targets.filter(slot__site=site)
    found = list(targets.order_by("test__day", "person__sort_key", "pk"))
    had = steps_of(_dossiers(found))
    rows = (_row(one, one.test, had.get(_dossier_id(one.test), {})) for one in found)
    return [row for row in rows if row.kind or row.why]


def elsewhere(campaign: Campaign, by: User) -> int:
    """How many of those whose sample was taken belong to another unit now: it tells them."""
    every: Any = CampaignTarget.objects
    rows = every.counted_for(by)
    taken = rows.filter(TAKEN, campaign=campaign)
    return int(taken.count()) - int(_taken(campaign, by).count())


@transaction.atomic
def tell_results(
    *, campaign: Campaign, by: User, tests: Sequence[UUID], at: datetime, how: str, by_name: str
) -> Told:
    """Each row is a step of its own sample: stored whole, or left as it was with the reason."""
    if at > timezone.now() + CLOCK_TOLERANCE:
        raise Refused(
            _("The time lies in the future: a step is recorded when it is done."), field="at"
        )
    made = Told()
    # Always in the same order: two at once wait for each other and go on.
    for target in (
        _taken(campaign, by).filter(test__public_id__in=tests).order_by("person_id", "pk")
    ):
        try:
            with transaction.atomic():
                row = _tell(target, by, at, how, by_name)
        except Refused as refusal:
            row = ResultRow(target, None, str(refusal))
        made.told += row.kind is not None
        made.known += row.kind is None and not row.why
        made.left += [row] if row.why else []
    return made


def _tell(target: CampaignTarget, by: User, at: datetime, how: str, by_name: str) -> ResultRow:
    """Nobody tells a result that became another one meanwhile: looked at under the lock."""
    lock_cases(target.person)
    test = DrugTest.objects.select_for_update(of=("self",)).get(pk=target.test_id)
    dossiers = _dossiers([target])
    had = steps_of(dossiers).get(_dossier_id(target.test), {})
    row = _row(target, test, had)
    if row.kind is None:
        return row
    facts: dict[str, Any] = {"test": test, "by": by, "client_uuid": uuid4()}
    if row.kind == StepKind.TOLD and StepKind.SCREENED not in had:
        # Entered with the sample: the step of the result stands before that of its telling.
        record_step(
            **facts, kind=StepKind.SCREENED, at=test.occurred_at, by_name=test.collector,
            result=test.result,
        )  # fmt: skip
        facts["client_uuid"] = uuid4()
    record_step(**facts, kind=row.kind, at=at, by_name=by_name, place_words=how)
    return row


def _row(target: CampaignTarget, test: DrugTest, had: Any) -> ResultRow:
    kind = _telling(test, had)
    if kind is None:
        return ResultRow(target, None, _why_alone(test, had))
    why = _why_alone(test, had) or why_not_now(kind, test, _with_result(test, kind, had))
    return ResultRow(target, None if why else kind, why)


def _telling(test: DrugTest, had: Any) -> StepKind | None:
    """The telling of the last result; a result that was entered with the sample is screened."""
    known = [(first, then) for first, then in TO_BE_TOLD if first in had]
    if known:
        then = known[-1][1]
        return None if then in had else then
    return StepKind.TOLD if test.result and not set(TELLINGS) & set(had) else None


def _with_result(test: DrugTest, kind: StepKind, had: Any) -> Any:
    """As the steps will stand when the telling is recorded."""
    if kind != StepKind.TOLD or StepKind.SCREENED in had:
        return had
    return had | {StepKind.SCREENED: None}


def _why_alone(test: DrugTest, had: Any) -> str:
    """In words why nothing of it is told with others; empty where it is, or was told."""
    results = {had[kind].result for kind in RESULTS if kind in had} | {test.result}
    if _is_told(had):
        return ""
    if StepKind.UNFIT in had:
        return _("The sample was unfit: it says nothing.")
    if Result.POSITIVE in results:
        return _("Positive: told one by one, on the page of the test.")
    if Result.INVALID in results:
        return _("Invalid: told one by one, on the page of the test.")
    return "" if Result.NEGATIVE in results else _("No result yet.")


def _is_told(had: Any) -> bool:
    known = [then for first, then in TO_BE_TOLD if first in had]
    return bool(known) and known[-1] in had


def _taken(campaign: Campaign, by: User) -> Any:
    rows = CampaignTarget.objects.visible_to(by).filter(campaign=campaign)
    rows = rows.filter(TAKEN)
    return rows.select_related("person", "test__dossier", "slot__site")


def _dossiers(targets: Sequence[CampaignTarget]) -> list[Any]:
    found = (getattr(one.test, "dossier", None) for one in targets)
    return [dossier for dossier in found if dossier is not None]


def _dossier_id(test: Any) -> Any:
    dossier = getattr(test, "dossier", None)
    return dossier.pk if dossier is not None else None
