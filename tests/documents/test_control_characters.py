"""Whatever was stored, every paper and every table can be written and opened again.

Old rows hold control characters that forms refuse today; a paper with one in it is numbered and
must stay readable for good.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import closing, suppress

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from apps.cases.models import Case
from apps.core.exports import TYPES, Sheet, file_response
from apps.core.refusals import Refused
from apps.core.xml_text import xml_text
from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.docx_writing import paper_docx
from apps.documents.office_templates import blocks_of, render
from apps.documents.paper_text import expanded, filled
from apps.documents.placeholders import allowed_in
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.documents import answers_for, docx, issued
from tests.factories.persons import PersonFactory

# All that a column of text can hold: PostgreSQL refuses only U+0000 and halves of pairs.
CONTROL = "".join(map(chr, [*range(1, 32), *range(127, 160), 0x2028, 0x2029, 0xFFFE, 0xFFFF]))
SAID = f"前{CONTROL}后"


def test_each_control_character_is_a_break_or_nothing() -> None:
    assert {xml_text(sign) for sign in CONTROL} == {"\t", "\n", ""}
    assert xml_text("一\r\n二\r三\x0b四") == "一\n二\n三\n四"
    assert xml_text("吕 lü 😀 \u200b") == "吕 lü 😀 \u200b"


@pytest.mark.parametrize("kind", DECLARATIONS)
def test_every_paper_with_every_control_character_in_every_fact_is_written(kind: PaperKind) -> None:
    declared = DECLARATIONS[kind]
    for measure in ("SQJD", "SQKF"):
        for language in declared.languages:
            facts = dict.fromkeys(allowed_in(declared), SAID)
            content = paper_docx(filled(declared.text(measure, language), facts))
            assert "后" in str(blocks_of(content)), (measure, language)
            Document(io.BytesIO(content))
        own = render(paper_docx(expanded(declared.text(measure))), facts)
        assert "后" in str(blocks_of(own))


@pytest.mark.django_db
def test_a_numbered_paper_with_control_characters_opens(client: Client) -> None:
    """Every kind that can be issued for an order in force."""
    by = UserFactory(county_supervisor=True)
    case: Case = CaseFactory(person=PersonFactory(name="陈\x0b某"))
    client.force_login(by)
    opened = 0
    for kind in PaperKind.values:
        answers = {
            name: f"{value}{SAID}" if isinstance(value, str) else value
            for name, value in answers_for(kind).items()
        }
        with suppress(Refused):
            paper = issued(case, by, kind, answers=answers)
            opened += 1
            for page in ("docx", "print", "detail"):
                answer = client.get(reverse(f"documents:{page}", args=[paper.public_id]))
                assert answer.status_code == 200, (kind, page)
    assert opened >= 8


def rows() -> Iterator[list[str]]:
    yield from ([sign, f"a{sign}b"] for sign in CONTROL)


@pytest.mark.parametrize("kind", TYPES)
def test_every_export_with_every_control_character_opens(kind: str) -> None:
    sheet = Sheet(SAID, [SAID, "二"], rows(), SAID)
    with closing(file_response(sheet, kind, "list")) as answer:
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    if kind == "csv":
        read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    else:
        page = openpyxl.load_workbook(io.BytesIO(content)).active
        read = [list(row) for row in page.values]  # type: ignore[union-attr]
    assert len(read) == len(CONTROL) + 2
    assert {row[1] for row in read[1:-1]} <= {"ab", "a\nb", "a\tb"}


def test_a_template_filled_with_control_characters_opens() -> None:
    assert "前" in str(blocks_of(render(docx("{{name}}"), {"name": SAID})))
