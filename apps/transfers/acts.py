"""The acts on a transfer, as declarations: each is a page with one form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.act_page import ActForm
from apps.persons.models import Person
from apps.transfers import forms
from apps.transfers.models import Transfer

Words = str | Promise


@dataclass(frozen=True)
class TransferAct:
    """`rows`: in whose scope the transfer is looked up."""

    title: Words
    permission: Permission
    form: type[ActForm]
    done: Words
    rows: Callable[[User], Any]
    words: Words = ""
    button: Words = ""


def _ours(user: User) -> Any:
    """Of persons whom the user's unit is responsible for today."""
    return Transfer.objects.visible_to(user).filter(person__in=Person.objects.visible_to(user))


def _arriving(user: User) -> Any:
    return Transfer.objects.arriving_for(user)


ACTS = {
    "hand-over": TransferAct(
        _("Hand over"),
        Permission.CASE_ASSIGN,
        forms.HandOverForm,
        _("Handed over: the other unit decides now."),
        _ours,
        _(
            "The transfer letter is issued, and the other unit has it in its inbox. Until it "
            "has accepted, your unit stays responsible and nothing changes."
        ),
        _("Issue the letter and hand over"),
    ),
    "cancel": TransferAct(
        _("Take the transfer back"),
        Permission.CASE_EDIT,
        forms.CancelForm,
        _("Taken back: everything stays as it is."),
        _ours,
    ),
    "accept": TransferAct(
        _("Accept the transfer"),
        Permission.APPROVE,
        forms.AcceptForm,
        _("Accepted: the order is carried out here from today."),
        _arriving,
        _(
            "Order, person and the whole file belong to your unit from this moment on. The term "
            "runs on; the person reports within 15 days, and a new agreement is signed."
        ),
        _("Accept"),
    ),
    "arrival": TransferAct(
        _("Record the report at the new place"),
        Permission.CASE_EDIT,
        forms.ArrivalForm,
        _("Recorded. Sign the new agreement next."),
        _ours,
    ),
    "agreement": TransferAct(
        _("New agreement signed"),
        Permission.CASE_EDIT,
        forms.AgreementForm,
        _("Recorded."),
        _ours,
        _("The order was in force all the time: the term is counted from the first report."),
    ),
}
