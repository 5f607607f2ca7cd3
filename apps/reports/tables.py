"""Rows behind the figures."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import short_day
from apps.needs.models import Need
from apps.persons.models import Person
from apps.schedule.models import DueItem, Outcome

TOWN = {"verbose_name": _("Town"), "accessor": "town__name", "order_by": ("town__code",)}
VILLAGE = {
    "verbose_name": _("Village"),
    "accessor": "village__name",
    "order_by": ("village__code",),
}


class _OfPersons(BaseTable):
    """A table whose names open the person's page."""

    def person_of(self, record: Any) -> Person:
        person: Person = getattr(record, "person", record)
        return person

    def link_for(self, record: Any) -> str:
        return reverse("workbench:person", args=[self.person_of(record).public_id])


class PersonRows(_OfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    sex = tables.Column(verbose_name=_("Sex"), accessor="get_sex_display", order_by=("sex",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    status = tables.Column(
        verbose_name=_("Status without an order"), accessor="get_life_status_display",
        order_by=("life_status",),
    )  # fmt: skip

    class Meta:
        model = Person
        fields = ()


class CaseRows(_OfPersons):
    name = NameColumn(verbose_name=_("Name"), accessor="person__name", order_by=("sort_key",))
    measure = tables.Column(
        verbose_name=_("Measure"), accessor="get_measure_display", order_by=("measure",)
    )
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    decided_on = DayColumn(verbose_name=_("Decided"))
    in_force_from = DayColumn(verbose_name=_("In force from"))
    duties_end_on = DayColumn(verbose_name=_("Last day of duties"))

    class Meta:
        model = Case
        fields = ()


class AssessedRows(CaseRows):
    valid_until = DayColumn(verbose_name=_("Assessed until"))

    def render_valid_until(self, value: Any) -> str:
        return str(value.isoformat())


class NeedRows(_OfPersons):
    name = NameColumn(
        verbose_name=_("Name"), accessor="person__name", order_by=("person__sort_key",)
    )
    kind = tables.Column(verbose_name=_("Need"), accessor="get_kind_display", order_by=("kind",))
    urgency = tables.Column(
        verbose_name=_("Urgency"), accessor="get_urgency_display", order_by=("urgency",)
    )
    town = tables.Column(**TOWN)
    said_on = DayColumn(verbose_name=_("Said on"))
    referred_on = DayColumn(verbose_name=_("Referred on"))

    class Meta:
        model = Need
        fields = ()


class WindowRows(_OfPersons):
    name = NameColumn(
        verbose_name=_("Name"), accessor="person__name", order_by=("person__sort_key",)
    )
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    opens_on = DayColumn(verbose_name=_("Opens"))
    due_on = DayColumn(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), order_by=("done_on",))

    class Meta:
        model = DueItem
        fields = ()

    def render_state(self, record: DueItem) -> Any:
        if record.outcome == Outcome.DONE:
            return tag_html("done", gettext("Done %(day)s") % {"day": short_day(record.done_on)})
        return tag_html("na", gettext("Not done"))

    def value_state(self, record: DueItem) -> Any:
        return record.done_on
