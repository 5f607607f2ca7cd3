"""Widths of a table's columns, for paper and DOCX alike."""

from typing import Any

NARROW, WIDE = 40, 70
# Six columns and more: a label of six characters still has to fit.
WIDE_OF_MANY = 44


def columns_of(rows: list[dict[str, Any]]) -> int:
    return max(sum(int(cell.get("span", 1)) for cell in row["cells"]) for row in rows)


def column_widths(rows: list[dict[str, Any]]) -> list[int]:
    """Per cent of each column: a column of labels is narrower than one of facts."""
    count = columns_of(rows)
    heads = [0] * count
    for row in rows:
        at = 0
        for cell in row["cells"]:
            if cell.get("head") and cell.get("span", 1) == 1:
                heads[at] += 1
            at += cell.get("span", 1)
    wide = WIDE if count < 6 else WIDE_OF_MANY
    narrow = NARROW if count > 2 else NARROW // 2
    shares = [narrow if 2 * labels > len(rows) else wide for labels in heads]
    total = sum(shares)
    widths = [share * 100 // total for share in shares]
    widths[-1] += 100 - sum(widths)
    return widths
