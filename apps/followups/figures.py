"""Follow-ups on the dashboard: how many of those on the lists were reached."""

from typing import Any, Final

import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.tables import DayColumn, NameColumn
from apps.followups.models import FollowUpTarget
from apps.followups.querysets import reached_by
from apps.persons.figures import FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker


class FollowUpRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    last = DayColumn(
        verbose_name=_("End of the round"), accessor="round__last", order_by=("round__last",)
    )
    ground = tables.Column(
        verbose_name=_("Ground"), accessor="get_ground_display", order_by=("ground",)
    )
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = FollowUpTarget
        fields = ()


def _rows(period: Period) -> Rows:
    """Each person of a list once, in the period in which the round ends."""
    rows: Any = period.here(FollowUpTarget.objects.all(), "round__last")
    return rows.filter(round__last__range=(period.first, period.last))


def _done(period: Period) -> Q:
    return Q(reached_by(period.as_at))


FOLLOWUP_RATE: Final = Indicator(
    code="followup_rate",
    title=_("Follow-ups reached"),
    unit=pgettext_lazy("unit of a figure", "follow-ups"),
    definition=_(
        "Persons on the lists of follow-up rounds that end in the period, and how many of them "
        "were reached in person or by phone."
    ),
    excluded=_("Tries that were withdrawn. Who wants no follow-up was not reached."),
    rows=_rows,
    done=_done,
)
LISTS: Final = (
    FigureList(
        indicator=FOLLOWUP_RATE, table=FollowUpRows, export_name="follow-ups", default_sort="name",
        rank=185, card=135, related=("person", "round", "town", "village"),
        words=(_("All"), _("Reached"), _("Not reached")),
    ),
)  # fmt: skip
