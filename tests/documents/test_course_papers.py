"""Papers of the course of an order, from an order with a history: facts, guards, both forms."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.assessments.services import record_objection, record_told
from apps.breaches.services import respond_to_breach
from apps.cases.codes import ClosureReason, Measure
from apps.cases.models import Case
from apps.cases.services import close_case, propose_police_report, record_report
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents.codes import PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.docx_writing import paper_docx
from apps.documents.drafts import draft_of, facts_for
from apps.documents.facts.end import CLOSURES
from apps.documents.file_index import EntryState, index_of, read_file
from apps.documents.paper_text import PLACEHOLDER, texts
from apps.documents.services.issuing import check_issue
from apps.documents.subject import Answers, Subject
from apps.documents.templatetags.papers import in_lines
from apps.needs.services import record_need, refer_need
from tests.factories.accounts import UserFactory
from tests.factories.assessments import assessed
from tests.factories.breaches import confirmed, days_ago, not_confirmed
from tests.factories.cases import CaseFactory
from tests.factories.documents import issued
from tests.factories.pages import running_case
from tests.once import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return UserFactory(name="周晓岚")


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


@pytest.fixture(params=Measure.values)
def case(worker: User, request: pytest.FixtureRequest) -> Case:
    return order(worker, request.param)


def order(worker: User, measure: str) -> Case:
    found = running_case(worker, days=300)
    Case.objects.filter(pk=found.pk).update(measure=measure, term_months=36)
    found.refresh_from_db()
    return found


def report(case: Case, worker: User, boss: User, ground: str = "serious") -> None:
    propose_police_report(
        case=case, by=worker, ground=ground, happened_on=days_ago(5),
        facts="三次拒绝检测，均已确认", heard="承认，愿意配合",
    )  # fmt: skip
    approve(proposal=case.person.proposals.waiting().get(kind="police_report"), by=boss)


class Course(NamedTuple):
    case: Case
    worker: User
    boss: User


@pytest.fixture(scope="module", params=Measure.values)
def course(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Course]:
    """An order with a history, told once for all papers that are drawn from it."""
    with once(django_db_blocker, lambda: told(request.param)) as course:
        yield course


def told(measure: str) -> Course:
    worker, boss = UserFactory(name="周晓岚"), UserFactory(town_supervisor=True)
    case = order(worker, measure)
    history(case, worker, boss)
    return Course(case, worker, boss)


def history(case: Case, worker: User, boss: User) -> None:
    """Breaches with an answer, an assessment with an objection, a need, a report."""
    breach = confirmed(case, worker, boss)
    respond_to_breach(
        breach=breach, by=worker, client_uuid=uuid4(), kind="admonition", on=today(), words="按时",
    )  # fmt: skip
    confirmed(case, worker, boss, kind="left", on=days_ago(40), until=days_ago(36))
    not_confirmed(case, worker, boss, on=days_ago(60))
    row = assessed(case.person, worker, days_ago(9), words={"job": "打零工"})
    record_told(assessment=row, by=worker, on=days_ago(8), how="paper")
    row.refresh_from_db()
    record_objection(assessment=row, by=worker, on=days_ago(7), words="工作稳定，请重评")
    need = record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=days_ago(20),
        words="想找活",
        case=case,
    )
    refer_need(need=need, by=worker, to="市就业局", on=days_ago(10))
    report(case, worker, boss)


def text_of(kind: PaperKind, subject: Subject, answers: Answers | None = None) -> str:
    """The paper with what the form has in its fields beforehand."""
    declared = DECLARATIONS[kind]
    facts = facts_for(declared, subject)
    known: Answers = {ask.name: facts.get(ask.initial, "") or ask.text for ask in declared.asks}
    return "\n".join(texts(draft_of(declared, subject, known | (answers or {})).blocks))


def test_every_kind_prints_on_a_sheet_and_as_docx(course: Course) -> None:
    subject = Subject(course.case.person, course.case, course.boss, today())
    for kind, declared in DECLARATIONS.items():
        answers: Answers = {
            ask.name: today() if ask.kind == "day" else "说明" for ask in declared.asks
        }
        draft = draft_of(declared, subject, answers, number="嘉积镇戒康试字〔2026〕1号")
        sheet = render_to_string(
            "documents/paper.html",
            {"blocks": draft.blocks, "compact": declared.compact, "paper_lang": "zh-hans"},
        )
        file = Document(BytesIO(paper_docx(draft.blocks, compact=declared.compact)))
        inside = [text.text or "" for text in file.element.body.iter(qn("w:t"))]
        for words in (sheet, "".join(inside)):
            assert not PLACEHOLDER.search(words), kind
            assert "None" not in words, kind
            assert course.case.person.name in words, kind
            assert "〔2026〕1号" in words, kind
        assert file.paragraphs[0].text.startswith(draft.blocks[0]["text"]), kind


def test_the_register_tells_every_event_and_counts_the_confirmed(course: Course) -> None:
    """条例 art. 20: only what was confirmed after hearing counts."""
    text = text_of(
        PaperKind.BREACH_REGISTER, Subject(course.case.person, course.case, course.worker, today())
    )
    assert text.count("已确认") == 2
    assert "不同意" in text
    assert not re.search(r"\d{4}-\d\d-\d\d", text), "one form of a day on a paper"
    assert "逃避或者拒绝检测1次；擅自离开1次，累计5日" in text
    assert "劝诫书" in text


def test_a_proof_says_facts_hearing_counts_and_who_decides(course: Course) -> None:
    """条例 art. 21: reported by the office, decided by the police."""
    text = text_of(
        PaperKind.BREACH_PROOF, Subject(course.case.person, course.case, course.worker, today())
    )
    for words in (
        "三次拒绝检测，均已确认",
        "承认，愿意配合",
        "1次",
        "由贵单位依法决定",
        "移　交　回　执",
    ):
        assert words in text
    assert ("第三十八条" in text) == (course.case.measure == Measure.SQKF)


def test_letters_to_the_police_wait_for_the_approved_report(
    case: Case, worker: User, boss: User
) -> None:
    day = case.reported_on
    assert day is not None
    no_report, reported = "没有获批的此类公安机关报告", f"本人已于{day.month}月{day.day}日报到"
    for kind, words in ((PaperKind.BREACH_PROOF, no_report), (PaperKind.OVERDUE_PROOF, reported)):
        with pytest.raises(Refused, match=words):
            check_issue(kind, Subject(case.person, case, worker, today()))
    propose_police_report(
        case=case, by=worker, ground="serious", happened_on=days_ago(5), facts="三次", heard="承认"
    )
    with pytest.raises(Refused, match="没有获批的此类公安机关报告：请先在措施页面提请。"):
        issued(case, worker, PaperKind.BREACH_PROOF)
    approve(proposal=case.person.proposals.waiting().get(kind="police_report"), by=boss)
    assert (
        issued(case, worker, PaperKind.BREACH_PROOF).number
        == f"嘉积镇戒康证字〔{today().year}〕1号"
    )
    assert issued(case, worker, PaperKind.BREACH_PROOF).serial == 2


def test_the_notice_of_a_risk_level_gives_reason_and_way_to_object(course: Course) -> None:
    """PIPL arts. 24, 48."""
    subject = Subject(course.case.person, course.case, course.worker, today())
    text = text_of(PaperKind.TIER_NOTICE, subject)
    for words in ("工作稳定", "十五个工作日", "不由电脑自动作出", "六十日", "六个月"):
        assert words in text
    record = text_of(PaperKind.RISK, subject)
    for words in ("打零工", "工作稳定，请重评", "不打分、不排名"):
        assert words in record


def test_the_record_of_help_tells_each_need(course: Course) -> None:
    text = text_of(PaperKind.HELP, Subject(course.case.person, course.case, course.worker, today()))
    for words in ("想找活", "市就业局", "办理中"):
        assert words in text


@pytest.mark.parametrize("reason", [r for r in ClosureReason if r != ClosureReason.RELEASED])
def test_the_note_of_termination_says_why_in_words_of_either_measure(
    worker: User, reason: ClosureReason
) -> None:
    """条例 art. 24 names prison and corrective education; the others are named as they are."""
    case = running_case(worker, days=200)
    case.measure = Measure.SQKF
    case.save()
    subject = Subject(case.person, case, worker, today())
    with pytest.raises(Refused, match="该措施没有终止。"):
        check_issue(PaperKind.TERMINATION, subject)
    with pytest.raises(Refused, match="措施仍在执行，档案暂不归档。"):
        check_issue(PaperKind.ARCHIVE, subject)
    close_case(case=case, by=worker, reason=reason, on=today(), note="判决书1号")
    case.refresh_from_db()
    subject = Subject(case.person, case, worker, today())
    check_issue(PaperKind.ARCHIVE, subject)
    text = text_of(PaperKind.TERMINATION, subject)
    assert CLOSURES[reason] in text
    assert "强制隔离" not in text
    by_law = reason in (ClosureReason.IMPRISONED, ClosureReason.CORRECTIVE)
    assert ("第二十四条第一款" in text) == by_law


def test_the_index_knows_the_new_papers(course: Course) -> None:
    subject = Subject(course.case.person, course.case, course.worker, today())
    lines = {entry.kind: entry.state for entry in index_of(read_file(subject))}
    assert lines[PaperKind.BREACH_PROOF] == EntryState.MISSING
    assert lines[PaperKind.REGISTRATION] == EntryState.RECORDED
    assert lines[PaperKind.RISK] == EntryState.RECORDED
    assert lines[PaperKind.OVERDUE_PROOF] == EntryState.NA
    issued(course.case, course.worker, PaperKind.BREACH_PROOF)
    again = index_of(read_file(subject))
    assert next(e.state for e in again if e.kind == PaperKind.BREACH_PROOF) == EntryState.HAVE
    assert set(DECLARATIONS) - {PaperKind.INDEX} <= {entry.kind for entry in again}


def test_a_late_report_stands_on_the_registration_form(worker: User) -> None:
    """条例 art. 14."""
    day = today() - timedelta(days=40)
    case = CaseFactory(decided_on=day, received_on=day, reported_on=None, agreement_on=None)
    boss = UserFactory(county_supervisor=True)
    record_report(case=case, by=boss, on=today(), late_reason="住院两周")
    case.refresh_from_db()
    assert "住院两周" in text_of(PaperKind.REGISTRATION, Subject(case.person, case, boss, today()))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("自2026年11月28日起", ["2026年11月28日"]),
        ("until 28 Nov 2026, 12,000", ["28 Nov 2026", "12,000"]),
        ("46010019900101001X 电话 100-1234", ["46010019900101001X", "100-1234"]),
        ("4601**********001X，138****0417", ["4601**********001X", "138****0417"]),
        ("第3条", []),
        ("it's <b>", []),
    ],
)
def test_no_line_breaks_a_day_or_a_number(text: str, whole: list[str]) -> None:
    shown = in_lines(text)
    assert re.findall(r'<span class="whole">(.*?)</span>', shown) == whole
    assert "<b>" not in shown
