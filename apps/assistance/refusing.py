"""Why the database says no to a row of help, in words: two at once end here."""

from typing import Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

WORDS: Final = {
    "assistancestep_in_order": _("This step cannot follow on what is on record."),
    "assistancestep_in_time": _("The day lies before that of another step or payment."),
    "assistancestep_last_first": _("Take back what came later first; a payment is reversed."),
    "payment_after_approval": _(
        "Nothing can be received on this day: the help was not approved by then, or has ended."
    ),
    "payment_once_a_month": _("One of these months was paid already: reverse that first."),
    "payment_within_a_year": _("Help is paid for twelve months ahead at most."),
    "samehelp_of_a_year": _(
        "Ask for twelve months at most, which begin within a year before or after this month."
    ),
    "payment_by_the_unit_of_the_day": _(
        "It stands in the ledger of the unit that was responsible for the person on the day."
    ),
    "payment_in_an_open_month": _(
        "This month is closed in the ledger. Choose a day in a month that is open."
    ),
    "month_of_a_ledger": _("A county or a town keeps a ledger: its month is closed."),
    "payment_within_budget": _("More than what is left of the budget of the year."),
    "payment_reverses_its_payment": _("A reversal takes back one payment, whole and once."),
    "budget_once_a_unit": _("This unit has a budget for the programme and year."),
    "budget_covers_what_was_paid": _("More than this was paid in the year already."),
    "look_in_time": _("So many days have not passed since the first delivery."),
    "assistancestep_beside_looks": _(
        "Somebody looked after this day and reached the person. Withdraw that look first."
    ),
    "look_beside_end": _("This help ended before this day, as the person had died."),
    "look_once": _("This was looked at already."),
    "programme_kept_as_used": _(
        "There is help of this programme: kind, rhythm and restriction stay. Open another one."
    ),
}  # fmt: skip


def store(row: Any, **kwargs: Any) -> None:
    """Save, or say in words what the database forbids."""
    try:
        save_or_refuse(row, **kwargs)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in WORDS:
            raise
        raise Refused(WORDS[name]) from error
