"""A file that left here with stars in it cannot come back: nobody is known by it."""

import re
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.imports.headers import Table
from apps.ledgers.cells import as_text

LINES_LOOKED_AT: Final = 1_000
STARS: Final = {
    "document_number": re.compile(r"[0-9A-Za-z]{0,4}\*{2,}[0-9A-Za-z]{0,4}"),
    "phone": re.compile(r"[0-9]{0,3}\*{2,}[0-9-]{0,4}"),
    "name": re.compile(r"[^\s*]\*+(?: [^\s*]\*+)*"),
}


def refuse_masked(table: Table) -> None:
    """By what the cells look like, whether or not its last line still says so. A few stars among
    whole numbers are wrong lines, and named as such.
    """
    columns = {name: table.positions[name] for name in STARS if name in table.positions}
    filled, masked = dict.fromkeys(columns, 0), dict.fromkeys(columns, 0)
    for line in islice(table.lines(), LINES_LOOKED_AT):
        for name, position in columns.items():
            text = as_text(line.cells[position]) if position < len(line.cells) else ""
            filled[name] += bool(text)
            masked[name] += bool(STARS[name].fullmatch(text.replace("＊", "*")))
    starred = [table.title(name) for name in columns if masked[name] * 2 > filled[name]]
    if starred:
        words = _(
            "This file was exported masked: %(columns)s have stars in place of names or numbers. "
            "Export it whole, or bring in the file that it was made from."
        )
        raise Refused(words % {"columns": "、".join(starred)})
