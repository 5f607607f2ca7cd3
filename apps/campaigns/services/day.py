"""Take back what was saved a moment ago on a sample day, by the one who saved it."""

from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.campaigns.day import is_fresh
from apps.campaigns.services.samples import ENTERED_WITH
from apps.core.refusals import Refused
from apps.drugtests.dossier_page import permission_back
from apps.drugtests.dossiers import take_back_step
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.services import withdraw_test


def may_undo(row: Step | DrugTest, by: User) -> bool:
    """Who may take it back on the page of the test; of a sample whoever records one."""
    if isinstance(row, DrugTest):
        return True
    return by.may(permission_back(row.kind, row.dossier.had))


@transaction.atomic
def undo_step(*, step: Step, by: User) -> Step:
    """The same as to take it back, with a reason that says how."""
    _refuse_late(step, by)
    return take_back_step(step=step, by=by, reason=_reason())


@transaction.atomic
def undo_sample(*, test: DrugTest, by: User) -> DrugTest:
    """The record of the sample is withdrawn, with what was entered together with it; its row of
    the list is to be done again.
    """
    _refuse_late(test, by)
    keys = [uuid5(test.client_uuid, kind) for kind in ENTERED_WITH]
    for step in Step.objects.filter(dossier__test=test, client_uuid__in=keys, withdrawn_at=None):
        take_back_step(step=step, by=by, reason=_reason())
    return withdraw_test(test=test, by=by, reason=_reason())


def _refuse_late(row: Step | DrugTest, by: User) -> None:
    if not is_fresh(row, by):
        raise Refused(
            _("Only the last minutes are undone here: take it back on the page of the test.")
        )


def _reason() -> str:
    return _("Undone at once on the sample day")
