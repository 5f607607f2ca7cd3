"""An office's own DOCX: checked when it comes in, filled when a paper is issued.

Only `{{name}}` is allowed. The file is checked part by part for any other expression, then
filled once on trial; filling itself runs in Jinja's sandbox.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from apps.core.refusals import Refused
from apps.documents.blocks import Block
from apps.documents.files import check_docx, check_size

LINE: Final = "＿＿＿＿＿＿"
MARKS: Final = ("{{", "{%", "{#")
# Parts in which docxtpl fills placeholders.
FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f]")


def check_template(content: bytes, allowed: Iterable[str]) -> None:
    """Refused unless it is a DOCX whose only expressions are names that the kind knows."""
    check_size(len(content))
    check_docx(content)
    names: set[str] = set()
    for xml in _filled_parts(content):
        names |= _names_in(xml)
    unknown = sorted(names - set(allowed))
    if unknown:
        words = _("Unknown placeholders: %(names)s. The list of placeholders is on this page.")
        raise Refused(words % {"names": ", ".join(unknown)}, field="file")
    if not names:
        words = _("The file has no placeholder: every paper would be the same.")
        raise Refused(words, field="file")
    _try_out(content, dict.fromkeys(allowed, "试"))


def _filled_parts(content: bytes) -> Iterator[str]:
    """Parts that are filled; a mark anywhere else is refused."""
    template = DocxTemplate(BytesIO(content))
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            xml = archive.read(name).decode("utf-8", "replace")
            if FILLED.fullmatch(name):
                yield template.patch_xml(xml)
            elif any(mark in re.sub(r"<[^>]+>", "", xml) for mark in MARKS):
                raise Refused(
                    _("A placeholder stands outside the text, header and footer."), field="file"
                )


def _names_in(xml: str) -> set[str]:
    """Names of plain placeholders; anything else that Jinja would run is refused."""
    try:
        tree = _environment().parse(xml)
    except TemplateError as error:
        raise _only_names() from error
    if re.search(r"\{[%#]", xml):
        raise _only_names()
    found = set()
    for output in tree.body:
        if not isinstance(output, nodes.Output):
            raise _only_names()
        for node in output.nodes:
            if isinstance(node, nodes.Name):
                found.add(node.name)
            elif not isinstance(node, nodes.TemplateData):
                raise _only_names()
    return found


def _only_names() -> Refused:
    return Refused(
        _("Only plain placeholders such as {{name}} are allowed: no conditions, loops or calls."),
        field="file",
    )


def _environment() -> SandboxedEnvironment:
    """Without filters, tests and globals: a template can name a fact and nothing else."""
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _try_out(content: bytes, facts: Mapping[str, str]) -> None:
    try:
        blocks_of(render(content, facts))
    except Exception as error:  # whatever a damaged file makes of the libraries
        raise Refused(_("The file could not be filled on trial."), field="file") from error


def render(content: bytes, facts: Mapping[str, str]) -> bytes:
    """The template filled with facts; an unknown fact becomes a line to write on."""
    template = DocxTemplate(BytesIO(content))
    values = {name: CONTROL.sub("", value) or LINE for name, value in facts.items()}
    template.render(values, jinja_env=_environment(), autoescape=True)
    out = BytesIO()
    template.save(out)
    return out.getvalue()


def blocks_of(content: bytes) -> list[Block]:
    """The text of a filled DOCX for the screen; its look is in the DOCX itself."""
    document = Document(BytesIO(content))
    out: list[Block] = []
    for part in document.iter_inner_content():
        block = _table_block(part) if isinstance(part, Table) else _paragraph_block(part)
        if block:
            out.append(block)
    return out


def _paragraph_block(paragraph: Paragraph) -> Block | None:
    text = paragraph.text.strip()
    if not text:
        return None
    if paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER:
        return {"kind": "centre", "text": text}
    if paragraph.alignment == WD_ALIGN_PARAGRAPH.RIGHT:
        return {"kind": "right", "text": text}
    return {"kind": "plain", "text": text}


def _table_block(table: Table) -> Block:
    rows: list[dict[str, Any]] = []
    for row in table.rows:
        cells: list[dict[str, Any]] = []
        for cell in row.cells:
            if cells and cells[-1]["of"] is cell._tc:
                cells[-1]["span"] = cells[-1].get("span", 1) + 1
            else:
                cells.append({"of": cell._tc, "text": cell.text})
        rows.append({"cells": [{k: v for k, v in c.items() if k != "of"} for c in cells]})
    return {"kind": "table", "rows": rows}
