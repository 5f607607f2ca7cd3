"""Take back what was saved a moment ago on a sample day, by the one who saved it."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.day import is_fresh
from apps.core.refusals import Refused
from apps.drugtests.dossiers import take_back_step
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.services import withdraw_test


@transaction.atomic
def undo_step(*, step: Step, by: User) -> Step:
    """The same as to take it back, with a reason that says how."""
    _refuse_late(step, by)
    return take_back_step(step=step, by=by, reason=_reason())


@transaction.atomic
def undo_sample(*, test: DrugTest, by: User) -> DrugTest:
    """The record of the sample is withdrawn; its row of the list is to be done again."""
    _refuse_late(test, by)
    return withdraw_test(test=test, by=by, reason=_reason())


def _refuse_late(row: Step | DrugTest, by: User) -> None:
    if not is_fresh(row, by):
        raise Refused(
            _("Only the last minutes are undone here: take it back on the page of the test.")
        )


def _reason() -> str:
    return _("Undone at once on the sample day")
