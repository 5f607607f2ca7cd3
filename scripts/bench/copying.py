"""Rows as text, and the text into a table by COPY."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

CHUNK = 20_000


class Table:
    """Rows of one table, kept as lines until they are written; `sort` puts them in an order."""

    def __init__(self, name: str, columns: str) -> None:
        self.name, self.columns = name, columns.split()
        self.lines: list[tuple[Any, str]] = []

    def add(self, order: Any, values: Sequence[Any]) -> None:
        """One row; `order` is what its place on the disk follows, as it would in real life."""
        if len(values) != len(self.columns):
            raise ValueError(f"{self.name}: {len(values)} values for {len(self.columns)} columns")
        self.lines.append((order, "\t".join([encode(value) for value in values])))

    def write(self, cursor: Any, advance: Callable[[int], None]) -> None:
        """COPY in chunks, in order, and let the numbers of new rows follow."""
        self.lines.sort(key=lambda line: line[0])
        copy = f"COPY {self.name} ({', '.join(self.columns)}) FROM STDIN"
        for start in range(0, len(self.lines), CHUNK):
            part = self.lines[start : start + CHUNK]
            cursor.copy_expert(copy, io.StringIO("\n".join(line for _order, line in part) + "\n"))
            advance(len(part))
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), "  # noqa: S608 - names of our own
            f"(SELECT coalesce(max(id), 1) FROM {self.name}))",
            [self.name],
        )
        self.lines.clear()


def encode(value: Any) -> str:
    """A value in PostgreSQL's text format; the texts here hold no tabs or line ends."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
