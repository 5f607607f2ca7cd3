"""An office's own DOCX: plain placeholders, nothing that runs."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.docx_writing import paper_docx
from apps.documents.models import OfficeTemplate
from apps.documents.office_templates import blocks_of, check_template, render
from apps.documents.paper_text import expanded, filled, texts
from apps.documents.placeholders import allowed_in
from apps.documents.services import add_template, template_for, withdraw_template
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.documents import docx, issued, with_part

pytestmark = pytest.mark.django_db

# Ways out of a template: objects' classes, Jinja's globals, attributes, calls, blocks, filters.
HOSTILE = (
    "{{ name.__class__.__mro__[1].__subclasses__() }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__ }}", "{{ name.upper() }}", "{{ name|upper }}", "{{ 7*7 }}", "{{ name[0] }}",
    "{{ range(9999999) }}", "{{ name ~ name }}", "{{ name if 1 else 2 }}", "{{ 'x' }}",
    "{% for i in range(99999999) %}x{% endfor %}", "{% if name %}x{% endif %}",
    "{% set x = 1 %}", "{% include '/etc/passwd' %}", "{% import 'os' as os %}",
    "{%p if name %}", "{%tr for a in name %}", "{# a remark #} {{ name }}", "{{ name",
    "{{r name.x }}",
    "{{ config }}", "{{ request }}", "{{ lipsum }}",
)  # fmt: skip


@pytest.fixture
def by() -> User:
    return UserFactory(county_supervisor=True)


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("own.docx", content)


def add(by: User, content: bytes, kind: str = PaperKind.NOTICE, **more: object) -> OfficeTemplate:
    facts = {"area": area(QIONGHAI), "effective_from": today()} | more
    return add_template(kind=kind, by=by, file=upload(content), **facts)


def own_text(text: str = "致{{name}}：{{office}}") -> bytes:
    return docx("本市自定告知书", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_but_a_known_name_is_refused(by: User, text: str) -> None:
    with pytest.raises(Refused):
        add(by, docx("{{ name }}", text))
    assert not OfficeTemplate.objects.exists()


@pytest.mark.parametrize("text", HOSTILE[:3])
def test_code_hidden_in_header_or_properties_is_refused(by: User, text: str) -> None:
    document = Document(BytesIO(own_text()))
    document.sections[0].header.paragraphs[0].text = text
    out = BytesIO()
    document.save(out)
    with pytest.raises(Refused, match="这样的占位符，不允许条件、循环和函数。"):
        add(by, out.getvalue())
    document = Document(BytesIO(own_text()))
    document.core_properties.title = text
    out = BytesIO()
    document.save(out)
    with pytest.raises(Refused, match="占位符只能放在正文、页眉和页脚中。"):
        add(by, out.getvalue())


def test_code_split_over_runs_of_a_paragraph_is_refused(by: User) -> None:
    document = Document()
    paragraph = document.add_paragraph("{{name}} ")
    for piece in ("{", "{ name.__cl", "ass__ }", "}"):
        paragraph.add_run(piece)
    out = BytesIO()
    document.save(out)
    with pytest.raises(Refused, match="这样的占位符，不允许条件、循环和函数。"):
        add(by, out.getvalue())


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 nothing", b"%PDF-1.7", docx("no placeholder at all")],
    ids=["empty", "broken", "pdf", "plain"],
)
def test_a_file_that_cannot_be_filled_is_refused(by: User, content: bytes) -> None:
    with pytest.raises(Refused):
        add(by, content)


def test_macros_are_refused_in_a_template_too(by: User) -> None:
    with pytest.raises(Refused, match="含宏或者嵌入对象的DOCX文件不予接收。"):
        add(by, with_part(own_text(), "word/vbaProject.bin", b"x"))


@pytest.mark.parametrize("kind", DECLARATIONS)
def test_the_standard_text_is_a_good_template_and_gives_the_same_words(kind: PaperKind) -> None:
    declared = DECLARATIONS[kind]
    for measure in Measure.values:
        blocks = declared.text(measure)
        content = paper_docx(expanded(blocks))
        check_template(content, allowed_in(declared))
        facts = {name: f"［{name}］" for name in allowed_in(declared)}
        own = "".join(texts(blocks_of(render(content, facts))))
        for text in texts(filled(blocks, facts)):
            assert "".join(text.split()) in "".join(own.split()), kind


def test_what_a_person_wrote_cannot_become_markup_of_the_document() -> None:
    said = "<w:p/>&amp; {{office}} {% if %} </w:t>"
    content = render(docx("{{name}}"), {"name": said, "office": "机关"})
    assert Document(BytesIO(content)).paragraphs[0].text == said
    with ZipFile(BytesIO(content)) as archive:
        assert b"&lt;w:p/&gt;" in archive.read("word/document.xml")


def test_an_office_prints_its_own_words_and_a_reprint_keeps_them(by: User) -> None:
    case: Case = CaseFactory()
    template = add(by, own_text())
    document = issued(case, by, PaperKind.NOTICE)
    assert document.template == template
    expected = ["本市自定告知书", f"致{case.person.name}：琼海市嘉积镇人民政府"]
    assert [block["text"] for block in document.blocks] == expected
    withdraw_template(template=template, by=by)
    document.refresh_from_db()
    again = render(bytes(document.template.content), document.facts)
    assert [p.text for p in Document(BytesIO(again)).paragraphs] == expected
    assert issued(case, by, PaperKind.NOTICE).template is None


def test_the_nearest_office_the_measure_and_the_newest_win(by: User) -> None:
    town = area()
    of_county = add(by, own_text())
    of_town = add(by, own_text(), area=town)
    of_measure = add(by, own_text(), area=town, measure=Measure.SQKF)
    newer = add(by, own_text(), area=town)
    later = add(by, own_text(), area=town, effective_from=today() + timedelta(days=3))

    def used(office: Area, measure: str, days: int = 0) -> OfficeTemplate | None:
        return template_for(office, PaperKind.NOTICE, measure, today() + timedelta(days=days))

    assert used(area("469002101"), Measure.SQJD) == of_county
    assert used(town, Measure.SQKF) == of_measure
    assert used(town, Measure.SQJD) == newer != of_town
    assert used(town, Measure.SQJD, 3) == later
    assert used(area(WENCHANG), Measure.SQJD) is None


def test_nobody_replaces_the_papers_of_another_county(by: User) -> None:
    with pytest.raises(Refused, match="只能管理本辖区的模板。"):
        add(by, own_text(), area=area(WENCHANG))


def test_a_template_is_never_back_dated(by: User) -> None:
    with pytest.raises(Refused, match="模板从今天或以后生效：已签发的文书不变。"):
        add(by, own_text(), effective_from=today() - timedelta(days=1))


def test_rights_and_english_papers_keep_the_standard_text(by: User) -> None:
    add(by, own_text())
    document = issued(CaseFactory(), by, PaperKind.NOTICE, language="en")
    assert document.template is None
