"""The ZIP of a whole file: a manifest with the digest of each part, rows as JSON, papers as kept.

Names inside tell nothing: no name, no number, no subject. Everything is made in memory: a file
beside it would hold a whole life in clear, and stay after a kill.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.fields import full_name
from apps.core.days import SHANGHAI
from apps.core.refusals import Refused
from apps.documents.codes import EXTENSIONS, MediaType
from apps.handover.codes import FORMAT, MANIFEST, VERSION, Purpose
from apps.handover.parts import Paper, WholeFile

# Of all parts together, before they are packed.
MOST_BYTES: Final = 200 * 1024 * 1024


@dataclass
class Packed:
    """The ZIP; of each kind in it, how many rows there are, and their digest."""

    content: bytes
    counts: dict[str, int]
    digests: dict[str, str]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class Packer:
    """Takes parts in any order; the manifest is written last, with all of their digests."""

    about: Mapping[str, Any]
    parts: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def __post_init__(self) -> None:
        self.target = BytesIO()
        self.zip = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def add(self, name: str, content: bytes, **said: Any) -> None:
        self.size += len(content)
        if self.size > MOST_BYTES:
            raise Refused(
                _("The file is larger than %(size)s MB: with fewer scans it can be packed.")
                % {"size": MOST_BYTES >> 20}
            )
        digest = hashlib.sha256(content).hexdigest()
        self.parts.append({"name": name, "sha256": digest, "bytes": len(content)} | said)
        self._write(name, content)

    def add_rows(self, kind: str, rows: list[Any]) -> None:
        number = sum(1 for part in self.parts if part["name"].startswith("records/")) + 1
        self.counts[kind] = len(rows)
        self.add(f"records/{number:03d}.json", as_json(rows), kind=kind, rows=len(rows))

    def add_paper(self, paper: Paper) -> None:
        number = sum(1 for part in self.parts if part["name"].startswith("files/")) + 1
        ending = EXTENSIONS[MediaType(paper.media_type)][0]
        said = {"kind": paper.of, "row": paper.row, "media_type": paper.media_type}
        self.add(f"files/{number:03d}.{ending}", paper.content, **said)

    def done(self) -> Packed:
        self._write(MANIFEST, as_json({**self.about, "parts": self.parts}))
        self.zip.close()
        digests = {part["kind"]: part["sha256"] for part in self.parts if "rows" in part}
        return Packed(self.target.getvalue(), self.counts, digests)

    def _write(self, name: str, content: bytes) -> None:
        # A fixed day: when a part was written says nothing.
        entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.zip.writestr(entry, content)


def manifest(
    *, purpose: Purpose, number: UUID, by: User, at: datetime, reason: str, whole: WholeFile
) -> dict[str, Any]:
    """Which format, from whom, when, what for."""
    unit = by.area or whole.person.county
    return {
        "format": FORMAT, "version": VERSION, "package": str(number), "purpose": str(purpose),
        "from": {"code": unit.code, "name": full_name(unit)},
        "made_at": at.astimezone(SHANGHAI).isoformat(timespec="seconds"), "made_by": by.name,
        "reason": reason, "person": str(whole.person.public_id),
    }  # fmt: skip


def as_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False).encode()
