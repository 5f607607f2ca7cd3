"""What is printed for a campaign: labels, custody sheets, slips. Each person's alone, and under
titles that say nothing of tests; who comes first lies on top.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import F
from django.utils.safestring import SafeString

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.days import today
from apps.drugtests.custody import CustodySheet, custody_of, sheet_of
from apps.drugtests.dossier_page import SamplePage, qr
from apps.drugtests.models import Step

PERSONS: Final = 40  # of one print: a browser and a printer still take it


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the list, with the pages before and after it."""

    targets: list[CampaignTarget]
    number: int
    pages: int

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.pages else 0


@dataclass(frozen=True, slots=True)
class Label:
    number: str
    letter: str
    picture: SafeString


def part_of(campaign: Campaign, user: User, asked: str, *, ahead: bool = False) -> Part:
    """Taken or to be taken; `ahead`: with a slot that lies ahead."""
    rows: Any = CampaignTarget.objects.visible_to(user).filter(campaign=campaign)
    rows = rows.to_come() if ahead else rows.asked()
    total = rows.count()
    pages = max(1, -(-total // PERSONS))
    number = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), pages)
    rows = rows.select_related(
        "campaign__area", "person", "slot__site", "test__person", "test__dossier"
    ).order_by(
        F("slot__begins").asc(nulls_last=True), "slot__site__name", "town__code", "village__code",
        "person__sort_key", "pk",
    )  # fmt: skip
    return Part(list(rows[(number - 1) * PERSONS : number * PERSONS]), number, pages)


def labels_of(targets: Sequence[CampaignTarget]) -> list[Label]:
    """A and B of each sample, before it is taken and after; no name stands on them."""
    return [
        Label(number, letter, qr(f"{number}-{letter}"))
        for number in (_number_of(target) for target in targets)
        for letter in ("A", "B")
    ]


def sheets_of(targets: Sequence[CampaignTarget]) -> list[CustodySheet]:
    """One a person. Of a sample that is not taken yet, with room for everything by hand."""
    steps = _steps_of(targets)
    return [_sheet(target, steps, today()) for target in targets]


def _sheet(target: CampaignTarget, steps: dict[int, list[Step]], day: date) -> CustodySheet:
    test = target.standing_test
    if test is not None:
        return custody_of(SamplePage(test, _dossier_of(test), steps[test.pk], [], day))
    campaign = target.campaign
    what = (target.number_words, campaign.get_sample_display(), campaign.get_kind_display())
    return sheet_of(what, target.person, "", "")


def _steps_of(targets: Sequence[CampaignTarget]) -> dict[int, list[Step]]:
    tests = [target.test_id for target in targets if target.test_id]
    rows = Step.objects.filter(dossier__test__in=tests).select_related("body", "dossier")
    found: dict[int, list[Step]] = defaultdict(list)
    for step in rows.order_by("at", "pk"):
        found[step.dossier.test_id].append(step)
    return found


def _number_of(target: CampaignTarget) -> str:
    dossier = _dossier_of(target.standing_test) if target.standing_test else None
    return dossier.number if dossier else target.number_words


def _dossier_of(test: Any) -> Any:
    return getattr(test, "dossier", None)
