"""Pages of maintenance treatment and of learning that may be sent twice."""

from datetime import date
from functools import cached_property
from typing import Any

from apps.accounts.models import User
from apps.learning import forms as learning_forms
from apps.learning.models import LearningRecord, UnitScore
from apps.treatment import forms
from apps.treatment.models import Clinic, Treatment
from tests.factories.areas import JIAJI
from tests.factories.treatment import clinic_of

FIRST = date(2024, 9, 2)


class TreatmentOffice:
    users: list[User]

    @cached_property
    def clinic(self) -> Clinic:
        return clinic_of(by=self.users[0])


# Arguments of `sent_pages.Page`.
TREATMENT_PAGES: list[dict[str, Any]] = [
    {
        "shape": forms.ClinicForm, "model": Clinic, "url": "treatment:new-clinic", "words": "name",
        "args": lambda _office, _n: [], "has_target": False, "fresh": {"name": "博鳌维持治疗中心"},
        "data": {"area": JIAJI, "kind": "centre", "opened_on": "2024-09-05"},
    },
    {
        "shape": forms.TreatmentForm, "model": Treatment, "url": "treatment:begin",
        "words": "medicine_words", "fresh": None,
        "data": {"medicine": "other", "since": "2024-09-05", "basis": "signed",
                 "consent_on": "2024-09-03"},
        "more": lambda office, _n: {"clinic": office.clinic.pk},
    },
    {
        "shape": learning_forms.LearningForm, "model": LearningRecord, "url": "learning:new",
        "words": "words", "fresh": {"first": "2024-09-04"},
        "data": {"title": "禁毒知识", "origin": "own", "first": "2024-09-05", "points": "98.90"},
    },
    {
        "shape": learning_forms.UnitScoreForm, "model": UnitScore, "url": "learning:new-score",
        "words": "words", "args": lambda _office, _n: [], "has_target": False,
        "data": {"area": JIAJI, "title": "学习总积分", "origin": "own", "first": "2024-09-05",
                 "points": "98.9"},
    },
]  # fmt: skip
