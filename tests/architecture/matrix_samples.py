"""Rows of the world of the matrix about samples and what is tested for."""

from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import User
from apps.campaigns.codes import Ground
from apps.campaigns.models import (
    Campaign,
    CampaignCount,
    CampaignSite,
    CampaignSlot,
    CampaignTarget,
)
from apps.campaigns.services import record_counts
from apps.cases.models import Case
from apps.core.days import SHANGHAI
from apps.drugtests.models import (
    Analyte,
    Dossier,
    DrugTest,
    Kit,
    OccupationalScreening,
    Reading,
    Step,
)
from apps.drugtests.readings import Read
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.persons.models import Person
from tests.architecture.visitors import COUNTY, TOWN
from tests.drugtests.ways import step
from tests.factories.areas import QIONGHAI, area
from tests.factories.campaigns import listed, opened, site_of
from tests.factories.drugtests import sampled
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.schedule import at


class SampleRows:
    """Made when an address names them."""

    person: Person
    case: Case
    by: User

    @cached_property
    def sampled_test(self) -> DrugTest:
        """Of the law, and with two steps."""
        test = sampled(self.person, self.case.agreement_on, by=self.by, kind="on_site")
        read = Read(Analyte.objects.get(code="MET"), "negative")
        step(test, "screened", result="", read=[read])
        return test

    @cached_property
    def sample_step(self) -> Step:
        return step(self.sampled_test, "sealed")

    @cached_property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(test=self.sampled_test)

    @cached_property
    def reading(self) -> Reading:
        return Reading.objects.get(step__dossier=self.dossier)

    @cached_property
    def kit(self) -> Kit:
        return Kit.objects.create(
            name="五联尿检板", lot="2606", expires_on=date(2027, 1, 31), sample="urine"
        )

    @cached_property
    def screening_of_drivers(self) -> OccupationalScreening:
        """Sums of a county."""
        return OccupationalScreening.objects.create(
            county=self.person.county, first_on=date(2026, 3, 2), last_on=date(2026, 3, 2),
            occupation="road", tested=150, positive=0, source="ledger", recorded_by=self.by,
        )  # fmt: skip

    @cached_property
    def followup_round(self) -> FollowUpRound:
        return round_of(first=date(2024, 3, 10), last=date(2024, 5, 30), by=self.by)

    @cached_property
    def followup_target(self) -> FollowUpTarget:
        return looked_in_on(self.followup_round, self.person, by=self.by)

    @cached_property
    def followup_attempt(self) -> FollowUpAttempt:
        return noted(self.followup_target, by=self.by, occurred_at=at(date(2024, 4, 2), "10:00"))

    @cached_property
    def _boss(self) -> User:
        return self.users[TOWN] or self.by

    @cached_property
    def _county(self) -> User:
        return self.users[COUNTY] or self.by

    @cached_property
    def campaign(self) -> Campaign:
        return opened(first=date(2024, 3, 10), last=date(2024, 5, 30), by=self.by)

    @cached_property
    def campaign_site(self) -> CampaignSite:
        return site_of(self.campaign, by=self._boss)

    @cached_property
    def campaign_slot(self) -> CampaignSlot:
        """Over by now, which nobody could add any more."""
        begins = datetime(2024, 5, 21, 9, tzinfo=SHANGHAI)
        return CampaignSlot.objects.create(
            site=self.campaign_site, begins=begins, ends=begins + timedelta(minutes=15), places=2,
            recorded_by=self.by,
        )  # fmt: skip

    @cached_property
    def invited(self) -> CampaignTarget:
        """With a slot that lies ahead, on a consent, which has no last day."""
        row, begins = self.campaign_target, timezone.now() + timedelta(days=1)
        row.ground, row.ground_words, row.case = Ground.CONSENT, "本人书面同意", None
        row.slot = CampaignSlot.objects.create(
            site=self.campaign_site, begins=begins, ends=begins + timedelta(minutes=15), places=2,
            recorded_by=self.by,
        )  # fmt: skip
        row.save()
        return row

    @cached_property
    def county_campaign(self) -> Campaign:
        """Of the county, with persons on its list."""
        return opened(first=date(2024, 3, 10), last=date(2024, 5, 30), by=self._county,
                      title="全市专项检测", area=area(QIONGHAI))  # fmt: skip

    @cached_property
    def county_site(self) -> CampaignSite:
        return site_of(self.county_campaign, by=self._county, name="市综治中心")

    @cached_property
    def county_site_in_town(self) -> CampaignSite:
        return site_of(self.county_campaign, by=self._county, area=area())

    @cached_property
    def drivers(self) -> Campaign:
        """Of the county: its towns see the counts and do not enter them."""
        return opened(first=date(2024, 3, 10), last=date(2024, 5, 30), by=self._county,
                      title="客运行业筛查", asks="occupation", area=area(QIONGHAI))  # fmt: skip

    @cached_property
    def campaign_count(self) -> CampaignCount:
        return record_counts(
            campaign=self.drivers, by=self._county, client_uuid=uuid4(), first_on=date(2024, 3, 12),
            last_on=date(2024, 3, 12), occupation="bus", tested=150, positive=0,
        )  # fmt: skip

    @cached_property
    def campaign_target(self) -> CampaignTarget:
        """The order of this person is over by the day on which the list is drawn up."""
        return listed(
            self.campaign, self.person, by=self.by, ground="law", ground_words="专项行动通知",
        )  # fmt: skip
