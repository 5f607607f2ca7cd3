"""The text of a DOCX as blocks for the screen, in one walk however its tables are built."""

from collections.abc import Iterator
from typing import Any, Final

from apps.documents.paper_text import Block

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Roots of the parts that hold running text.
TEXT_PARTS: Final = {W + name for name in ("document", "hdr", "ftr", "footnotes", "endnotes")}
SIGNS: Final = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
# What Word does not show as text: deleted, moved away, codes of fields.
HIDDEN: Final = {W + "del", W + "moveFrom", W + "instrText", W + "p", W + "pPr"}
ALIGNED: Final = {"center": "centre", "right": "right", "end": "right"}

Node = Any


def is_text_part(tree: Node) -> bool:
    return tree.tag in TEXT_PARTS


def own_nodes(paragraph: Node) -> Iterator[Node]:
    """Everything in a paragraph, without the paragraphs of text boxes within it."""
    for node in paragraph:
        if node.tag != W + "p":
            yield node
            yield from own_nodes(node)


def blocks_of_body(document: Node) -> list[Block]:
    body = document.find(W + "body")
    return [] if body is None else [block for block in map(_block, _within(body)) if block]


def _within(holder: Node) -> Iterator[Node]:
    """Paragraphs and tables, those inside content controls and changes too."""
    for node in holder:
        if node.tag in {W + "p", W + "tbl"}:
            yield node
        elif node.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "customXml"}:
            yield from _within(node)


def _block(node: Node) -> Block | None:
    if node.tag == W + "tbl":
        return {"kind": "table", "rows": [_row(row) for row in _rows(node, "tr")]}
    text = _text(node).strip()
    if not text:
        return None
    aligned = node.find(f"{W}pPr/{W}jc")
    side = "" if aligned is None else aligned.get(W + "val", "")
    return {"kind": ALIGNED.get(side, "plain"), "text": text}


def _rows(holder: Node, name: str) -> Iterator[Node]:
    """Rows of a table or cells of a row."""
    for node in holder:
        if node.tag == W + name:
            yield node
        elif node.tag in {W + "sdt", W + "sdtContent", W + "ins"}:
            yield from _rows(node, name)


def _row(row: Node) -> dict[str, Any]:
    return {"cells": [_cell(cell) for cell in _rows(row, "tc")]}


def _cell(cell: Node) -> dict[str, Any]:
    text = "\n".join(_text(node) for node in _within(cell) if node.tag == W + "p")
    out: dict[str, Any] = {"text": text}
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    if span is not None and span.get(W + "val", "1") != "1":
        out["span"] = int(span.get(W + "val"))
    return out


def _text(paragraph: Node) -> str:
    return "".join(_words(paragraph))


def _words(holder: Node) -> Iterator[str]:
    for node in holder:
        if node.tag == W + "t":
            yield node.text or ""
        elif node.tag in SIGNS:
            yield SIGNS[node.tag]
        elif node.tag not in HIDDEN:
            yield from _words(node)
