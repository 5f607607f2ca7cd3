"""A DOCX of a stranger: what its parts are, and what none of them may hold.

The zip is held against limits first. Then every part of XML is parsed, as text in its true
encoding, and judged by what the parser found: no DTD, no entity, no macro, no embedded object, no
field that fetches or computes, and nothing elsewhere except links that a reader may follow.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.documents import photos

# A DOCX is a zip: what it may grow to, and how many files it may hold.
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_PARTS: Final = 2000
# All XML together: some seconds of parsing, and more than any paper of an office has.
MAX_XML: Final = 40 * 1024 * 1024
MAX_ELEMENTS: Final = 400_000
MAX_DEPTH: Final = 200

XML_NAMES: Final = ("xml", "rels", "vml")
MEDIA_NAMES: Final = (
    "png", "jpg", "jpeg", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "odttf", "ttf",
)  # fmt: skip
HYPERLINKS: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
)
# What a reader may follow by hand; nothing else outside the file is named.
LINK: Final = re.compile(r"(https?://|mailto:|tel:)[^\\]*", re.IGNORECASE)
ELSEWHERE: Final = re.compile(r"\s*([a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
BAD_KINDS: Final = ("macro", "vba", "activex", "oleobject", "afchunk", "subdocument", "control")
BAD_ELEMENTS: Final = {"altChunk", "OLEObject", "control", "ocx", "subDoc", "sourceFileName"}
# Fields that count, number or point within the paper. Everything else (INCLUDETEXT, DDE, LINK,
# DATABASE, QUOTE, MACROBUTTON …) fetches, runs or builds another field.
FIELDS: Final = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE",
    "PRINTDATE", "HYPERLINK", "TOC", "TC", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF", "EQ",
    "SYMBOL", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "TITLE", "AUTHOR", "ADVANCE",
}  # fmt: skip
# What a broken, locked or lying archive makes of the libraries.
FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, SAXException, ValueError, NotImplementedError, RuntimeError,
    EOFError, OSError,
)  # fmt: skip
DECLARED: Final = re.compile(r"\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)[\"']")


def check_docx(content: bytes) -> None:
    """Refused unless it is a document of Word that only holds text and pictures."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            _check_archive(parts, len(content))
            judge = _Judge()
            for _name, xml in xml_parts(archive):
                _parse(xml, judge)
    except Refused:
        raise
    except FAULTS as error:
        raise damaged() from error


