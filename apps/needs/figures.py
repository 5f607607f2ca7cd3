"""Open needs on the dashboard."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import django_tables2 as tables
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.tables import DayColumn, NameColumn, NumberColumn
from apps.needs.models import Need
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period
from apps.persons.tables import NAME, TOWN, RowsOfPersons, worker


class NeedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    kind = tables.Column(verbose_name=_("Need"), accessor="get_kind_display", order_by=("kind",))
    urgency = tables.Column(
        verbose_name=_("Urgency"), accessor="get_urgency_display", order_by=("urgency",)
    )
    town = tables.Column(**TOWN)
    said_on = DayColumn(verbose_name=_("Said on"))
    open_days = NumberColumn(verbose_name=_("Days open"), order_by=("-said_on",))
    referred_on = DayColumn(verbose_name=_("Referred on"))
    referred_to = tables.Column(verbose_name=_("Passed on to"), orderable=False)
    worker = worker()

    class Meta:
        model = Need
        fields = ()


def set_open_days(needs: Sequence[Need], day: date) -> None:
    for need in needs:
        need.open_days = (day - need.said_on).days  # type: ignore[attr-defined]


def open_needs(period: Period) -> Any:
    return period.here(Need.objects.all()).open_on(period.as_at)


def said_needs(period: Period) -> Any:
    """Said in the period; a mistake never was a need."""
    said = (period.first, min(period.last, period.as_at))
    rows = Need.objects.filter(said_on__range=said).exclude(outcome="mistake")
    return period.here(rows, "said_on")


NEEDS_OPEN: Final = Indicator(
    code="needs_open",
    title=_("Open needs"),
    unit=pgettext_lazy("unit of a figure", "needs"),
    definition=_("Needs that were said by the day and not closed by then."),
    excluded=_("Needs recorded by mistake and closed as such."),
    rows=open_needs,
)

NEEDS_MET: Final = Indicator(
    code="needs_met_rate",
    title=_("Needs met"),
    unit=pgettext_lazy("unit of a figure", "needs"),
    definition=_("Of the needs that were said in the period those that were met by the day."),
    excluded=_("Needs recorded by mistake and closed as such."),
    rows=said_needs,
    done=lambda period: Q(outcome="met", closed_on__lte=period.as_at),
    day="said_on",
)

MET_LIST: Final = FigureList(
    indicator=NEEDS_MET, table=NeedRows, export_name="needs-met", default_sort="said_on",
    rank=82, lead=40, card=135,
    group=FigureGroup.HELP, related=("person", "town"), tell=set_open_days,
    words=(_("All"), _("Met"), _("Not met")),
)  # fmt: skip

NEEDS_LIST: Final = FigureList(
    indicator=NEEDS_OPEN, table=NeedRows, export_name="needs-open", default_sort="said_on",
    rank=80, standing=50, column=60, icon="heart-handshake", related=("person", "town"),
    tell=set_open_days,
)  # fmt: skip
