"""The field of the unit that is responsible for a person."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.fields import AreaField
from apps.areas.models import Area, ScopedModel
from apps.core.days import today
from apps.persons.models import Person

MOVES = _(
    "With another unit the whole file goes there, and who does not work there is no longer "
    "responsible. Figures of past days stay where they are."
)


def unit_of(row: ScopedModel) -> Area:
    """The nearest unit of a row."""
    return row.village or row.town or row.county


def unit_field(user: User, person: Person | None) -> AreaField | None:
    """None while an order runs: then the unit is the order's, and changes on the order's page."""
    if person is not None and person.cases.open_on(today()).exists():
        return None
    words = MOVES if person else _("Village or town that looks after the person.")
    field = AreaField(label=_("Responsible unit"), help_text=words, required=person is None)
    field.bind(user.area)
    return field
