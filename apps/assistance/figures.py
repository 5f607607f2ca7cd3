"""Help on the dashboard: persons, person-times, members of households and yuan.

Money and persons count where the office is that gave, wherever the person lives later. A reversal
counts below zero on its own day: months add up to years, and a closed month stays. What
is restricted is medical aid, and counted for those alone who may know of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import django_tables2 as tables
from django.db.models import Count, Exists, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.assistance.codes import OPEN_KINDS
from apps.assistance.models import Payment
from apps.assistance.querysets import left_over, standing_on, unknown_on
from apps.assistance.senders import signs
from apps.assistance.telling import told_in
from apps.core.money import yuan
from apps.core.records import Words
from apps.core.tables import DayColumn, NameColumn, NumberColumn
from apps.needs.models import Need, NeedOutcome
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, PersonsOf, Rows
from apps.persons.models import Person
from apps.persons.tables import NAME, TOWN, VILLAGE, RowsOfPersons, worker


class PaymentRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    kind = tables.Column(
        verbose_name=_("Kind of help"), order_by=("kind",), accessor="get_kind_display"
    )
    paid_on = DayColumn(verbose_name=_("Received on"))
    times = NumberColumn(verbose_name=_("Person-times"))
    household = NumberColumn(verbose_name=_("Members of the household"))
    amount = tables.Column(
        verbose_name=_("Yuan"), accessor="amount", order_by=("amount_fen",),
        attrs={"td": {"class": "num"}},
    )  # fmt: skip
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = Payment
        fields = ()


class HelpedRows(RowsOfPersons):
    name = NameColumn(verbose_name=_("Name"), order_by=("sort_key",))
    town = tables.Column(**TOWN)
    village = tables.Column(**VILLAGE)
    worker = worker()

    class Meta:
        model = Person
        fields = ()


def _last(period: Period) -> date:
    return min(period.last, period.as_at)


def _known(rows: Any, period: Period) -> Rows:
    rows = rows.filter(paid_on__range=(period.first, _last(period)))
    return rows if period.knows_sealed else rows.filter(restricted=False)


def payments(period: Period) -> Rows:
    return period.here(_known(Payment.objects.all(), period), "paid_on")


def _received(period: Period) -> Rows:
    """Of the person of a row, by an office of the area. A reversal of a later period takes nobody
    out of this one, as it takes no yuan out of it.
    """
    rows = _known(Payment.objects.standing_on(_last(period)), period)
    return period.here(rows.filter(times=1, person=OuterRef("pk")), "paid_on")


def _helped(period: Period) -> Rows:
    return Person.every.filter(Exists(_received(period)))


def _helped_with(rows: Rows, period: Period, kind: str) -> Rows:
    return rows.filter(Exists(_received(period).filter(kind=kind)))


def _with(column: str) -> Any:
    return lambda period: payments(period).exclude(**{column: None}).exclude(**{column: 0})


@dataclass(frozen=True)
class SumOf(Indicator):
    """Not how many rows there are, but what stands in one of their columns."""

    column: str = ""

    def counts(self, period: Period) -> dict[str, Any]:
        return {"n": _sum(self.column)}

    def persons(self, period: Period) -> dict[str, Count]:
        """Of whom something is left in the sum: what was reversed in the same days is of nobody."""
        counted = Count("person", distinct=True, filter=left_over(period.first, _last(period)))
        return {"behind": counted, "behind_done": counted}

    def shown(self, number: int) -> str:
        return yuan(number) if self.column == "amount_fen" else f"{number:,}"


ASSISTANCE_PERSONS: Final = PersonsOf(
    code="assistance_persons",
    title=_("Persons helped"),
    unit=pgettext_lazy("unit of a figure", "persons"),
    definition=_(
        "Persons who received help in the period, each once, by the office that paid, wherever "
        "they belong now. Figures of two periods are never added up: somebody may be in both."
    ),
    excluded=_("Help for a member of the household alone, and what was reversed."),
    rows=_helped,
    of=_received,
    of_day="paid_on",
)
PERSON_TIMES: Final = SumOf(
    code="assistance_person_times",
    title=_("Help received, person-times"),
    unit=pgettext_lazy("unit of a figure", "times"),
    definition=_(
        "Payments and deliveries to persons with a day in the period, by the office that paid, "
        "less reversals."
    ),
    excluded=_("Members of households, who are a figure of their own."),
    rows=_with("times"), column="times", day="paid_on",
)  # fmt: skip
HOUSEHOLD: Final = SumOf(
    code="assistance_household",
    title=_("Members of households helped, times"),
    unit=pgettext_lazy("unit of a figure", "times"),
    definition=_(
        "Members of the household named with each payment or delivery, by the office that paid, "
        "less reversals."
    ),
    excluded=_("The persons themselves; payments that name no number of members."),
    rows=_with("household"), column="household", day="paid_on",
)  # fmt: skip
YUAN: Final = SumOf(
    code="assistance_yuan",
    title=_("Help paid"),
    unit=pgettext_lazy("unit of a figure", "yuan"),
    definition=_(
        "Amounts with a day in the period, to the fen, by the office that paid, less reversals."
    ),
    excluded=_("Payments whose amount is not recorded: they are unknown, and never 0."),
    rows=_with("amount_fen"), column="amount_fen", day="paid_on",
)  # fmt: skip


def _in_need(period: Period) -> Rows:
    """Persons with a need that was open on a day of the period."""
    needs = Need.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=period.first), person=OuterRef("pk"),
        said_on__lte=_last(period),
    )  # fmt: skip
    persons = period.here(Person.every.all()).on_register_on(period.as_at)
    return persons.filter(Exists(needs.exclude(outcome=NeedOutcome.MISTAKE)))


def _got_help(period: Period) -> Q:
    """From whichever office: the number is of the persons, and not of who pays."""
    rows = _known(Payment.objects.standing_on(_last(period)), period)
    return Q(Exists(rows.filter(times=1, person=OuterRef("pk"))))


HELP_RATE: Final = Indicator(
    code="assistance_needs_rate",
    title=_("Persons in need who got help"),
    unit="%",
    definition=_(
        "Persons on the register with a need that was open on a day of the period, and how many of "
        "them received help in the period, from whichever office."
    ),
    excluded=_(
        "Persons without a need on record, needs recorded by mistake, help for a member of the "
        "household alone, and what was reversed."
    ),
    rows=_in_need,
    done=_got_help,
)


def _named(indicator: Indicator, kind: str, label: Words) -> dict[str, Any]:
    """Which figure of one kind it is."""
    title = format_lazy("{} · {}", indicator.title, label)
    return {"code": f"{indicator.code}_{kind}", "title": title}


def persons_of_kind(kind: str, label: Words) -> Indicator:
    """Persons who received this kind, each once."""
    return replace(
        ASSISTANCE_PERSONS, **_named(ASSISTANCE_PERSONS, kind, label),
        rows=lambda period: _helped_with(_helped(period), period, kind),
        of=lambda period: _received(period).filter(kind=kind),
    )  # fmt: skip


def sum_of_kind(indicator: Indicator) -> Callable[[str, Words], Indicator]:
    """The same sum of payments of one kind."""
    return lambda kind, label: replace(
        indicator, **_named(indicator, kind, label),
        rows=lambda period: indicator.rows(period).filter(kind=kind),
    )  # fmt: skip


SUMS: Final = (PERSON_TIMES, HOUSEHOLD, YUAN)


def by_kind(period: Period) -> list[dict[str, Any]]:
    """A row a kind: persons, person-times, members, fen, and how often members and amounts are
    unknown: that is no 0.
    """
    last = _last(period)
    rows = payments(period).order_by().values("kind")
    # Names apart from those of the columns, which the counts ask for.
    found = rows.annotate(
        sum_times=_sum("times"), sum_household=_sum("household"), sum_fen=_sum("amount_fen"),
        persons=Count("person", distinct=True, filter=Q(times=1) & standing_on(last)),
        unknown=Count("pk", filter=unknown_on(last)), known=Count("amount_fen"),
        no_members=Count("pk", filter=Q(household=None) & standing_on(last)),
        members=Count("household"), **_behind(period),
    )  # fmt: skip
    sums = {row["kind"]: row for row in found}
    return [
        {
            "kind": kind, "label": label, "persons": row["persons"], "unknown": row["unknown"],
            "times": row["sum_times"], "household": row["sum_household"], "fen": row["sum_fen"],
            "yuan": yuan(row["sum_fen"]) if row["known"] else "",
            "members_known": bool(row["members"]), "no_members": row["no_members"],
            "behind": {name: row[f"of_{name}"] for name in ("times", "household", "fen")},
        }
        for kind, label in OPEN_KINDS if (row := sums.get(kind))
    ]  # fmt: skip


def _behind(period: Period) -> dict[str, Count]:
    """Of how many persons something is left in each of the sums."""
    left = left_over(period.first, _last(period))
    columns = {"of_times": "times", "of_household": "household", "of_fen": "amount_fen"}
    return {
        name: Count("person", distinct=True, filter=left & ~Q(**{column: None}) & ~Q(**{column: 0}))
        for name, column in columns.items()
    }


def _sum(column: str) -> Any:
    return Coalesce(Sum(column), Value(0))


_ROWS: Final[dict[str, Any]] = {
    "table": PaymentRows, "default_sort": "-paid_on", "kind_column": "kind",
    "kinds": OPEN_KINDS, "tells": told_in, "signs": signs,
}  # fmt: skip
LISTS: Final = (
    FigureList(
        indicator=HELP_RATE, table=HelpedRows, export_name="in-need", default_sort="name", rank=83,
        group=FigureGroup.HELP, related=("town", "village"), ticked_by="public_id", tells=told_in,
        signs=signs, words=(_("All"), _("Got help"), _("No help yet")),
    ),
    FigureList(
        indicator=ASSISTANCE_PERSONS, table=HelpedRows, export_name="persons-helped",
        default_sort="name", rank=84, card=140,
        group=FigureGroup.HELP, related=("town", "village"), ticked_by="public_id",
        tells=told_in, signs=signs, kinds=OPEN_KINDS, of_kind=_helped_with,
        by_kind=persons_of_kind,
    ),
    FigureList(
        indicator=PERSON_TIMES, export_name="help-received", rank=85,
        card=150, group=FigureGroup.HELP, by_kind=sum_of_kind(PERSON_TIMES), **_ROWS,
    ),
    FigureList(
        indicator=HOUSEHOLD, export_name="households-helped", rank=86,
        card=160, group=FigureGroup.HELP, **_ROWS,
    ),
    FigureList(
        indicator=YUAN, export_name="help-paid", rank=87,
        card=155, group=FigureGroup.HELP, by_kind=sum_of_kind(YUAN), **_ROWS,
    ),
)  # fmt: skip
