"""Custody sheets as a file of Word: the same facts as on the page, one sheet a page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from apps.documents.docx_writing import paper_docx
from apps.documents.paper_text import Block
from apps.drugtests.custody import CustodySheet


def custody_docx(sheets: Iterable[CustodySheet]) -> bytes:
    return paper_docx(_blocks(sheets), compact=True)


def _blocks(sheets: Iterable[CustodySheet]) -> Iterator[Block]:
    for number, sheet in enumerate(sheets):
        if number:
            yield {"kind": "page"}
        yield {"kind": "title", "text": _("Custody sheet")}
        yield {"kind": "table", "rows": [_fact(label, words) for label, words in sheet.facts]}
        yield {"kind": "table", "rows": [_row(sheet.heads, head=True), *_lines(sheet)]}


def _lines(sheet: CustodySheet) -> Iterator[Block]:
    """With room for what is written by hand."""
    yield from (_row(line) for line in sheet.lines)
    yield from (_row([""] * len(sheet.heads)) for _blank in sheet.blank_lines)


def _fact(label: str, words: str) -> Block:
    return {"cells": [{"text": label, "head": True}, {"text": words}]}


def _row(cells: list[str], *, head: bool = False) -> Block:
    return {"cells": [{"text": text, "head": head} for text in cells]}
