"""The receiving unit: with its acceptance the file moves, and the clock runs on (条例 art. 22)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve
from apps.areas.models import Area
from apps.areas.units import codes_today
from apps.cases.services import correct_case
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.refusals import Refused
from apps.law.current import load_calendar, load_rulebook
from apps.law.dates import transfer_deadline
from apps.law.parameters import Parameter
from apps.persons.services import assign_worker, change_person
from apps.transfers.codes import TransferState
from apps.transfers.law import article_of
from apps.transfers.models import Transfer
from apps.transfers.services.sending import ACCEPTANCE, close, lock_transfer, refuse_unless, store


@transaction.atomic
def accept_transfer(
    *, transfer: Transfer, by: User, reason: str = "", worker: User | None = None
) -> Transfer:
    """Accept, and name the worker at once; without one the order waits in “Not assigned”."""
    waiting = Proposal.objects.about(transfer.public_id, ACCEPTANCE).waiting().first()
    if waiting is None:
        refuse_unless(lock_transfer(transfer), TransferState.HANDED_OVER)
        raise Refused(_("This waits for no decision."))
    approve(proposal=waiting, by=by, reason=reason)
    if worker is not None:
        assign_worker(persons=[transfer.person], worker=worker, by=by, on=today())
    transfer.refresh_from_db()
    return transfer


def take_over(proposal: Proposal, by: User) -> None:
    """Accepted: order, person and file belong to the new unit from this moment on."""
    locked = _of(proposal)
    refuse_unless(locked, TransferState.HANDED_OVER)
    case = lock(locked.case)
    if case.duties_end_on is not None and case.duties_end_on < today():
        raise Refused(
            _("The term has ended meanwhile; reject the transfer."), article_of(locked.case.measure)
        )
    locked.report_by = _deadline(today(), locked.receiver)
    close(locked, TransferState.ACCEPTED, by, proposal.decision_reason)
    correct_case(case=case, by=by, reason=str(locked), area=locked.receiver)


def send_back(proposal: Proposal, by: User) -> None:
    """Refused: everything stays with the sending unit, which reads the reason."""
    locked = _of(proposal)
    refuse_unless(locked, TransferState.HANDED_OVER)
    close(locked, TransferState.REFUSED, by, proposal.decision_reason)


@transaction.atomic
def record_arrival(
    *, transfer: Transfer, by: User, on: date, residence_address: str = ""
) -> Transfer:
    """The person reported at the new place; the term goes on from the first report.

    `residence_address`: where the person lives now, for the file; empty leaves it as it is.
    """
    locked = lock_transfer(transfer)
    lives = residence_address.strip()
    moves = bool(lives) and lives != locked.person.residence_address
    if locked.arrived_on == on and not moves:
        return locked  # the same tap again
    refuse_unless(locked, TransferState.ACCEPTED)
    if locked.arrived_on is not None:
        raise Refused(_("The report at the new place is on file."), article_of(locked.case.measure))
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    locked.arrived_on = on
    if moves:
        change_person(person=locked.person, by=by, reason=str(locked), residence_address=lives)
    return store(locked, by)


@transaction.atomic
def sign_new_agreement(*, transfer: Transfer, by: User, on: date) -> Transfer:
    """A new agreement with the new unit; the order was in force all the time."""
    locked = lock_transfer(transfer)
    if locked.agreement_on == on:
        return locked  # the same tap again
    if locked.arrived_on is None:
        raise Refused(
            _("The new agreement follows the report at the new place."),
            article_of(locked.case.measure),
        )
    if locked.agreement_on is not None:
        raise Refused(_("The new agreement is on file."), article_of(locked.case.measure))
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    locked.agreement_on = on
    return store(locked, by)


def _deadline(changed_on: date, receiver: Area) -> date:
    """条例 art. 22: counted with the calendar and the numbers of the receiving unit."""
    book = load_rulebook().near(codes_today([receiver.pk])[receiver.pk])
    return transfer_deadline(
        changed_on,
        load_calendar(changed_on),
        days=book.value(Parameter.TRANSFER_DAYS, changed_on),
        extends=book.value(Parameter.EXTENDS, changed_on),
    )


def _of(proposal: Proposal) -> Transfer:
    return lock_transfer(Transfer.objects.get(public_id=proposal.subject))
