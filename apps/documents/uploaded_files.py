"""What an uploaded file is, told from its content; encrypted files under MEDIA_ROOT."""

import re
from mimetypes import MimeTypes
from typing import Final

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _, gettext_lazy

from apps.core.crypto import seal_bytes, unseal_bytes
from apps.core.refusals import Refused
from apps.core.uploads import MAX_BYTES
from apps.documents import photos
from apps.documents.codes import PICTURES, MediaType
from apps.documents.docx_package import check_docx, without_photo_traces
from apps.documents.models import Attachment
from apps.documents.pdf_files import check_pdf

SIGNATURES: Final = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"PK\x03\x04", "docx"),
)
# Brands of the pictures that phones write as HEIF.
HEIF: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
ENDINGS: Final = {"pdf": ("pdf",), "docx": ("docx",), "picture": PICTURES}
NAMES: Final = {"pdf": "PDF", "docx": "DOCX", "picture": gettext_lazy("a picture")}


def check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise Refused(_("The file is larger than 10 MB."), field="file")
    if size == 0:
        raise Refused(_("The file is empty."), field="file")


def taken(content: bytes, name: str) -> tuple[MediaType, bytes]:
    """What is kept of an upload and its type by the first bytes; the name must not say otherwise.

    Refused for any other type, for a damaged picture, for a DOCX or a PDF that holds more than
    text and pictures. Pictures are written anew: a phone names them as it likes, and they lose
    every trace of where they were taken.
    """
    if re.search(r"[\\/\x00]", name) or name.startswith("."):
        raise Refused(_("The name of the file must not contain a path."), field="file")
    found = _kind_of(content)
    if not _may_be_called(found, name):
        raise Refused(
            _("The content is %(type)s, the name says something else.") % {"type": NAMES[found]},
            field="file",
        )
    if found == "pdf":
        check_pdf(content)
        return MediaType.PDF, content
    if found == "docx":
        check_docx(content)
        return MediaType.DOCX, without_photo_traces(content)
    kind, picture = photos.cleaned(content)
    check_size(len(picture))
    return kind, picture


def _may_be_called(kind: str, name: str) -> bool:
    """A picture is written anew, so only a name that tells of another kind of file is refused:
    phones and messengers give names without an ending, or with one of their own.
    """
    ending = name.rpartition(".")[2].lower()
    if any(ending in endings for endings in ENDINGS.values()):
        return ending in ENDINGS[kind]
    claimed, packed = MimeTypes().guess_type(name)
    return kind == "picture" and packed is None and claimed in {None, "application/octet-stream"}


def _kind_of(content: bytes) -> str:
    for mark, kind in SIGNATURES:
        if content.startswith(mark):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIF:
        return "picture"
    raise Refused(_("Only PDF, JPEG, PNG, HEIC and DOCX can be attached."), field="file")


def store(attachment: Attachment, content: bytes) -> None:
    """Write the encrypted file under a random name; the row itself is saved by the caller."""
    sealed = seal_bytes(content, attachment.context)
    attachment.file.save("scan.bin", ContentFile(sealed), save=False)


def read(attachment: Attachment) -> bytes:
    """The file as it was attached; raises InvalidTag when it was changed on disk."""
    with attachment.file.open("rb") as stored:
        return unseal_bytes(stored.read(), attachment.context)
