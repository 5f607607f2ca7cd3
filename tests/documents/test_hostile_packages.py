"""No trick of a DOCX gets past: as the template of an office, or as a scan."""

import time
from io import BytesIO

import pytest
from docx import Document

from apps.core.refusals import Refused
from apps.documents.codes import MediaType
from apps.documents.docx_package import check_docx
from apps.documents.office_templates import blocks_of, check_template, render
from apps.documents.uploaded_files import taken
from tests.documents.tricks import EXPRESSIONS, GOOD_PACKAGES, NAME, PACKAGES, body, main, p

SECONDS = 20  # on a busy machine; each takes far less than one


@pytest.mark.parametrize("trick", EXPRESSIONS)
def test_no_expression_gets_into_a_template(trick: str) -> None:
    with pytest.raises(Refused):
        check_template(EXPRESSIONS[trick], ["name"])


@pytest.mark.parametrize("trick", EXPRESSIONS)
def test_what_a_template_of_old_holds_is_never_evaluated(trick: str) -> None:
    """Files that an earlier check took: nothing in them runs when a paper is issued."""
    begun = time.monotonic()
    try:
        made = render(EXPRESSIONS[trick], {"name": "陈某", "x": "y"})
    except Refused:
        return
    assert "49" not in str(blocks_of(made))
    assert len(made) < 100_000
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("trick", PACKAGES)
def test_what_reaches_out_runs_or_explodes_is_refused_in_time(trick: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Refused):
        check_template(PACKAGES[trick], ["name"])
    with pytest.raises(Refused):
        taken(PACKAGES[trick], "a.docx")
    assert time.monotonic() - begun < SECONDS


@pytest.mark.parametrize("kind", GOOD_PACKAGES)
def test_a_good_document_is_taken_as_template_and_as_scan(kind: str) -> None:
    content = GOOD_PACKAGES[kind]
    check_template(content, ["name"])
    made = render(content, {"name": "陈某"})
    assert "陈某" in str(blocks_of(made))
    Document(BytesIO(made))
    assert taken(content, "a.docx") == (MediaType.DOCX, content)


def test_a_placeholder_split_over_runs_takes_the_look_of_its_beginning() -> None:
    xml = p("致{{", "na", "me}}：{{x}}")
    made = Document(BytesIO(render(main(body(xml)), {"name": "陈某", "x": "甲\n乙\t丙"})))
    runs = [run.text for run in made.paragraphs[0].runs]
    assert runs == ["致陈某", "", "：甲\n乙\t丙"]


def test_what_stands_in_a_fact_is_text_and_no_placeholder() -> None:
    made = render(main(body(p("{{name}}{{x}}"))), {"name": "{{x}}", "x": "{{name}}{%"})
    assert blocks_of(made) == [{"kind": "plain", "text": "{{x}}{{name}}{%"}]


def test_three_brackets_are_a_bracket_around_a_name() -> None:
    check_template(main(body(p("{{{name}}}"))), ["name"])
    assert blocks_of(render(main(body(p("{{{name}}}"))), {"name": "陈"}))[0]["text"] == "{陈}"


def test_a_table_of_many_merged_rows_is_read_in_one_walk() -> None:
    cell = '<w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="60"/></w:tcPr><w:p/></w:tc>'
    content = main(body(NAME + f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 3000}</w:tbl>"))
    check_docx(content)
    begun = time.monotonic()
    assert len(blocks_of(content)[1]["rows"]) == 3000
    assert time.monotonic() - begun < SECONDS
