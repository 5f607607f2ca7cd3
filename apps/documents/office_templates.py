"""An office's own DOCX: checked when it comes in, filled when a paper is issued.

A template is text with `{{name}}` in it, and nothing in it is ever evaluated: known names are
replaced by facts, once, in the text that the parser decoded. What is checked is what is filled:
both look at the same tree of the same part, however its file wrote the characters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from lxml import etree

from apps.core.refusals import Refused
from apps.core.xml_text import xml_text
from apps.documents.docx_package import check_docx, damaged, xml_parts
from apps.documents.docx_reading import W, blocks_of_body, is_text_part, own_nodes
from apps.documents.paper_text import Block
from apps.documents.uploaded_files import check_size

LINE: Final = "＿＿＿＿＿＿"
PLACEHOLDER: Final = re.compile(r"\{\{\s*([A-Za-z]\w*)\s*\}\}", re.ASCII)
# Where something else than a name begins: brackets left over, blocks and remarks of template
# languages, and brackets typed in full width.
MARKS: Final = ("{{", "}}", "{%", "%}", "{#", "#}", "｛｛", "｝｝")
MAX_PLACEHOLDERS: Final = 2000
# A word may be split over runs; these end it.
BREAKS: Final = {W + name for name in ("tab", "br", "cr", "fldChar", "noBreakHyphen", "drawing")}

Node = Any


def check_template(content: bytes, allowed: Iterable[str]) -> None:
    """Refused unless it is a DOCX whose only expressions are names that the kind knows."""
    check_size(len(content))
    check_docx(content)
    names: list[str] = []
    documents = 0
    for _part, tree in _trees(content):
        documents += tree.tag == W + "document"
        names += _names_in(tree) if is_text_part(tree) else _nothing_in(tree)
    if documents != 1:
        raise damaged()
    _check_names(names, allowed)
    _try_out(content, dict.fromkeys(allowed, "试"))


def _check_names(names: list[str], allowed: Iterable[str]) -> None:
    unknown = sorted(set(names) - set(allowed))
    if unknown:
        words = _("Unknown placeholders: %(names)s. The list of placeholders is on this page.")
        raise Refused(words % {"names": ", ".join(unknown[:10])}, field="file")
    if not names:
        words = _("The file has no placeholder: every paper would be the same.")
        raise Refused(words, field="file")
    if len(names) > MAX_PLACEHOLDERS:
        words = _("The file has more than %(number)s placeholders.")
        raise Refused(words % {"number": MAX_PLACEHOLDERS}, field="file")


def _trees(content: bytes) -> Iterator[tuple[str, Node]]:
    with ZipFile(BytesIO(content)) as archive:
        for name, xml in xml_parts(archive):
            yield name, _tree(xml)


def _tree(xml: bytes) -> Node:
    """Parsed without DTD, entities and network; a parser is for one document."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise damaged() from error


def _names_in(tree: Node) -> list[str]:
    """Names of plain placeholders in running text; anything like code is refused."""
    names: list[str] = []
    running: set[Node] = set()
    for paragraph in tree.iter(W + "p"):
        for texts in _pieces(paragraph):
            running.update(texts)
            text = "".join(node.text or "" for node in texts)
            names += PLACEHOLDER.findall(text)
            if any(mark in PLACEHOLDER.sub("\0", text) for mark in MARKS):
                raise _only_names()
    _refuse_marks(
        text
        for node in tree.iter(etree.Element)
        for text in ("" if node in running else node.text, node.tail, *node.attrib.values())
    )
    return names


def _nothing_in(tree: Node) -> list[str]:
    _refuse_marks(["".join(tree.itertext())])
    _refuse_marks(value for node in tree.iter(etree.Element) for value in node.attrib.values())
    return []


def _refuse_marks(texts: Iterable[str | None]) -> None:
    if any(text and re.search(r"\{[{%#]|｛｛", text) for text in texts):
        raise Refused(_("A placeholder stands outside the text, header and footer."), field="file")


def _only_names() -> Refused:
    return Refused(
        _("Only plain placeholders such as {{name}} are allowed: no conditions, loops or calls."),
        field="file",
    )


def _pieces(paragraph: Node) -> Iterator[list[Node]]:
    """The texts of a paragraph that follow each other without a break."""
    piece: list[Node] = []
    for node in own_nodes(paragraph):
        if node.tag == W + "t":
            piece.append(node)
        elif node.tag in BREAKS and piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _try_out(content: bytes, facts: Mapping[str, str]) -> None:
    """Filled, read for the screen and opened as a reader would."""
    from docx import Document

    try:
        made = render(content, facts)
        blocks_of(made)
        Document(BytesIO(made))
    except Exception as error:  # whatever a damaged file makes of the libraries
        raise Refused(_("The file could not be filled on trial."), field="file") from error


def render(content: bytes, facts: Mapping[str, str]) -> bytes:
    """The template filled with facts; an unknown fact becomes a line to write on."""
    values = {name: xml_text(value) or LINE for name, value in facts.items()}
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        filled = {name: _filled(xml, values) for name, xml in xml_parts(old)}
        for part in old.infolist():
            if not part.is_dir():
                new.writestr(part.filename, filled.get(part.filename) or old.read(part))
    return out.getvalue()


def _filled(xml: bytes, values: Mapping[str, str]) -> bytes:
    tree = _tree(xml)
    if not is_text_part(tree):
        return xml
    for paragraph in tree.iter(W + "p"):
        for texts in list(_pieces(paragraph)):
            _fill(texts, values)
    made: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _fill(texts: list[Node], values: Mapping[str, str]) -> None:
    """From the last to the first, so that places found before stay where they are.

    The fact goes where the placeholder begins and takes its look from there.
    """
    found = list(PLACEHOLDER.finditer("".join(node.text or "" for node in texts)))
    for match in reversed(found):
        value: str | None = values.get(match[1])
        if value is None:
            continue
        at = 0
        for node in texts:
            text = node.text or ""
            begin, end = max(match.start() - at, 0), min(match.end() - at, len(text))
            at += len(text)
            if begin < end:
                node.text, value = text[:begin] + value + text[end:], ""
    if found:
        for node in texts:
            _break_lines(node)


def _break_lines(node: Node) -> None:
    """Line ends and tabs of a fact are elements in Word."""
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    first, *rest = re.split(r"([\n\t])", node.text or "")
    node.text = first
    for sign, text in zip(rest[::2], rest[1::2], strict=True):
        made = etree.Element(W + ("br" if sign == "\n" else "tab"))
        node.addnext(made)
        more = etree.Element(W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        more.text = text
        made.addnext(more)
        node = more


def blocks_of(content: bytes) -> list[Block]:
    """The text of a filled DOCX for the screen; its look is in the DOCX itself."""
    for _part, tree in _trees(content):
        if tree.tag == W + "document":
            return blocks_of_body(tree)
    return []
