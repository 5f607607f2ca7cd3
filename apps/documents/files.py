"""What an uploaded file is, told from its content; encrypted files under MEDIA_ROOT."""

import re
import zipfile
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from apps.core.crypto import seal_bytes, unseal_bytes
from apps.core.refusals import Refused
from apps.documents.codes import EXTENSIONS, MediaType
from apps.documents.models import Attachment

MAX_BYTES: Final = 10 * 1024 * 1024
# A DOCX is a zip: what it may grow to, and how many files it may hold.
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_PARTS: Final = 2000

SIGNATURES: Final = (
    (b"%PDF-", MediaType.PDF), (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG), (b"PK\x03\x04", MediaType.DOCX),
)  # fmt: skip


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise Refused(_("The file is larger than 10 MB."), field="file")
    if size == 0:
        raise Refused(_("The file is empty."), field="file")


def media_type_of(content: bytes, name: str) -> MediaType:
    """The type by its first bytes; the name must not say something else.

    Refused for any other type, for a DOCX with macros and for a zip that unpacks too far.
    """
    if re.search(r"[\\/\x00]", name) or name.startswith("."):
        raise Refused(_("The name of the file must not contain a path."), field="file")
    found = next((kind for mark, kind in SIGNATURES if content.startswith(mark)), None)
    if found is None:
        raise Refused(_("Only PDF, JPEG, PNG and DOCX can be attached."), field="file")
    if name.rpartition(".")[2].lower() not in EXTENSIONS[found]:
        raise Refused(
            _("The content is %(type)s, the name says something else.") % {"type": found.label},
            field="file",
        )
    if found == MediaType.DOCX:
        check_docx(content)
    return found


def check_docx(content: bytes) -> None:
    """A document of Word without macros, foreign parts or entities, of a sane size unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _check_archive(parts, names, len(content))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(archive.read(part))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused(_("The DOCX file is damaged or protected."), field="file") from error


def _check_archive(parts: list[zipfile.ZipInfo], names: set[str], size: int) -> None:
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise Refused(_("Only PDF, JPEG, PNG and DOCX can be attached."), field="file")
    unpacked = sum(part.file_size for part in parts)
    too_far = unpacked > MAX_UNPACKED or unpacked > size * MAX_RATIO
    if too_far or len(parts) > MAX_PARTS:
        raise Refused(_("The DOCX file unpacks to too much."), field="file")
    if any("vbaproject" in name.lower() or "/embeddings/" in name.lower() for name in names):
        raise Refused(_("A DOCX file with macros or embedded objects is refused."), field="file")


def _check_part(xml: bytes) -> None:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refused(_("The DOCX file is damaged or protected."), field="file")
    for relation in re.findall(rb"<Relationship\b[^>]*>", xml):
        if b'TargetMode="External"' in relation and b"/hyperlink" not in relation:
            raise Refused(_("The DOCX file refers to files elsewhere."), field="file")


def store(attachment: Attachment, content: bytes) -> None:
    """Write the encrypted file under a random name; the row itself is saved by the caller."""
    sealed = seal_bytes(content, attachment.context)
    attachment.file.save("scan.bin", ContentFile(sealed), save=False)


def read(attachment: Attachment) -> bytes:
    """The file as it was attached; raises InvalidTag when it was changed on disk."""
    with attachment.file.open("rb") as stored:
        return unseal_bytes(stored.read(), attachment.context)
