"""What help changed, on the dashboard: a rate of what persons say, and of nobody's success."""

from dataclasses import dataclass
from typing import Any, Final

import django_tables2 as tables
from django.db.models import Case as CaseWhen, Count, F, Q, Value, When
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.assistance.codes import OPEN_KINDS, Changed, Kind, told_kind
from apps.assistance.groups import WHOM, of_group
from apps.assistance.models import Look
from apps.assistance.querysets import of_told_kind
from apps.assistance.senders import signs
from apps.assistance.telling import told_in
from apps.cases.models import Case
from apps.core.tables import DayColumn, NameColumn, NumberColumn
from apps.persons.figures import FigureGroup, FigureList, Indicator, Period, Rows
from apps.persons.tables import NAME, TOWN, RowsOfPersons, worker


class ChangedRows(RowsOfPersons):
    name = NameColumn(**NAME, order_by=("person__sort_key",))
    kind = tables.Column(
        verbose_name=_("Kind of help"), accessor="assistance__kind", orderable=False
    )
    after = NumberColumn(verbose_name=_("Days after delivery"))
    looked_on = DayColumn(verbose_name=_("Looked at on"))
    changed = tables.Column(
        verbose_name=_("What it changed"), accessor="get_changed_display", order_by=("changed",)
    )
    town = tables.Column(**TOWN)
    worker = worker()

    class Meta:
        model = Look
        fields = ()

    def render_kind(self, record: Look) -> str:
        """Restricted help is medical aid in what leaves."""
        return str(Kind(told_kind(record.assistance.kind, restricted=record.restricted)).label)

    value_kind = render_kind


def _asked(period: Period) -> Rows:
    """Looks of the period at which the person was reached."""
    last = min(period.last, period.as_at)
    rows: Any = Look.objects.standing_on(last).filter(looked_on__range=(period.first, last))
    rows = rows.exclude(changed=Changed.NOT_SEEN)
    return period.here(rows if period.knows_sealed else rows.filter(restricted=False), "looked_on")


BETTER: Final = Indicator(
    code="help_better_rate",
    title=_("Better after help"),
    unit=pgettext_lazy("unit of a figure", "looks"),
    definition=_(
        "Looks 30, 90 and 180 days after help was received, with a day in the period, and at how "
        "many of them things are better than before. It says which help to offer more of."
    ),
    excluded=_(
        "Looks at which the person was not reached, that were withdrawn, or whose delivery was "
        "reversed by the end of the period."
    ),
    rows=_asked,
    done=lambda _period: Q(changed=Changed.BETTER),
    day="looked_on",
)


# All, then each group.
_COLUMNS: Final = range(len(WHOM) + 1)


@dataclass(frozen=True)
class Answers:
    """Of one kind of help and group: looks, how many say better, and of how many persons each, and
    the others.
    """

    asked: int
    better: int
    behind: int
    behind_better: int
    behind_other: int


def by_kind_and_group(period: Period) -> list[tuple[str, Any, list[Answers]]]:
    """What helped whom: a row a kind, its answers for all and for each group; one query."""
    groups = {code: of_group(code, period.as_at, Case.objects.all()) for code, _words in WHOM}
    counts: dict[str, Count] = {}
    for number, group in enumerate((Q(), *groups.values())):
        better = group & Q(changed=Changed.BETTER)
        counts[f"asked_{number}"] = Count("pk", filter=group)
        counts[f"better_{number}"] = Count("pk", filter=better)
        counts[f"behind_{number}"] = Count("person", distinct=True, filter=group)
        counts[f"done_{number}"] = Count("person", distinct=True, filter=better)
        other = group & ~Q(changed=Changed.BETTER)
        counts[f"left_{number}"] = Count("person", distinct=True, filter=other)
    told = CaseWhen(When(restricted=True, then=Value(Kind.MEDICAL)), default=F("assistance__kind"))
    rows = _asked(period).order_by().annotate(told=told).values("told").annotate(**counts)
    found = {row["told"]: row for row in rows}
    names = ("asked", "better", "behind", "done", "left")
    return [
        (kind, label, [Answers(*(row[f"{name}_{n}"] for name in names)) for n in _COLUMNS])
        for kind, label in OPEN_KINDS if (row := found.get(kind))
    ]  # fmt: skip


def cell_of(kind: str, group: str = "") -> str:
    """How an address names looks at help of a kind, of all persons or of a group."""
    return f"{kind}.{group}" if group else kind


def _in_cell(rows: Rows, period: Period, cell: str) -> Rows:
    kind, _dot, group = cell.partition(".")
    rows = rows.filter(of_told_kind(kind, "assistance__kind"))
    return rows.filter(of_group(group, period.as_at, Case.objects.all())) if group else rows


_CELLS: Final = [
    (cell_of(kind, group), words)
    for kind, words in OPEN_KINDS for group in ("", *dict(WHOM))
]  # fmt: skip
LISTS: Final = (
    FigureList(
        indicator=BETTER, table=ChangedRows, export_name="better-after-help", rank=88, card=161,
        group=FigureGroup.HELP,
        default_sort="-looked_on", related=("person", "assistance", "town", "village"),
        words=(_("All"), _("Better than before"), _("Not better")), tells=told_in, signs=signs,
        kinds=_CELLS, of_kind=_in_cell,
    ),
)  # fmt: skip
