"""Files as somebody uploads them."""

import csv
import io
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from apps.accounts.models import User
from apps.core.fields import uuid7
from apps.imports.models import LedgerImport
from apps.imports.services.receiving import receive_file


def as_csv(rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def received(
    rows: Sequence[Sequence[Any]], *, by: User, ledger: str = "persons", **facts: Any
) -> LedgerImport:
    """Uploaded for the unit of the account, and waiting to be read."""
    given = {
        "area": by.area, "client_uuid": uuid7(), "file_name": "名单.csv", "content": as_csv(rows),
    } | facts  # fmt: skip
    digest = sha256(given["content"]).hexdigest()
    return receive_file(by=by, ledger=ledger, sha256=digest, **given)
