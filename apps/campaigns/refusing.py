"""Why the database says no to a row of a list, in words: two at once end here."""

from typing import Any, Final

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

WORDS: Final = {
    "campaign_target_in_open_campaign": _(
        "This campaign is closed; nothing is entered any more."
    ),
    "campaign_target_of_persons": _(
        "This campaign counts an occupation: nobody is on a list of it."
    ),
    "campaign_target_duty_runs": _("The order of this person does not run on the day."),
    "campaign_target_lives": _("This person has died."),
    "campaign_target_slot_has_room": _("This slot is full: choose another."),
    "campaign_target_slot_in_duty": _("No duty of this person runs on this day."),
    "campaign_target_two_women": _(
        "A woman's urine is collected by women only: this site has no two women."
    ),
    "campaign_target_test_fits": _(
        "This test is not the person's, or of another sample, kind or time than the campaign."
    ),
    "campaign_keeps_its_list": _(
        "The list of this campaign was drawn up: its sample, kind and first day stay."
    ),
    "campaign_count_of_occupation": _(
        "This campaign has a list of persons: nothing is entered as a sum."
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
