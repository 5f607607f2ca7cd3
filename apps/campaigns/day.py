"""The page of a sample day: what a number finds, where it stands, and how far the day is."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.codes import Stands
from apps.campaigns.models import Campaign, CampaignSite, CampaignTarget
from apps.campaigns.querysets import LEFT, TAKEN
from apps.campaigns.stands import state_of
from apps.contacts.given import given_on
from apps.core.days import end_of, start_of, today
from apps.drugtests.chain import OBJECTIONS, wrong_bottle
from apps.drugtests.custody import moment_words
from apps.drugtests.dossier_page import Possible, SamplePage, page_of
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.numbers import read_bottle, read_number, seal_number

# So long a saved step is undone with one button, and a second scan of it is asked about.
MOMENTS: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Found:
    """A sample that was taken, or the row of a list whose label was printed before."""

    test: DrugTest | None = None
    target: CampaignTarget | None = None
    # Of the label or the seal, where it says one.
    bottle: str = ""
    # By the label of a sample that was taken back.
    by_old_label: bool = False

    @property
    def query(self) -> str:
        if self.test is not None:
            old = "&label=old" if self.by_old_label else ""
            bottle = f"&bottle={self.bottle}" if self.bottle else ""
            return f"sample={self.test.public_id}{bottle}{old}"
        return f"target={self.target.public_id}" if self.target is not None else ""


@dataclass(frozen=True)
class Standing:
    """A sample on the table: whose it is, what was done last, and what comes next."""

    found: Found
    page: SamplePage | None
    by: User

    @property
    def person(self) -> Any:
        return (self.found.test or self.found.target).person  # type: ignore[union-attr]

    @property
    def number(self) -> str:
        dossier = self.page.dossier if self.page else None
        if dossier is not None:
            return str(dossier.number)
        return self.found.target.number_words if self.found.target else ""

    @property
    def given(self) -> list[str]:
        """What a clinic gives the person on the day of the sample, in words beside it."""
        day = self.found.test.day if self.found.test is not None else today()
        return [one.words for one in given_on(self.person.pk, day)]

    @property
    def tried(self) -> str:
        """Why no sample was taken before; empty where nobody has tried."""
        target: Any = self.found.target
        if target is None or target.stands != Stands.NOT_TAKEN:
            return ""
        return state_of(target)[1]

    @property
    def last(self) -> Step | None:
        return self.page.standing[-1] if self.page and self.page.standing else None

    @property
    def last_words(self) -> str:
        """What was done last, by whom and when."""
        if self.page is None:
            return _("Not taken yet")
        what, at, who = _("Collected"), self.page.test.occurred_at, self.page.test.collector
        if self.last is not None:
            what, at, who = str(self.last), self.last.at, self.last.by_name
        return f"{what} · {moment_words(at)} · {who}"

    @cached_property
    def following(self) -> Possible | None:
        """The usual next step: the first that the user may record, else the first of all."""
        usual = self.page.usual if self.page else []
        mine = (one for one in usual if self.by.may(one.permission))
        return next(mine, next(iter(usual), None))

    @property
    def objection(self) -> Possible | None:
        """Beside the next step while the person can object; never by itself."""
        if self.page is None or not self.page.objection_until:
            return None
        mine = (one for one in self.page.possible if self.by.may(one.permission))
        return next((one for one in mine if one.kind in OBJECTIONS), None)

    @property
    def is_mine(self) -> bool:
        return self.following is None or self.by.may(self.following.permission)

    @property
    def was_just_saved(self) -> bool:
        """By the same person: the label may have been scanned twice."""
        row: Any = self.last or (self.page.test if self.page else None)
        return row is not None and is_fresh(row, self.by)

    @property
    def why_nothing(self) -> str:
        """In words why there is no button; empty where there is one."""
        if self.page is None:
            return "" if self.found.target else _("No sample of yours has this number.")
        if self.following is None:
            return _("Nothing is left to do with this sample.")
        if words := wrong_bottle(self.following.kind, self.found.bottle):
            return words
        if not self.is_mine:
            said = _("The next step is “%(step)s”: a supervisor records it.")
            return said % {"step": self.following.kind.label}
        return ""


@dataclass(frozen=True)
class Counter:
    """How many of today's are taken."""

    done: int
    due: int

    @property
    def words(self) -> str:
        return _("%(done)s of %(due)s today") % {"done": self.done, "due": self.due}


def is_fresh(row: Any, by: User) -> bool:
    """Recorded by the same person a moment ago, and standing."""
    recent: datetime = timezone.now() - MOMENTS
    return bool(
        row.recorded_by_id == by.pk and row.recorded_at >= recent and row.withdrawn_at is None
    )


def find(by: User, typed: str) -> Found | None:
    """By the number of a label, with or without its letter, or by one of the two seals."""
    number = read_number(typed)
    if number is not None:
        found = _numbered(by, number)
        if found is not None:
            return replace(found, bottle=read_bottle(typed))
    seal = seal_number(typed)
    if not seal:
        return None
    rows = Dossier.objects.visible_to(by).select_related("test__person")
    dossier = rows.filter(Q(a_seal=seal) | Q(b_seal=seal)).first()
    if dossier is None:
        return None
    return Found(test=dossier.test, bottle="A" if dossier.a_seal == seal else "B")


def _numbered(by: User, number: int) -> Found | None:
    dossiers = Dossier.objects.visible_to(by).select_related("test__person")
    dossier = dossiers.filter(pk=number, test__withdrawn_at=None).first()
    if dossier is not None:
        return Found(test=dossier.test)
    rows = CampaignTarget.objects.visible_to(by).select_related("campaign", "person", "test")
    target = rows.filter(sample_no=number, campaign__closed_at=None).first()
    if target is None:
        return _of_old_label(by, dossiers.filter(pk=number).first())
    return Found(test=target.standing_test) if target.standing_test else Found(target=target)


def _of_old_label(by: User, dossier: Dossier | None) -> Found | None:
    """The sample that was taken in place of one that was taken back: the bottle still has the
    label of before.
    """
    if dossier is None:
        return None
    rows = CampaignTarget.objects.visible_to(by).filter(person_id=dossier.test.person_id)
    rows = rows.filter(events__test_id=dossier.test_id, test__withdrawn_at=None)
    target = rows.exclude(test=None).select_related("test__person").first()
    return Found(test=target.test, by_old_label=True) if target else None


def standing_of(found: Found, by: User) -> Standing:
    return Standing(found, page_of(found.test, today()) if found.test else None, by)


def counter_of(campaign: Campaign, by: User, site: CampaignSite | None) -> Counter:
    """Of those whose slot or second call is today, or of the whole list where there are no slots;
    who was taken today counts wherever the slot was.
    """
    day = today()
    every: Any = CampaignTarget.objects
    rows = every.counted_for(by).filter(campaign=campaign)
    rows = rows.once().with_standing()
    if site is not None:
        rows = rows.filter(slot__site=site)
    left = Q(stands__in=LEFT)
    done = TAKEN & Q(test__day=day)
    of_today = Q(slot__begins__gte=start_of(day), slot__begins__lt=end_of(day))
    asked = left & (of_today | Q(second_call_on=day)) if campaign.sites.exists() else left
    return Counter(rows.filter(done).count(), rows.filter(done | asked).count())
