"""The sending unit: it stays responsible until the other one has accepted (条例 art. 22)."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.approvals.facts import Facts, day_in
from apps.approvals.models import Proposal
from apps.approvals.services import propose, withdraw
from apps.areas.fields import full_name
from apps.areas.models import Area, place_ids, place_of
from apps.audit.acting import acting
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents.codes import PaperKind
from apps.documents.services import issue_document
from apps.persons.models import Person
from apps.transfers.codes import OPEN, TransferState
from apps.transfers.law import article_of
from apps.transfers.models import Transfer
from apps.transfers.notices import tell_asked, tell_cancelled, tell_handed_over

ACCEPTANCE = "transfer"


@transaction.atomic
@once(Transfer, target="case", called={"on": "asked_on", "area": "receiver"})
def ask_transfer(
    *,
    case: Case,
    by: User,
    client_uuid: UUID,
    area: Area,
    on: date,
    reason: str,
    new_residence: str = "",
) -> Transfer:
    """The person asks for another place of execution. The same form sent twice is one row."""
    locked = lock(case)
    unit = area.merged_into or area
    _refuse_ended(locked)
    _refuse_same(locked, unit)
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if not is_reason(reason):
        raise Refused(_("Say why the person asks for it."), field="reason")
    to = {f"to_{field}": found for field, found in place_of(unit).items()}
    transfer = Transfer(
        client_uuid=client_uuid, case=locked, person=locked.person, asked_on=on,
        reason=reason.strip(), new_residence=new_residence.strip(), recorded_by=by,
        **to, **place_ids(locked),
    )  # fmt: skip
    store(transfer, by)
    tell_asked(transfer, by)
    return transfer


@transaction.atomic
def hand_over(*, transfer: Transfer, by: User) -> Transfer:
    """The letter goes out, and the receiving unit has it in its inbox. Nothing moves yet."""
    locked = lock_transfer(transfer)
    if locked.state == TransferState.HANDED_OVER:
        return locked  # the same tap again
    refuse_unless(locked, TransferState.ASKED)
    if not by.may(Permission.CASE_ASSIGN):
        raise Refused(_("A supervisor hands over."))
    _refuse_ended(lock(locked.case))
    unit = locked.receiver
    locked.letter = issue_document(
        person=locked.person, case=locked.case, kind=PaperKind.TRANSFER, by=by,
        client_uuid=uuid5(locked.public_id, "letter"),
        record=locked.public_id,
    )  # fmt: skip
    locked.state, locked.handed_over_on, locked.handed_over_by = (
        TransferState.HANDED_OVER,
        today(),
        by,
    )
    store(locked, by)
    propose(
        kind=ACCEPTANCE, person=locked.person, subject=locked.public_id, by=by,
        facts=_facts(locked), place=Proposal(**place_of(unit)),
    )  # fmt: skip
    tell_handed_over(locked, by)
    return locked


@transaction.atomic
def cancel_transfer(*, transfer: Transfer, by: User, reason: str) -> Transfer:
    """The person stays, or the entry was a mistake: until it is accepted it can be taken back."""
    locked = lock_transfer(transfer)
    if locked.state == TransferState.CANCELLED:
        same_or_differs(locked, _("Taken back already."), decision_reason=reason)
        return locked  # the same tap again
    refuse_unless(locked, *OPEN)
    if not is_reason(reason):
        raise Refused(_("Say why."), field="reason")
    if by.area is None or not by.area.contains(locked.sender):
        raise Refused(_("Only the sending unit takes a transfer back; the other one refuses it."))
    withdraw(kind=ACCEPTANCE, subject=locked.public_id, by=by, reason=reason)
    tell_cancelled(locked, by)
    return close(locked, TransferState.CANCELLED, by, reason)


def refuse_while_open(person: Person) -> None:
    """Until a transfer is decided the person belongs where the order is carried out."""
    found = (
        Transfer.objects.open()
        .filter(person=person)
        .select_related("case", "to_county", "to_town", "to_village")
    )
    if waiting := found.order_by("pk").first():
        raise Refused(
            _(
                "A transfer to %(unit)s is under way. Take it back or let it be decided first; "
                "after that the unit can be changed."
            )
            % {"unit": full_name(waiting.receiver)},
            article_of(waiting.case.measure),
            field="area",
        )


def lock_transfer(transfer: Transfer) -> Transfer:
    held = Transfer.objects.select_for_update(of=("self",)).select_related(
        "person", "case", "county", "town", "to_county", "to_town", "to_village"
    )
    locked: Transfer = held.get(pk=transfer.pk)
    return locked


def refuse_unless(transfer: Transfer, *states: str) -> None:
    if transfer.state not in states:
        raise Refused(
            _("This is not possible now: the transfer is “%(state)s”.")
            % {"state": transfer.get_state_display()},
            article_of(transfer.case.measure),
        )


def close(transfer: Transfer, state: str, by: User, reason: str) -> Transfer:
    transfer.state, transfer.decided_on, transfer.decided_by = state, today(), by
    transfer.decision_reason = reason.strip()
    return store(transfer, by, reason)


def store(transfer: Transfer, by: User, reason: str = "") -> Transfer:
    with acting(by, reason):
        save_or_refuse(transfer)
    return transfer


def _refuse_ended(case: Case) -> None:
    if case.duties_end_on is not None and case.duties_end_on < today():
        raise Refused(
            _("The term has ended; there is nothing to carry out elsewhere."),
            article_of(case.measure),
        )
    if case.reported_on is None:
        raise Refused(
            _("The person has not reported yet. Correct the executing unit of the order instead."),
            article_of(case.measure),
        )


def _refuse_same(case: Case, unit: Area) -> None:
    if (case.town or case.county).contains(unit):
        raise Refused(
            _("%(unit)s is the unit that carries the order out already.") % {"unit": unit.name},
            article_of(case.measure),
            field="area",
        )


def _facts(transfer: Transfer) -> Facts:
    """What the receiving unit needs before it accepts: who, which order, which letter."""
    case = transfer.case
    return {
        "name": transfer.person.name, "measure": case.measure, "number": case.decision_number,
        "reported": case.reported_on, "end": case.duties_end_on,
        "sender": full_name(transfer.sender), "receiver": full_name(transfer.receiver),
        "letter": transfer.letter.number if transfer.letter else "",
    }  # fmt: skip


def facts_in_words(facts: Facts) -> str:
    """The same to whoever reads it."""
    told = {
        "measure": Measure(facts["measure"]).label,
        "reported": day_in(facts, "reported"),
        "end": day_in(facts, "end"),
    }
    return _(
        "%(name)s, %(measure)s %(number)s, reported on %(reported)s, until %(end)s.\n"
        "From %(sender)s to %(receiver)s, letter %(letter)s."
    ) % {**facts, **told}


def refuse_merge_while_open(person: Person) -> None:
    """Two units are looking at this file: it is not changed under their hands."""
    if Transfer.objects.open().filter(person=person).exists():
        raise Refused(
            _(
                "A transfer of %(name)s, file %(number)s, is under way. Take it back or let it be "
                "decided first."
            )
            % {"name": person.name, "number": person.file_number}
        )
