"""The acts on a transfer, as declarations: each is a page with one form."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.act_page import Act
from apps.persons.models import Person
from apps.transfers import forms
from apps.transfers.models import Transfer


def rows_for(act: str, user: User) -> Any:
    """The other unit accepts; all else is for the unit that is responsible for the person today."""
    if act == "accept":
        return Transfer.objects.arriving_for(user)
    return Transfer.objects.visible_to(user).filter(person__in=Person.objects.visible_to(user))


ACTS = {
    "hand-over": Act(
        _("Hand over"),
        Permission.CASE_ASSIGN,
        forms.HandOverForm,
        _("Handed over: the other unit decides now."),
        _(
            "The transfer letter is issued, and the other unit has it in its inbox. Until it "
            "has accepted, your unit stays responsible and nothing changes."
        ),
        _("Issue the letter and hand over"),
    ),
    "cancel": Act(
        _("Take the transfer back"),
        Permission.CASE_EDIT,
        forms.CancelForm,
        _("Taken back: everything stays as it is."),
    ),
    "accept": Act(
        _("Accept the transfer"),
        Permission.APPROVE,
        forms.AcceptForm,
        _("Accepted: the order is carried out here from today."),
        _(
            "Order, person and the whole file belong to your unit from this moment on. The term "
            "runs on; the person reports within 15 days, and a new agreement is signed."
        ),
        _("Accept"),
    ),
    "arrival": Act(
        _("Record the report at the new place"),
        Permission.CASE_EDIT,
        forms.ArrivalForm,
        _("Recorded. Sign the new agreement next."),
    ),
    "agreement": Act(
        _("New agreement signed"),
        Permission.CASE_EDIT,
        forms.NewAgreementForm,
        _("Recorded."),
        _("The order was in force all the time: the term is counted from the first report."),
    ),
}
