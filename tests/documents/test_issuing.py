"""Numbers, reprints, void papers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.utils import translation

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents.codes import PaperKind
from apps.documents.models import DocumentNumber, IssuedDocument
from apps.documents.services import issue_document, void_document
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.documents import answers_for, issued
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return UserFactory(county_supervisor=True)


@pytest.fixture
def case() -> Case:
    """In force today, whatever day it is."""
    day = today() - timedelta(days=100)
    made: Case = CaseFactory(decided_on=day, received_on=day, reported_on=day, agreement_on=day)
    return made


def test_numbers_run_by_office_kind_and_year(case: Case, by: User) -> None:
    other = CaseFactory(person=PersonFactory(area=area("469002101200")))
    with time_machine.travel(datetime(2025, 12, 31, 15, 0, tzinfo=UTC), tick=False):
        assert issued(case, by, PaperKind.NOTICE).number == "嘉积镇戒康知字〔2025〕1号"
        assert issued(case, by, PaperKind.NOTICE).number == "嘉积镇戒康知字〔2025〕2号"
        assert issued(case, by, PaperKind.PLAN).number == "嘉积镇戒康划字〔2025〕1号"
        assert issued(other, by, PaperKind.NOTICE).number == "万泉镇戒康知字〔2025〕1号"
    with time_machine.travel(datetime(2025, 12, 31, 16, 0, tzinfo=UTC), tick=False):
        assert issued(case, by, PaperKind.NOTICE).number == "嘉积镇戒康知字〔2026〕1号"


@pytest.mark.django_db(transaction=True)
def test_papers_issued_at_once_get_numbers_without_gap_or_double() -> None:
    case, by = CaseFactory(), UserFactory(county_supervisor=True)

    def issue(_n: int) -> int:
        try:
            return issued(case, by).serial
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        serials = sorted(pool.map(issue, range(18)))
    assert serials == list(range(1, 19))


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_sent_many_times_at_once_is_one_paper() -> None:
    case, by, tap = CaseFactory(), UserFactory(county_supervisor=True), uuid4()

    def issue(_n: int) -> str:
        try:
            return issued(case, by, client_uuid=tap).number
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(issue, range(6)))) == 1
    assert IssuedDocument.objects.count() == 1
    assert DocumentNumber.objects.get().last == 1


def test_a_refused_paper_leaves_no_gap(case: Case, by: User) -> None:
    issued(case, by)
    with pytest.raises(Refused, match="期限尚未届满。"):
        issue_document(
            person=case.person, case=case, kind=PaperKind.COMPLETION, by=by, client_uuid=uuid4()
        )
    assert issued(case, by).serial == 2
    assert not DocumentNumber.objects.filter(kind=PaperKind.COMPLETION, last__gt=0).exists()


def test_a_reprint_equals_the_original_after_everything_changed(case: Case, by: User) -> None:
    document = issued(case, by)
    before = document.blocks
    Person.objects.filter(pk=case.person_id).update(name="符改名")
    case.agreement_on = None
    case.save()
    again = IssuedDocument.objects.get(pk=document.pk)
    assert again.blocks == before
    assert again.facts["name"] == case.person.name


def test_the_content_is_ciphertext_in_the_row_and_in_its_history(case: Case, by: User) -> None:
    issued(case, by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM documents_issueddocument")
        [(stored,)] = cursor.fetchall()
        cursor.execute("SELECT content FROM documents_issueddocumentevent")
        [(history,)] = cursor.fetchall()
    assert case.person.name.encode() not in bytes(stored)
    assert bytes(stored) == bytes(history)


def test_a_void_paper_keeps_its_number_and_says_why(case: Case, by: User) -> None:
    document = issued(case, by)
    void_document(document=document, by=by, reason="姓名写错")
    document.refresh_from_db()
    assert document.is_void
    assert document.void_reason == "姓名写错"
    assert issued(case, by).serial == 2
    with pytest.raises(Refused, match=r"already|已"):
        void_document(document=document, by=by, reason="再来一次")


@pytest.mark.parametrize("reason", ["", "  ", "x", " 错  "])
def test_no_paper_becomes_void_without_a_reason(case: Case, by: User, reason: str) -> None:
    paper = issued(case, by)
    with translation.override("en"), pytest.raises(Refused, match="why the paper is void"):
        void_document(document=paper, by=by, reason=reason)
    assert void_document(document=paper, by=by, reason="写错").is_void


def test_nothing_is_asked_of_a_person_after_the_term(by: User) -> None:
    """条例 arts. 23, 40."""
    ended = CaseFactory(
        decided_on=date(2020, 1, 2), received_on=date(2020, 1, 2), reported_on=date(2020, 1, 3),
        agreement_on=date(2020, 1, 3),
    )  # fmt: skip
    for kind in (
        PaperKind.AGREEMENT,
        PaperKind.LEAVE,
        PaperKind.ADMONITION,
        PaperKind.WARNING,
        PaperKind.PLAN,
    ):
        with pytest.raises(Refused, match="期限已满，不得再提出任何要求。"):
            issued(ended, by, kind)
    assert issued(ended, by, PaperKind.COMPLETION).serial == 1


def test_the_notice_of_completion_waits_for_the_end_of_the_term(case: Case, by: User) -> None:
    with pytest.raises(Refused, match="期限尚未届满。"):
        issued(case, by, PaperKind.COMPLETION)


def test_a_paper_of_an_order_is_refused_without_one(by: User) -> None:
    with pytest.raises(Refused, match="此文书须有决定；您的范围内没有此人的决定。"):
        issue_document(
            person=PersonFactory(), case=None, kind=PaperKind.AGREEMENT, by=by, client_uuid=uuid4(),
            answers=answers_for(PaperKind.AGREEMENT),
        )  # fmt: skip


def test_what_a_person_said_is_never_read_as_a_placeholder(case: Case, by: User) -> None:
    answers = answers_for(PaperKind.PLAN) | {"person_words": "我写 {{name}} {% if %}"}
    document = issued(case, by, PaperKind.PLAN, answers=answers)
    text = str(document.blocks)
    assert "{{name}} {% if %}" in text


def test_papers_of_a_merged_town_are_numbered_by_the_town_of_today(by: User) -> None:
    case = CaseFactory(person=PersonFactory(area=area("469002101200")))
    merge_areas(area=area(WANQUAN), into=area(JIAJI), by=User.objects.system())
    case = Case.objects.get(pk=case.pk)
    assert issued(case, by, PaperKind.NOTICE).number.startswith("嘉积镇")
