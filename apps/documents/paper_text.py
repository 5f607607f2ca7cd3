"""The text of a paper as a list of blocks, from the plain files in `papers/`.

A file is read line by line; docs/papers.md explains the marks to those who edit the words.
Placeholders are `{{name}}` and nothing else. A block is a dict, so that an issued paper can be
kept as it was: {"kind": ..., "text": ...} or {"kind": "table", "rows": [[cell, ...], ...]}.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

Block = dict[str, Any]

FOLDER: Final = Path(__file__).parent / "papers"
BLANK: Final = "＿＿＿＿＿＿"
PLACEHOLDER: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# How many rows of a repeated line a template offers; a printed paper has as many as needed.
TEMPLATE_ROWS: Final = 10

# The mark at the beginning of a line and the block it makes; the order matters.
MARKS: Final = (
    ("## ", "heading"), ("# ", "title"), (">> ", "right"), ("== ", "centre"), ("- ", "item"),
    ("! ", "note"), (". ", "plain"),
)  # fmt: skip
ALONE: Final = {"[page]": "page", "[cut]": "cut", "[number]": "number", "[seal]": "seal"}
INCLUDES: Final = {"[remedies]": "remedies"}


@cache
def read_paper(name: str, measure: str = "") -> tuple[Block, ...]:
    """The blocks of `papers/<name>.txt` with the lines of one measure.

    A line that begins with @SQJD or @SQKF stands in papers of that measure only.
    """
    blocks: list[Block] = []
    for line in _lines(name, measure):
        _add(blocks, line)
    return tuple(blocks)


def _lines(name: str, measure: str) -> Iterator[str]:
    for raw in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("@"):
            wanted, line = line[1:].split(" ", 1)
            if wanted != (measure or "NONE"):
                continue
        if line in INCLUDES:
            yield from _lines(INCLUDES[line], measure)
        elif line:
            yield line


def _add(blocks: list[Block], line: str) -> None:
    if line.startswith(("|", "%")):
        rows = _table_row(line)
        if blocks and blocks[-1]["kind"] == "table":
            blocks[-1]["rows"].append(rows)
        else:
            blocks.append({"kind": "table", "rows": [rows]})
    elif line in ALONE:
        blocks.append({"kind": ALONE[line]})
    elif line.startswith("[sign]"):
        signers = [part.strip() for part in line.removeprefix("[sign]").split("|")]
        blocks.append({"kind": "sign", "signers": signers})
    else:
        blocks.append(_text_block(line))


def _text_block(line: str) -> Block:
    for mark, kind in MARKS:
        if line.startswith(mark):
            return {"kind": kind, "text": line.removeprefix(mark)}
    return {"kind": "text", "text": line}


def _table_row(line: str) -> Block:
    """`| *head* | words ^3 |`, `|~4 …` four lines high, `%team 6 | … |` one row for each."""
    row: Block = {"cells": []}
    if found := re.match(r"%(\w+) (\d+) (?=\|)", line):
        row |= {"repeat": found[1], "least": int(found[2])}
        line = line[found.end() :]
    if found := re.match(r"\|~(\d)", line):
        row["tall"] = int(found[1])
        line = "|" + line[found.end() :]
    row["cells"] = [_cell(part.strip()) for part in line.strip().strip("|").split("|")]
    return row


def _cell(text: str) -> Block:
    cell: Block = {"text": text}
    if found := re.search(r"\s*\^(\d)$", text):
        cell = {"text": text[: found.start()], "span": int(found[1])}
    if len(cell["text"]) > 2 and cell["text"][0] == cell["text"][-1] == "*":
        cell |= {"text": cell["text"][1:-1], "head": True}
    return cell


def filled(blocks: tuple[Block, ...], facts: Mapping[str, str]) -> list[Block]:
    """The finished paper: every placeholder replaced, an unknown fact as a line to write on."""
    return [_filled_block(block, facts) for block in expanded(blocks, facts)]


def expanded(blocks: tuple[Block, ...], facts: Mapping[str, str] | None = None) -> list[Block]:
    """Repeated rows written out: as many as there are facts, or as a template offers."""
    return [_expanded_block(block, facts) for block in blocks]


def _expanded_block(block: Block, facts: Mapping[str, str] | None) -> Block:
    if block["kind"] != "table":
        return block
    rows = [row for written in block["rows"] for row in _repeated(written, facts)]
    return block | {"rows": rows}


def _repeated(row: Block, facts: Mapping[str, str] | None) -> list[Block]:
    if "repeat" not in row:
        return [row]
    name = row["repeat"]
    if facts is None:
        count = max(TEMPLATE_ROWS, row["least"])
    else:
        known = [int(m[1]) for key in facts if (m := re.match(rf"{name}_(\d+)_", key))]
        count = max([row["least"], *known])
    plain = {key: value for key, value in row.items() if key not in {"repeat", "least"}}
    return [
        plain | {"cells": [_numbered(cell, name, number) for cell in row["cells"]]}
        for number in range(1, count + 1)
    ]


def _numbered(cell: Block, name: str, number: int) -> Block:
    """{{team_kind}} of the third row becomes {{team_3_kind}}."""
    text = re.sub(rf"\{{\{{{name}_(\w+)\}}\}}", rf"{{{{{name}_{number}_\1}}}}", cell["text"])
    return cell | {"text": text}


def _filled_block(block: Block, facts: Mapping[str, str]) -> Block:
    if block["kind"] == "table":
        rows = [
            row | {"cells": [c | {"text": _fill_cell(c["text"], facts)} for c in row["cells"]]}
            for row in block["rows"]
        ]
        return block | {"rows": rows}
    if block["kind"] == "sign":
        return block | {"signers": [fill(signer, facts) for signer in block["signers"]]}
    if block["kind"] == "number":
        return block | {"text": facts.get("number", "")}
    if block["kind"] == "seal":
        return block | {"office": facts["office"], "day": facts["issued_on"]}
    return block | {"text": fill(block["text"], facts)} if "text" in block else block


def _fill_cell(text: str, facts: Mapping[str, str]) -> str:
    """A cell that holds nothing else stays empty: there is room to write in it."""
    alone = PLACEHOLDER.fullmatch(text.strip())
    return facts.get(alone[1], "") if alone else fill(text, facts, "＿＿＿＿")


def fill(text: str, facts: Mapping[str, str], blank: str = BLANK) -> str:
    """Plain replacement; what a person wrote is never read as a placeholder again."""
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], "") or blank, text)


def placeholders(blocks: tuple[Block, ...]) -> set[str]:
    """Names that the text asks for, repeated rows written out."""
    return set(PLACEHOLDER.findall("\n".join(texts(expanded(blocks)))))


def texts(blocks: list[Block] | tuple[Block, ...]) -> Iterator[str]:
    """Every text of a paper, in reading order."""
    for block in blocks:
        if block["kind"] == "table":
            for row in block["rows"]:
                yield from (cell["text"] for cell in row["cells"])
        elif block["kind"] == "sign":
            yield from block["signers"]
        elif block["kind"] == "number":
            yield block.get("text", "{{number}}")
        elif block["kind"] == "seal":
            yield block.get("office", "{{office}}")
            yield block.get("day", "{{issued_on}}")
        elif "text" in block:
            yield block["text"]
