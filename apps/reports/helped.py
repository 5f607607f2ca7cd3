"""Help by kind, and what helped whom, as ready words: small groups are masked by their persons."""

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.assistance.changed import BETTER, Answers, by_kind_and_group, cell_of
from apps.assistance.figures import by_kind
from apps.assistance.groups import WHOM
from apps.persons.figures import Period
from apps.reports.masking import masked_cells, masked_table
from apps.reports.page import query

# Column of the sums of each row, and with it the columns that add up to it.
_KINDS: Final = [group.partition("-")[0] for group, _words in WHOM]
_SEXES: Final = [n for n, kind in enumerate(_KINDS, 1) if kind == "sex"]
_AGES: Final = [n for n, kind in enumerate(_KINDS, 1) if kind == "age"]
_ORDERS: Final = [n for n, kind in enumerate(_KINDS, 1) if kind == "order"]
# Side by side they would be wider than a screen: a table of each.
_TABLES: Final = (slice(0, _AGES[0]), slice(_AGES[0], _ORDERS[0]), slice(_ORDERS[0], None))
PARTS: Final = ([0, *_SEXES], [0, *_AGES], *([n] for n in _ORDERS))


@dataclass(frozen=True)
class Told:
    """A number, where it leads for who may see persons, what stands behind it, and its head."""

    text: str
    url: str = ""
    more: str = ""
    label: Any = ""


def help_context(user: User, period: Period) -> dict[str, Any]:
    """What the template shows to this user: exact in the own area, masked for anybody else."""
    exact = user.sees_cases
    heads = (_("Persons"), _("Person-times"), _("Members of the household"), _("Yuan"))
    groups = (_("All"), *(words for _code, words in WHOM))
    answers = _headed(_answers(period, exact=exact), groups)
    tables = [
        (groups[part], [(label, cells[part]) for label, cells in answers]) for part in _TABLES
    ]
    return {
        "period": period, "exact": exact, "heads": heads, "tables": tables,
        "kinds": _headed(_kinds(period, exact=exact), heads),
        "answers": answers,
    }  # fmt: skip


def _headed(rows: list[tuple[Any, list[Told]]], heads: Any) -> list[tuple[Any, list[Told]]]:
    """On a phone each cell says its own head."""
    return [
        (label, [replace(cell, label=head) for cell, head in zip(cells, heads, strict=True)])
        for label, cells in rows
    ]


def _kinds(period: Period, *, exact: bool) -> list[tuple[Any, list[Told]]]:
    rows = by_kind(period)
    if exact:
        return [(row["label"], _exact(row, period)) for row in rows]
    columns = (
        ([row["persons"] for row in rows], [f"{row['persons']:,}" for row in rows]),
        ([row["behind"]["times"] for row in rows], [f"{row['times']:,}" for row in rows]),
        ([row["behind"]["household"] for row in rows], [_members(row) for row in rows]),
        ([row["behind"]["fen"] for row in rows], [row["yuan"] or "–" for row in rows]),
    )
    cells = [_masked(behind, texts) for behind, texts in columns]
    return [(row["label"], [column[n] for column in cells]) for n, row in enumerate(rows)]


def _masked(behind: list[int], texts: list[str]) -> list[Told]:
    hidden, _whole = masked_cells(behind)
    return [Told(_("not shown") if n in hidden else text) for n, text in enumerate(texts)]


def _members(row: dict[str, Any]) -> str:
    return f"{row['household']:,}" if row["members_known"] else "–"


def _exact(row: dict[str, Any], period: Period) -> list[Told]:
    """Each number opens its list; what nobody recorded stands beside it."""

    def told(name: str, text: str, unknown: int = 0) -> Told:
        url = f"{reverse(f'reports:assistance_{name}')}?{query(period)}&kind={row['kind']}"
        return Told(text, url, _("not recorded (%(n)s)") % {"n": unknown} if unknown else "")

    return [
        told("persons", f"{row['persons']:,}"), told("person_times", f"{row['times']:,}"),
        told("household", _members(row), row["no_members"]),
        told("yuan", row["yuan"] or "–", row["unknown"]),
    ]  # fmt: skip


def _answers(period: Period, *, exact: bool) -> list[tuple[Any, list[Told]]]:
    rows = by_kind_and_group(period)
    hidden = set() if exact else _few([cells for _kind, _label, cells in rows])
    return [
        (
            label,
            [
                Told(_("not shown")) if (row, column) in hidden
                else _answer(cell, _looks(period, kind, column) if exact else "")
                for column, cell in enumerate(cells)
            ],
        )
        for row, (kind, label, cells) in enumerate(rows)
    ]  # fmt: skip


def _few(rows: list[list[Answers]]) -> set[tuple[int, int]]:
    """Cells of few persons, of few who say better or of few who do not, until nothing follows."""
    found: set[tuple[int, int]] = set()
    known = -1
    while known != len(found):
        known = len(found)
        for name in ("behind", "behind_better", "behind_other"):
            numbers = [[getattr(cell, name) for cell in cells] for cells in rows]
            found |= masked_table(numbers, PARTS, found)
    return found


def _answer(cell: Answers, url: str) -> Told:
    if not cell.asked:
        return Told("–")
    return Told(f"{cell.better:,}", url if cell.better else "", f"/{cell.asked:,}")


def _looks(period: Period, kind: str, column: int) -> str:
    """The looks of the cell at which things are better: the rows that were counted."""
    cell = cell_of(kind, WHOM[column - 1][0] if column else "")
    url = reverse(f"reports:{BETTER.code}")
    return f"{url}?{query(period)}&{urlencode({'only': 'done', 'kind': cell})}"
