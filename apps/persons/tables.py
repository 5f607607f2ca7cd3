"""Columns of lists of persons, or of rows about persons: those behind the figures."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from apps.core.tables import BaseTable
from apps.core.text import short_day
from apps.persons.models import Person

TOWN = {"verbose_name": _("Town"), "accessor": "town__name", "order_by": ("town__code",)}
VILLAGE = {
    "verbose_name": _("Village"),
    "accessor": "village__name",
    "order_by": ("village__code",),
}
NAME = {"verbose_name": _("Name"), "accessor": "person__name"}


class RowsOfPersons(BaseTable):
    """A table whose names open the person's page, and whose ticks stand for persons.

    The dashboard sets `facts` on each row: last contact, worker, risk level.
    """

    def person_of(self, record: Any) -> Person:
        person: Person = getattr(record, "person", record)
        return person

    def link_for(self, record: Any) -> str:
        return reverse("workbench:person", args=[self.person_of(record).public_id])

    def tick_value(self, record: Any) -> str:
        return str(self.person_of(record).public_id)

    def tick_label(self, record: Any) -> str:
        return gettext("Tick %(what)s") % {"what": self.person_of(record).name}

    def render_last_contact(self, record: Any) -> str:
        return short_day(record.facts.last_contact) or gettext("Never")

    def value_last_contact(self, record: Any) -> Any:
        return record.facts.last_contact


def last_contact(**options: Any) -> tables.Column:
    return tables.Column(
        verbose_name=_("Last contact"),
        empty_values=(),
        attrs={"td": {"class": "nowrap"}},
        **{"orderable": False, **options},
    )


def worker() -> tables.Column:
    return tables.Column(verbose_name=_("Responsible"), accessor="facts__worker", orderable=False)
