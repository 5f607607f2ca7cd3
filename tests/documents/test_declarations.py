"""Every paper, for every state that an order can be in."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.utils import translation
from docx import Document

from apps.accounts.models import User
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.core.articles import basis_words
from apps.core.days import today
from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.docx_writing import USED_STYLES, paper_docx
from apps.documents.drafts import draft_of
from apps.documents.paper_text import PLACEHOLDER, placeholders, texts
from apps.documents.placeholders import allowed_in
from apps.documents.subject import Subject
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.documents import answers_for
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
RECENT = today() - timedelta(days=200)


def order(measure: str, **more: object) -> Case:
    facts: dict[str, object] = {
        "measure": measure, "decided_on": RECENT, "received_on": RECENT, "reported_on": RECENT,
        "agreement_on": RECENT, "decision_number": f"琼公责字{uuid4().hex[:8]}号",
        "term_months": 36 if measure == Measure.SQJD else 24,
    }  # fmt: skip
    made: Case = CaseFactory(**(facts | more))
    return made


def closed(measure: str) -> Case:
    case = order(measure)
    close_case(case=case, by=User.objects.system(), on=today(), reason="imprisoned", note="判决书")
    return case


STATES = {
    "decided": lambda m: order(m, reported_on=None, agreement_on=None),
    "no receipt": lambda m: order(m, received_on=None, reported_on=None, agreement_on=None),
    "reported": lambda m: order(m, agreement_on=None),
    "in force": order,
    "ended": lambda m: order(
        m,
        decided_on=date(2020, 1, 2),
        received_on=date(2020, 1, 3),
        reported_on=date(2020, 1, 4),
        agreement_on=date(2020, 1, 4),
    ),
    "closed": closed,
}


def paper_text(kind: PaperKind, subject: Subject) -> str:
    draft = draft_of(DECLARATIONS[kind], subject, answers_for(kind))
    return "\n".join(texts(draft.blocks))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("measure", Measure.values)
def test_every_paper_renders_for_every_state_of_an_order(state: str, measure: str) -> None:
    case = STATES[state](measure)
    by = UserFactory(county_supervisor=True)
    for kind, declared in DECLARATIONS.items():
        for language in declared.languages:
            subject = Subject(case.person, case, by, today(), language)
            text = paper_text(kind, subject)
            assert not PLACEHOLDER.search(text), (kind, text)
            assert case.person.name in text, kind
            assert "None" not in text, kind


@pytest.mark.parametrize("kind", [k for k, d in DECLARATIONS.items() if not d.needs_case])
def test_papers_that_need_no_order_render_without_one(kind: PaperKind) -> None:
    person = PersonFactory()
    subject = Subject(person, None, UserFactory(county_supervisor=True), today())
    assert person.name in paper_text(kind, subject)


@pytest.mark.parametrize("state", STATES)
def test_papers_of_community_rehabilitation_never_speak_of_compulsory_isolation(state: str) -> None:
    """条例 art. 38: refusing or breaching community rehabilitation has no such effect by itself."""
    case = STATES[state](Measure.SQKF)
    by = UserFactory(county_supervisor=True)
    for kind in DECLARATIONS:
        text = paper_text(kind, Subject(case.person, case, by, today()))
        assert "强制隔离" not in text, kind
        assert "视为拒绝" not in text, kind


def test_only_the_agreement_of_community_detoxification_names_what_the_police_may_decide() -> None:
    """禁毒法 art. 38: it is the police who decide, and the paper says so."""
    case = order(Measure.SQJD)
    by = UserFactory(county_supervisor=True)
    naming = {
        kind
        for kind in DECLARATIONS
        if "强制隔离" in paper_text(kind, Subject(case.person, case, by, today()))
    }
    assert naming == {PaperKind.AGREEMENT}
    text = paper_text(PaperKind.AGREEMENT, Subject(case.person, case, by, today()))
    assert "是否作出，由公安机关依法决定" in text


@pytest.mark.parametrize("measure", Measure.values)
@pytest.mark.parametrize("kind", [k for k, d in DECLARATIONS.items() if d.decision])
def test_every_decision_names_the_remedies_with_their_terms(kind: PaperKind, measure: str) -> None:
    """行政复议法 art. 20: sixty days; 行政诉讼法 art. 46: six months."""
    text = "\n".join(texts(DECLARATIONS[kind].text(measure)))
    assert "六十日" in text
    assert "六个月" in text
    assert "第二十条" in text
    assert "第四十六条" in text


@pytest.mark.parametrize("measure", Measure.values)
def test_the_agreement_says_rights_and_help_before_duties(measure: str) -> None:
    """山东省禁毒条例 art. 41, taken over: the agreement contains rights and available help."""
    text = "\n".join(texts(DECLARATIONS[PaperKind.AGREEMENT].text(measure)))
    assert text.index("甲方提供的帮助") < text.index("乙方的权利") < text.index("乙方的义务")


@pytest.mark.parametrize("kind", DECLARATIONS)
def test_papers_use_neutral_words(kind: PaperKind) -> None:
    for measure in ("", *Measure.values):
        text = "\n".join(texts(DECLARATIONS[kind].text(measure)))
        assert not any(word in text for word in ("瘾君子", "吸毒人员", "失控", "吸毒者"))


def test_the_agreement_shows_term_and_dates_as_the_law_counts_them() -> None:
    """禁毒法 art. 33: three years from the day of reporting."""
    case: Case = CaseFactory()
    text = paper_text(
        PaperKind.AGREEMENT,
        Subject(case.person, case, UserFactory(county_supervisor=True), today()),
    )
    assert "自2024年3月1日起至2027年2月28日止" in text
    assert "三年" in text


def test_only_papers_that_need_it_carry_the_whole_document_number() -> None:
    case = order(Measure.SQJD)
    by = UserFactory(county_supervisor=True)
    number = case.person.document_number
    for kind, declared in DECLARATIONS.items():
        if number in paper_text(kind, Subject(case.person, case, by, today())):
            assert declared.full_number, kind


@pytest.mark.parametrize("kind", DECLARATIONS)
def test_every_placeholder_of_the_standard_text_is_in_the_list_of_placeholders(
    kind: PaperKind,
) -> None:
    for measure in ("", *Measure.values):
        assert placeholders(DECLARATIONS[kind].text(measure)) <= set(allowed_in(DECLARATIONS[kind]))


def test_marks_in_numbers_are_unique() -> None:
    assert len({d.mark for d in DECLARATIONS.values()}) == len(PaperKind)


def test_after_the_term_the_handbook_names_no_duty() -> None:
    """条例 arts. 23, 40: all duties end on the last day."""
    case = STATES["ended"](Measure.SQJD)
    by = UserFactory(county_supervisor=True)
    text = paper_text(PaperKind.HANDBOOK, Subject(case.person, case, by, today()))
    assert "目前没有必须履行的义务" in text
    assert "接受检测" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "《禁毒法》第三十三条、第四十八条；《戒毒条例》第十六条"),
        ("en", "Anti-Drug Law, arts. 33, 48; Drug Rehabilitation Regulation, art. 16"),
    ],
)
def test_the_basis_of_a_paper_is_told_in_the_language_of_the_reader(
    language: str, words: str
) -> None:
    with translation.override(language):
        assert basis_words("禁毒法33、48；戒毒条例16") == words


def test_articles_beyond_a_hundred_are_counted_as_the_law_counts() -> None:
    with translation.override("zh-hans"):
        assert basis_words("民法典10、20、100、101、110、203") == (
            "《民法典》第十条、第二十条、第一百条、第一百零一条、第一百一十条、第二百零三条"
        )


def test_a_paper_carries_no_style_that_it_does_not_use() -> None:
    """An office that fills in thousands of papers keeps and sends each of them."""
    file = paper_docx([{"kind": "text", "text": "正文"}])
    assert len(file) < 12_000
    assert {style.name for style in Document(BytesIO(file)).styles} == USED_STYLES
