"""Carers and care plans on the dashboard: who has none stands first in the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.care.models import CareListEntry
from apps.care.querysets import led_on, planned
from apps.cases.models import Case, TeamMember
from apps.core.tables import DayColumn, NameColumn
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker


class CarerRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("sort_key",))
    carer = tables.Column(verbose_name=_("Carer by name"), order_by=("led", "sort_key"))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    in_force_from = DayColumn(verbose_name=_("In force from"))
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Case
        fields = ()


class CareEntryRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    list = tables.Column(
        verbose_name=_("Care list"), accessor="list__title", order_by=("list__title",)
    )
    since = DayColumn(verbose_name=_("On the list since"), accessor="day", order_by=("day",))
    plan = tables.BooleanColumn(
        verbose_name=_("Care plan"), accessor="has_plan", order_by=("has_plan", "person__sort_key"),
        yesno=(_("Stands"), _("None yet")),
    )  # fmt: skip
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    worker = worker()

    class Meta:
        model = CareListEntry
        fields = ()

    def render_plan(self, value: bool) -> Any:
        return _("Stands") if value else _("None yet")

    value_plan = render_plan


def _orders(period: Period) -> Rows:
    """`led`, to sort by: who has nobody stands first."""
    rows: Any = period.here(Case.objects.all()).in_force_on(period.as_at)
    rows = rows.living_on(period.as_at)
    return rows.annotate(led=led_on(period.as_at))


def _entries(period: Period) -> Rows:
    """Of lists that run on the day, with an order in force on it; `has_plan`, to sort by."""
    day = period.as_at
    running = Q(list__closed_at=None) | Q(list__closed_at__date__gt=day)
    rows: Any = period.here(CareListEntry.objects.all()).under_order_on(day)
    rows = rows.filter(running, list__first__lte=day, list__last__gte=day)
    return rows.annotate(has_plan=planned(day))


def _set_carers(rows: Sequence[Any], day: date) -> None:
    """The carer by name of each order; one query."""
    leads = TeamMember.objects.filter(case__in=[row.pk for row in rows]).leading_on(day)
    names = {one.case_id: f"{one.name} · {one.get_kind_display()}" for one in leads}
    for row in rows:
        row.carer = names.get(row.pk, "")


CARERS: Final = Indicator(
    code="carers_rate",
    title=_("With a carer by name"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Orders in force on the day, and how many of them have somebody who leads the team and is "
        "the person's carer by name. None should be without."
    ),
    excluded=_("Orders that wait for the report or the agreement, and those that are over."),
    rows=_orders,
    done=lambda period: Q(led_on(period.as_at)),
)
PLANS: Final = Indicator(
    code="care_plan_rate",
    title=_("Care lists: with a plan"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons with an order in force on care lists that run on the day, and how many of them "
        "have a care plan. Who stands on two lists counts twice."
    ),
    excluded=_("Whoever was taken off a list, and lists that were closed."),
    rows=_entries,
    done=lambda period: Q(planned(period.as_at)),
)
LISTS: Final = (
    FigureList(
        indicator=CARERS, table=CarerRows, export_name="carers", default_sort="carer", rank=83,
        card=136, group=FigureGroup.HELP, tell=_set_carers,
        words=(_("All"), _("With a carer by name"), _("Without a carer by name")),
    ),
    FigureList(
        indicator=PLANS, table=CareEntryRows, export_name="care-plans", default_sort="plan",
        rank=84, card=137, group=FigureGroup.HELP, related=("person", "list", "town", "village"),
        words=(_("All"), _("With a care plan"), _("Without a care plan")),
    ),
)  # fmt: skip
