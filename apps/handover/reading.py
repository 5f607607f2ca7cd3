"""Opening the ZIP of a stranger: nothing is believed before it was counted and compared."""

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.handover.codes import FORMAT, MANIFEST, PERSON, Purpose
from apps.handover.kinds import Kind, kinds
from apps.handover.packing import MOST_BYTES
from apps.handover.sealing import refuse_version
from apps.handover.shapes import UUID_SHAPE, Misshapen, check_row
from apps.handover.strict_json import read_json
from apps.persons.models import Person

MOST_PARTS: Final = 2000
NAME: Final = re.compile(
    r"manifest\.json|person\.json|records/\d{3}\.json|files/\d{3,4}\.[a-z]{3,4}"
)
# Of other ways of packing the file itself says how much memory they take.
WAYS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the library raises over a file that was made to break it.
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError
)  # fmt: skip
HEAD_KEYS: Final = {"format", "version", "package", "purpose", "from", "to", "made_at", "made_by",
                    "reason", "person", "parts"}  # fmt: skip


@dataclass
class Opened:
    """A file that fits: its manifest, the person, rows by kind, papers by row."""

    manifest: dict[str, Any]
    person: dict[str, Any]
    rows: list[tuple[Kind, list[dict[str, Any]]]] = field(default_factory=list)
    papers: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {kind.name: len(rows) for kind, rows in self.rows}


def open_package(content: bytes) -> Opened:
    """Raises `Refused` with what is wrong, in words."""
    parts = _parts(content)
    manifest = _manifest(parts)
    said = {part["name"]: part for part in manifest["parts"]}
    if said.keys() != parts.keys() - {MANIFEST} or len(said) < len(manifest["parts"]):
        raise Refused(_("The parts of the file are not those that its list names."))
    for name, part in said.items():
        digest = hashlib.sha256(parts[name]).hexdigest()
        if digest != part["sha256"] or len(parts[name]) != part["bytes"]:
            raise Refused(_("Part %(name)s is not what was packed.") % {"name": name})
    opened = Opened(manifest, _row(Person, read_json(parts[PERSON]), 1))
    known = {kind.name: kind for kind in kinds()}
    for name, part in sorted(said.items()):
        if name.startswith("records/"):
            opened.rows.append(_rows(known, part, read_json(parts[name])))
        elif name.startswith("files/"):
            opened.papers[str(part.get("row"))] = (str(part.get("media_type")), parts[name])
    order = {kind.name: at for at, kind in enumerate(kinds())}
    opened.rows.sort(key=lambda one: order[one[0].name])
    if opened.person["id"] != manifest["person"]:
        raise Refused(_("The list names another person than the file."))
    return opened


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as box:
            entries = box.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise Refused(_("The file unpacks to more than can be taken."))
            if len(set(names)) < len(names) or not all(NAME.fullmatch(name) for name in names):
                raise Refused(_("The file holds parts that do not belong into it."))
            return {entry.filename: _read(box, entry) for entry in entries}
    except BROKEN as error:
        raise Refused(_("The file is cut short or damaged.")) from error


def _read(box: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No byte more than was announced: what a bomb says of itself is not believed."""
    if entry.flag_bits & 1 or entry.compress_type not in WAYS:
        raise Refused(_("The file holds parts that do not belong into it."))
    with box.open(entry) as part:
        found = part.read(entry.file_size + 1)
    if len(found) != entry.file_size:
        raise Refused(_("The file unpacks to more than can be taken."))
    return found


def _manifest(parts: dict[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in parts or PERSON not in parts:
        raise Refused(_("The file has no list of its parts, or nobody in it."))
    found = read_json(parts[MANIFEST])
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Refused(_("This is no hand-over of this system."))
    refuse_version(found.get("version"))
    if found.get("purpose") != Purpose.TRANSFER:
        raise Refused(_("This is the copy for a person, and no hand-over between offices."))
    if found.keys() != HEAD_KEYS or not _is_whole(found):
        raise Refused(_("The list of the file's parts is not as it must be."))
    return found


def _is_whole(found: dict[str, Any]) -> bool:
    texts = all(isinstance(found[name], str) for name in ("made_at", "made_by", "reason"))
    ids = all(
        isinstance(found[name], str) and re.fullmatch(UUID_SHAPE, found[name])
        for name in ("package", "person")
    )
    units = all(
        isinstance(found[name], dict) and found[name].keys() == {"code", "name"}
        and all(isinstance(text, str) for text in found[name].values())
        for name in ("from", "to")
    )  # fmt: skip
    parts = isinstance(found["parts"], list) and all(
        isinstance(part, dict)
        and {"name", "sha256", "bytes"} <= part.keys()
        and isinstance(part["name"], str)
        for part in found["parts"]
    )
    return bool(texts and ids and units and parts)


def _rows(known: dict[str, Kind], part: dict[str, Any], rows: Any) -> tuple[Kind, list[Any]]:
    kind = known.get(str(part.get("kind")))
    if kind is None:
        raise Refused(
            _("The file holds records of a kind that is not known here: %(kind)s.")
            % {"kind": str(part.get("kind"))[:60]}
        )
    if not isinstance(rows, list) or len(rows) != part.get("rows"):
        raise Refused(_("Part %(name)s is not what was packed.") % {"name": part["name"]})
    found = [_row(kind.model, row, number) for number, row in enumerate(rows, 1)]
    ids = [UUID(row["id"]) for row in found if "id" in row]
    if len(set(ids)) < len(ids):
        raise Refused(_("Part %(name)s holds a row twice.") % {"name": part["name"]})
    return kind, found


def _row(model: Any, row: Any, number: int) -> dict[str, Any]:
    try:
        check_row(model, row)
    except Misshapen as fault:
        raise Refused(
            _("%(what)s, row %(number)s: %(why)s.")
            % {"what": model._meta.verbose_name, "number": number, "why": fault}
        ) from fault
    return row  # type: ignore[no-any-return]
