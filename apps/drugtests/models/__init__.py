"""A drug test; what it looks for; the way of its sample."""

from apps.drugtests.models.dossier import Dossier, Reading, Step
from apps.drugtests.models.drug_test import DrugTest
from apps.drugtests.models.occupational import OccupationalScreening
from apps.drugtests.models.panels import Analyte, CutOff, Kit

__all__ = [
    "Analyte", "CutOff", "Dossier", "DrugTest", "Kit", "OccupationalScreening", "Reading", "Step",
]  # fmt: skip