def xml_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every part that a reader takes for XML."""
    for part in archive.infolist():
        if _ending(part.filename) in XML_NAMES and not part.is_dir():
            yield part.filename, archive.read(part)


def without_photo_traces(content: bytes) -> bytes:
    """The same document; its photos no longer say where they were taken."""
    with zipfile.ZipFile(BytesIO(content)) as old:
        parts = {p.filename: old.read(p) for p in old.infolist() if not p.is_dir()}
    clean = {name: photos.without_traces(data) for name, data in parts.items()}
    if clean == parts:
        return content
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in clean.items():
            new.writestr(name, data)
    return out.getvalue()


def damaged() -> Refused:
    return Refused(_("The DOCX file is damaged or protected."), field="file")


def too_much() -> Refused:
    return Refused(_("The DOCX file unpacks to too much."), field="file")


def _embedded() -> Refused:
    return Refused(_("A DOCX file with macros or embedded objects is refused."), field="file")


def _elsewhere() -> Refused:
    return Refused(_("The DOCX file refers to files elsewhere."), field="file")


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _check_archive(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise Refused(_("The file is no document of Word."), field="file")
    unpacked = sum(part.file_size for part in parts)
    too_far = unpacked > MAX_UNPACKED or unpacked > size * MAX_RATIO
    xml = sum(part.file_size for part in parts if _ending(part.filename) in XML_NAMES)
    if too_far or len(parts) > MAX_PARTS or xml > MAX_XML:
        raise too_much()
    # Two parts of one name, or a path upwards: what one reader checks another would not open.
    if len({name.lower() for name in names}) != len(parts) or any(map(_odd_path, names)):
        raise damaged()
    if any(_ending(name) not in XML_NAMES + MEDIA_NAMES for name in names):
        raise _embedded()
    if any(re.search(r"vbaproject|activex|/embeddings/", name, re.IGNORECASE) for name in names):
        raise _embedded()


def _odd_path(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _parse(xml: bytes, judge: "_Judge") -> None:
    """One part, in UTF-8 or UTF-16 and nothing else: no reader then sees another text."""
    wide = xml[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = xml.decode("utf-16" if wide else "utf-8-sig")
    said = DECLARED.match(text)
    allowed = {"utf-16"} if wide else {"utf-8", "us-ascii", "ascii"}
    if "\x00" in text or (said and said[1].lower() not in allowed):
        raise damaged()
    judge.fields = []
    defusedxml.sax.parseString(xml, judge, forbid_dtd=True)
    judge.close_fields()


class _Judge(ContentHandler):
    """Looks at elements by their own names, whatever prefix they have."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0
        self.fields: list[str] = []
        self.in_code = False

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - named by SAX
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise too_much()
        local = name.rpartition(":")[2]
        facts = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        if local in BAD_ELEMENTS:
            raise _embedded()
        if looks := self._LOOKS.get(local):
            looks(self, facts)
        if ELSEWHERE.match(facts.get("src", "")) or _bad_link(facts.get("href", "")):
            raise _elsewhere()
        self.in_code = local in {"instrText", "delInstrText"}

    def endElement(self, name: str) -> None:  # noqa: N802
        self.depth -= 1
        self.in_code = False

    def characters(self, content: str) -> None:
        if self.in_code:
            if not self.fields:
                self.fields.append("")
            self.fields[-1] += content

    def close_fields(self) -> None:
        """Fields that were begun and never ended count, too."""
        while self.fields:
            _check_field(self.fields.pop())

    def _relationship(self, facts: dict[str, str]) -> None:
        kind, target = facts.get("Type", ""), facts.get("Target", "")
        last = kind.rpartition("/")[2].lower()
        if any(bad in last for bad in BAD_KINDS):
            raise _embedded()
        inside = facts.get("TargetMode", "").strip().lower() != "external"
        if inside and not ELSEWHERE.match(target):
            return
        if kind not in HYPERLINKS or not LINK.fullmatch(target):
            raise _elsewhere()

    def _content_type(self, facts: dict[str, str]) -> None:
        kind = facts.get("ContentType", "").lower()
        name = facts.get("PartName") or facts.get("Extension", "")
        if any(bad in kind for bad in BAD_KINDS):
            raise _embedded()
        if "xml" in kind and _ending(name) not in XML_NAMES:
            raise damaged()

    def _field_char(self, facts: dict[str, str]) -> None:
        kind = facts.get("fldCharType")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            _check_field(self.fields.pop())

    def _simple_field(self, facts: dict[str, str]) -> None:
        _check_field(facts.get("instr", ""))

    def _span(self, facts: dict[str, str]) -> None:
        if not re.fullmatch(r"[1-9]\d?", facts.get("val", "")):
            raise damaged()

    _LOOKS: Final = {
        "Relationship": _relationship, "Override": _content_type, "Default": _content_type,
        "fldChar": _field_char, "fldSimple": _simple_field, "gridSpan": _span,
    }  # fmt: skip


def _check_field(code: str) -> None:
    words = code.split()
    if not words:
        return
    if words[0].upper() not in FIELDS:
        raise Refused(
            _("The DOCX file has a field that fetches or computes: %(name)s.")
            % {"name": words[0][:20]},
            field="file",
        )
    target = words[1].strip('"“”') if len(words) > 1 else ""
    if words[0].upper() == "HYPERLINK" and _bad_link(target):
        raise _elsewhere()


def _bad_link(target: str) -> bool:
    return bool(ELSEWHERE.match(target)) and not LINK.fullmatch(target)
