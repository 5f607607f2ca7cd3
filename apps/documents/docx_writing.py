"""A paper as DOCX: an issued one, or the standard text with its placeholders as a template."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from apps.core.xml_text import xml_text
from apps.documents.column_widths import column_widths, columns_of
from apps.documents.paper_text import Block

# The faces of official papers (GB/T 9704); a machine without them takes what it has.
TITLE_FACE, TEXT_FACE, HEAD_FACE = "方正小标宋简体", "仿宋_GB2312", "黑体"
TEXT_WIDTH_MM: Final = 156
ALIGN: Final = {
    "title": WD_ALIGN_PARAGRAPH.CENTER,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "number": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


# The library's blank page brings 160 styles and each of them twice: 880 KB of XML in every paper.
USED_STYLES: Final = {"Normal", "Table Grid", "Normal Table", "Default Paragraph Font", "No List"}
UNUSED_PARTS: Final = ("/stylesWithEffects", "/numbering", "/customXml", "/thumbnail")


@cache
def _blank() -> bytes:
    """An empty document with the styles that papers use, and no more."""
    document = Document()
    for style in list(document.styles):
        if style.name not in USED_STYLES:
            style.delete()
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.endswith(UNUSED_PARTS):
                del relations[name]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class Writer:
    """Writes block after block; `compact` papers must fit on one page."""

    def __init__(self, *, compact: bool = False) -> None:
        self.size = 11 if compact else 14
        self.gap = 1.15 if compact else 1.5
        self.document = Document(BytesIO(_blank()))
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.top_margin = section.bottom_margin = Mm(18 if compact else 28)
        self.document.styles["Normal"].font.size = Pt(self.size)

    def write(self, blocks: Iterable[Block]) -> bytes:
        for block in blocks:
            getattr(self, f"_{block['kind']}", self._paragraph)(block)
        out = BytesIO()
        self.document.core_properties.author = ""
        self.document.core_properties.title = ""
        self.document.save(out)
        return out.getvalue()

    def _paragraph(self, block: Block) -> None:
        kind = block["kind"]
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN.get(kind, WD_ALIGN_PARAGRAPH.JUSTIFY)
        self._spaced(paragraph)
        size = {"title": 22, "item": self.size - 2, "note": self.size - 2}.get(kind, self.size)
        face = {"title": TITLE_FACE, "heading": HEAD_FACE, "centre": HEAD_FACE}.get(kind, TEXT_FACE)
        if kind in {"text", "heading"}:
            paragraph.paragraph_format.first_line_indent = Pt(self.size * 2)
        if kind == "title":
            paragraph.paragraph_format.space_after = Pt(6)
        text = block.get("text", "{{number}}" if kind == "number" else "")
        self._run(paragraph, text, face, size)

    def _table(self, block: Block) -> None:
        rows = block["rows"]
        widths = column_widths(rows)
        table = self.document.add_table(rows=0, cols=columns_of(rows))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for row in rows:
            self._row(table.add_row(), row, widths)
        self._spaced(self.document.add_paragraph())

    def _row(self, made: Any, row: dict[str, Any], widths: list[int]) -> None:
        made.height = Mm(row.get("tall", 1) * 7 + 2)
        at = 0
        for cell in row["cells"]:
            span = cell.get("span", 1)
            target: _Cell = made.cells[at]
            if span > 1:
                target = target.merge(made.cells[at + span - 1])
            target.width = Mm(TEXT_WIDTH_MM * sum(widths[at : at + span]) / 100)
            paragraph = target.paragraphs[0]
            head = cell.get("head", False)
            if head:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(paragraph, cell["text"], HEAD_FACE if head else TEXT_FACE, self.size - 2)
            at += span

    def _sign(self, block: Block) -> None:
        signers = block["signers"]
        table = self.document.add_table(rows=1, cols=len(signers))
        for cell, signer in zip(table.rows[0].cells, signers, strict=True):
            self._run(
                cell.paragraphs[0],
                signer + (":" if signer.isascii() else "："),
                TEXT_FACE,
                self.size - 1,
            )
            day = cell.add_paragraph()
            day.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._run(
                day, "Date:" if signer.isascii() else "年　　月　　日", TEXT_FACE, self.size - 1
            )

    def _seal(self, block: Block) -> None:
        for text in (block.get("office", "{{office}}"), block.get("day", "{{issued_on}}")):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(self.size * 2)
            self._spaced(paragraph)
            self._run(paragraph, text, TEXT_FACE, self.size)

    def _cut(self, _block: Block) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(paragraph, "—　—　—　—　—　—　—　—　—　—　—　—　—　—　—", TEXT_FACE, 9)

    def _page(self, _block: Block) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _spaced(self, paragraph: Paragraph) -> None:
        paragraph.paragraph_format.line_spacing = self.gap
        paragraph.paragraph_format.space_after = Pt(0)

    @staticmethod
    def _run(paragraph: Paragraph, text: str, face: str, size: float) -> None:
        run = paragraph.add_run(xml_text(text))
        run.font.size = Pt(size)
        run.font.name = "Times New Roman"
        fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), face)


def paper_docx(blocks: Iterable[Block], *, compact: bool = False) -> bytes:
    """The blocks as a file of Word."""
    return Writer(compact=compact).write(blocks)
