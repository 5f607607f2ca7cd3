"""The receiving unit works with another installation: its answer comes as a receipt."""

from django.db import transaction

from apps.accounts.models import User
from apps.approvals.services import withdraw
from apps.cases.services import correct_case
from apps.cases.services.orders import lock
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer
from apps.transfers.services.sending import ACCEPTANCE, close, lock_transfer, refuse_unless


@transaction.atomic
def accepted_elsewhere(*, transfer: Transfer, by: User, reason: str) -> Transfer:
    """As with an acceptance here: the file leaves the sending unit, with all that is in it. What
    is to be reported and signed is recorded there.
    """
    locked = lock_transfer(transfer)
    refuse_unless(locked, TransferState.HANDED_OVER)
    case = lock(locked.case)
    withdraw(kind=ACCEPTANCE, subject=locked.public_id, by=by, reason=reason)
    close(locked, TransferState.ACCEPTED, by, reason)
    correct_case(case=case, by=User.objects.system(), reason=str(locked), area=locked.receiver)
    return locked


@transaction.atomic
def refused_elsewhere(*, transfer: Transfer, by: User, reason: str) -> Transfer:
    """Everything stays with the sending unit."""
    locked = lock_transfer(transfer)
    refuse_unless(locked, TransferState.HANDED_OVER)
    withdraw(kind=ACCEPTANCE, subject=locked.public_id, by=by, reason=reason)
    return close(locked, TransferState.REFUSED, by, reason)
