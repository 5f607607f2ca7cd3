"""A test as its pages read it: the row, its hand-overs, what was found. Each statement is written
once in the life of a process.
"""

from typing import Any, cast
from uuid import UUID

from django.db.models import BigIntegerField, F, UUIDField
from django.http import Http404

from apps.accounts.models import User
from apps.accounts.requests import SignedInRequest
from apps.core.days import today
from apps.core.prepared import Prepared, Slot
from apps.core.shared_statements import PreparedForReaders
from apps.drugtests.models import Dossier, DrugTest, Reading, Step


def drug_test_or_404(request: SignedInRequest, public_id: UUID) -> DrugTest:
    """The test, if in the user's scope; the same 404 for elsewhere and nowhere."""
    rows = _TESTS.rows(request.user, today(), _visible, id=public_id)
    if not rows:
        raise Http404(DrugTest._meta.label)
    return cast(DrugTest, rows[0])


def steps_of(dossier: Dossier) -> list[Step]:
    """All of them, those taken back too, in the order in which they happened."""
    return cast(list[Step], _STEPS.rows(dossier=dossier.pk))


def readings_of(dossier: Dossier) -> list[Reading]:
    """What stands, with substance, kit and step."""
    return cast(list[Reading], _READINGS.rows(dossier=dossier.pk))


def _visible(user: User) -> Any:
    rows = DrugTest.objects.visible_to(user).select_related(
        "person__county", "person__town", "person__village", "recorded_by", "case", "dossier"
    )
    return rows.filter(public_id=Slot("id", UUIDField()))


def _steps() -> Any:
    rows = Step.objects.filter(dossier=Slot("dossier", BigIntegerField()))
    return rows.select_related("body").order_by("at", "pk")


def _readings() -> Any:
    rows = Reading.objects.filter(
        step__dossier=Slot("dossier", BigIntegerField()), step__withdrawn_at=None
    )
    return rows.select_related("analyte", "kit", "step").order_by(F("analyte__position"), "pk")


_TESTS = PreparedForReaders(100)
_STEPS, _READINGS = Prepared(_steps), Prepared(_readings)
