"""Rows of the world of the matrix about samples and what is tested for."""

from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.cases.models import Case
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
from apps.persons.models import Person
from tests.drugtests.ways import step
from tests.factories.campaigns import listed, opened
from tests.factories.drugtests import sampled


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
    def campaign(self) -> Campaign:
        return opened(first=date(2024, 3, 10), last=date(2024, 9, 30), by=self.by)

    @cached_property
    def campaign_target(self) -> CampaignTarget:
        self.case  # noqa: B018 - a running duty
        return listed(self.campaign, self.person, by=self.by)
