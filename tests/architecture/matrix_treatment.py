"""Rows of the world of the matrix about maintenance treatment and learning."""

from datetime import date
from functools import cached_property

from django.utils import timezone

from apps.areas.models import place_ids
from apps.learning.models import LearningRecord, UnitScore
from apps.treatment.models import Attendance, Clinic, Treatment
from tests.architecture.matrix_employment import EmploymentRows
from tests.factories.learning import learned, unit_score
from tests.factories.treatment import attended, clinic_of, treated

FIRST = date(2024, 1, 4)


class TreatmentRows(EmploymentRows):
    """Made when an address names them; with work and training, another help of its own."""

    @cached_property
    def clinic(self) -> Clinic:
        return clinic_of(by=self.by)

    @cached_property
    def treatment(self) -> Treatment:
        return treated(self.person, by=self.by, since=FIRST, clinic=self.clinic)

    @cached_property
    def ended_treatment(self) -> Treatment:
        """An earlier one, whichever of the two is made first."""
        made: Treatment = Treatment.objects.create(
            person=self.person, clinic=self.clinic, medicine="methadone", since=date(2023, 2, 1),
            basis="signed", consent_on=date(2023, 2, 1), ended_on=date(2023, 9, 1),
            end_reason="own_wish", recorded_at=timezone.now(), recorded_by=self.by,
            **place_ids(self.person),
        )  # fmt: skip
        return made

    @cached_property
    def treatment_month(self) -> Attendance:
        return attended(self.treatment, by=self.by, month=date(2024, 3, 1))

    @cached_property
    def learning(self) -> LearningRecord:
        return learned(self.person, by=self.by, first=FIRST)

    @cached_property
    def unit_score(self) -> UnitScore:
        return unit_score(by=self.by, first=FIRST)
