"""A report as a sheet, and as a paper in the form of an official return. Counts alone."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.exports import Sheet
from apps.core.text import bracketed, day_text, full_day
from apps.documents.paper_text import Block
from apps.periodic.models import PeriodicReport
from apps.periodic.shown import ReportTable
from apps.reports.page import Cell


def sheet_of(report: PeriodicReport, table: ReportTable, by: User) -> Sheet:
    """A line for each number: what a form of another office is filled from."""
    labels = [_("Unit"), _("Figure"), _("Value"), _("Number"), _("Out of"), _("What is counted")]
    return Sheet(f"{report.heading} {report.days_text}", labels, _lines(table), _mark(report, by))


def _lines(table: ReportTable) -> Iterator[list[Any]]:
    whole = table.found.period.area.name
    for cell in table.totals:
        yield _line(whole, cell)
    for line in table.lines:
        for cell in line.cells:
            yield _line(line.name, cell)


def _line(unit: str, cell: Cell) -> list[Any]:
    figure = cell.figure
    numbers: list[Any] = ["", ""]
    if not cell.masked:
        number: Any = figure.numerator
        if getattr(figure.indicator, "column", "") == "amount_fen":
            number = Decimal(number) / 100
        numbers = [number, "" if figure.denominator is None else figure.denominator]
    title = capfirst(str(figure.indicator.title))
    return [unit, title, cell.text, *numbers, str(figure.indicator.unit)]


def _mark(report: PeriodicReport, by: User) -> str:
    now = timezone.localtime()
    words = _("Version %(version)s, frozen %(day)s; taken out %(when)s by %(who)s")
    return words % {
        "version": report.version, "day": full_day(report.recorded_at),
        "when": f"{day_text(now)} {now:%H:%M}", "who": f"{by}{bracketed(by.get_username())}",
    }  # fmt: skip


def docx_of(report: PeriodicReport, table: ReportTable) -> bytes:
    """The paper, to be signed and sealed."""
    from apps.documents.docx_writing import paper_docx

    return paper_docx(list(_blocks(report, table)), compact=True)


def _blocks(report: PeriodicReport, table: ReportTable) -> Iterator[Block]:
    unit = report.unit.name
    yield {"kind": "title", "text": report.heading}
    yield {"kind": "centre", "text": f"{unit}　{report.days_text}"}
    for line in table.text(table.form.opening, report.every):
        yield {"kind": "text", "text": line}
    heads = [_("Figure"), _("Value"), _("Number and whole")]
    yield {"kind": "table", "rows": [_row(heads, head=True), *map(_total, table.totals)]}
    for cells in _parts(table):
        yield {"kind": "table", "rows": cells}
    for line in table.text(table.form.closing, report.every):
        yield {"kind": "text", "text": line}
    frozen = _("Frozen %(day)s by %(name)s, version %(version)s") % {
        "day": full_day(report.recorded_at), "name": report.recorded_by.name,
        "version": report.version,
    }  # fmt: skip
    yield {"kind": "note", "text": frozen}
    yield {"kind": "sign", "signers": [_("Person in charge"), _("Filled in by")]}
    yield {"kind": "seal", "office": unit, "day": full_day(report.recorded_at)}


def _total(cell: Cell) -> Block:
    title = capfirst(str(cell.figure.indicator.title))
    unit = f" {cell.unit}" if cell.unit else ""
    return _row([title, f"{cell.text}{unit}", cell.fraction])


def _parts(table: ReportTable, width: int = 6) -> Iterator[list[Block]]:
    """The table of units; a page is no wider than six figures."""
    for start in range(0, len(table.heads), width):
        part = slice(start, start + width)
        heads = [_("Unit"), *(capfirst(str(one.title)) for one in table.heads[part])]
        rows = [_row(heads, head=True)]
        rows += [_row([line.name, *(c.text for c in line.cells[part])]) for line in table.lines]
        yield [*rows, _row([_("Total"), *(cell.text for cell in table.sums[part])])]


def _row(cells: list[Any], *, head: bool = False) -> Block:
    return {"cells": [{"text": str(text), "head": head} for text in cells]}
