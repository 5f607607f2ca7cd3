"""Rows behind the figures: the columns of each answer the question of its figure.

Who looks after the person, and when anybody met or spoke to the person last, stand in every list.
"""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext, gettext_lazy as _

from apps.cases.models import Case
from apps.core.markup import level_html, tag_html
from apps.core.tables import DayColumn, NameColumn, NumberColumn
from apps.core.text import short_day
from apps.persons.models import Person
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, last_contact, worker
from apps.schedule.due_words import late_words
from apps.schedule.duties import duty_label
from apps.schedule.models import DueItem, Outcome


class PersonRows(RowsOfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    sex = tables.Column(verbose_name=_("Sex"), accessor="get_sex_display", order_by=("sex",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    status = tables.Column(
        verbose_name=_("Status without an order"),
        accessor="get_life_status_display",
        order_by=("life_status",),
    )
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = Person
        fields = ()


class _OrderRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)

    class Meta:
        model = Case
        fields = ()


class CaseRows(_OrderRows):
    measure = tables.Column(
        verbose_name=_("Measure"), accessor="get_measure_display", order_by=("measure",)
    )
    in_force_from = DayColumn(verbose_name=_("In force from"))
    duties_end_on = DayColumn(verbose_name=_("Last day of duties"))
    last_contact = last_contact()
    worker = worker()


class NotAssignedRows(_OrderRows):
    measure = tables.Column(
        verbose_name=_("Measure"), accessor="get_measure_display", order_by=("measure",)
    )
    alone_since = DayColumn(verbose_name=_("Without a worker since"), orderable=False)
    last_worker = tables.Column(verbose_name=_("Responsible before"), orderable=False)
    last_contact = last_contact()


class NoContactRows(_OrderRows):
    last_contact = last_contact(orderable=True, order_by=("quiet_since",))
    quiet_days = NumberColumn(verbose_name=_("Days without contact"), order_by=("quiet_since",))
    oldest = tables.Column(verbose_name=_("Oldest overdue"), empty_values=(), orderable=False)
    worker = worker()

    def render_oldest(self, record: Any) -> Any:
        return oldest_words(record)

    value_oldest = render_oldest


class OverdueRows(_OrderRows):
    oldest = tables.Column(verbose_name=_("Oldest overdue"), empty_values=(), orderable=False)
    due_on = DayColumn(verbose_name=_("Due"), accessor="first_late", order_by=("first_late",))
    late = tables.Column(verbose_name=_("How late"), empty_values=(), order_by=("first_late",))
    last_contact = last_contact()
    worker = worker()

    def render_oldest(self, record: Any) -> Any:
        return oldest_words(record)

    def render_late(self, record: Any) -> Any:
        return tag_html("late", late_words(record.days_late)) if record.days_late else ""

    value_oldest = render_oldest

    def value_late(self, record: Any) -> Any:
        return record.days_late


def oldest_words(record: Any) -> str:
    """Which duty has waited longest."""
    return duty_label(record.late_kind)


class AssessedRows(_OrderRows):
    risk_level = tables.Column(verbose_name=_("Risk level"), empty_values=(), orderable=False)
    valid_until = DayColumn(verbose_name=_("Assessed until"))
    last_contact = last_contact()
    worker = worker()

    def render_risk_level(self, record: Any) -> Any:
        facts = record.facts
        return (
            level_html(facts.risk_level, from_ledger=facts.level_stale) if facts.risk_level else ""
        )

    def value_risk_level(self, record: Any) -> Any:
        return record.facts.risk_level

    def render_valid_until(self, value: Any) -> str:
        return str(value.isoformat())


class WindowRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    opens_on = DayColumn(verbose_name=_("Opens"))
    due_on = DayColumn(verbose_name=_("Due"))
    state = tables.Column(verbose_name=_("State"), empty_values=(), order_by=("done_on",))
    last_contact = last_contact()
    worker = worker()

    class Meta:
        model = DueItem
        fields = ()

    def render_state(self, record: DueItem) -> Any:
        if record.outcome == Outcome.DONE:
            return tag_html("done", gettext("Done %(day)s") % {"day": short_day(record.done_on)})
        return tag_html("na", gettext("Not done"))

    def value_state(self, record: DueItem) -> Any:
        return record.done_on
