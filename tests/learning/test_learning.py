"""What was learned, with its points as they were written; information and nothing else."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.core.fields import uuid7
from apps.core.refusals import Refused
from apps.learning.models import LearningRecord, UnitScore
from apps.learning.services import correct_learning, withdraw_learning, withdraw_unit_score
from apps.learning.views.lists import LearningTable, UnitScoreTable
from apps.persons.services.moving import move_person
from apps.reports.indicators import LISTS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.learning import learned, unit_score
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory, merged_into

pytestmark = pytest.mark.django_db
WRITTEN = ["98.9", "98.90", "0", "100", "0.1", "99999", "7.0001"]


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    url = reverse(f"learning:{name}", args=args) + query
    answer = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("written", WRITTEN)
def test_points_stay_as_they_were_written(by: User, written: str) -> None:
    row = learned(PersonFactory(), by=by, points=Decimal(written))
    row.refresh_from_db()
    assert row.points_text == written
    assert isinstance(row.points, Decimal)
    assert LearningRecord.objects.filter(points=Decimal(written)).exists()
    told = LearningRecord.pgh_event_model.objects.get(pgh_obj=row)  # type: ignore[attr-defined]
    assert str(told.points) == written


def test_98_9_and_98_90_are_one_number_in_two_writings(by: User) -> None:
    rows = [learned(PersonFactory(), by=by, points=Decimal(text)) for text in ("98.9", "98.90")]
    for row in rows:
        row.refresh_from_db()
    assert rows[0].points == rows[1].points
    assert [row.points_text for row in rows] == ["98.9", "98.90"]


@pytest.mark.parametrize("written", ["98.9", "98.90"])
def test_points_typed_leave_on_page_and_sheet_as_typed(by: User, written: str) -> None:
    person = running_case(by, person=PersonFactory(name="陈海生")).person
    client = signed_in(by)
    facts = {
        "client_uuid": uuid7(), "title": "禁毒知识", "origin": "platform", "first": "2024-08-30",
        "points": written, "hours": "1.50",
    }  # fmt: skip
    url = reverse("learning:new", args=[person.public_id])
    answer = client.post(url, facts, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 422
    assert f'value="{written}"' in answer.content.decode(), "nothing typed is lost"
    assert client.post(url, facts | {"platform": "宁夏中心平台"}, secure=True).status_code == 302
    row = LearningRecord.objects.get()
    for name, args in (("list", []), ("person", [person.public_id]), ("record", [row.public_id])):
        text = page(client, name, *args)
        assert f">{written}</" in text
        assert ">1.50</" in text
    boss = signed_in(UserFactory(county_supervisor=True))
    data = {"purpose": "给县里核对学习情况", "format": "csv", "whole": "1"}
    sheet = b"".join(boss.post(reverse("learning:list"), data, secure=True))  # type: ignore[arg-type]
    [head, line, *_rest] = csv.reader(io.StringIO(sheet.decode("utf-8-sig")))
    assert written in line
    assert len(head) == len(line)
    sheet = b"".join(
        boss.post(reverse("learning:list"), data | {"format": "xlsx"}, secure=True)  # type: ignore[arg-type]
    )
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(sheet)).active[2]]
    assert written in cells


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"platform": ""}, "platform", "has a name"),
        ({"origin": "own"}, "platform", "has a name"),
        ({"first": date(2024, 9, 6)}, "first", "future"),
        ({"first": date(2024, 9, 1), "last": date(2024, 8, 31)}, "last", "before the beginning"),
        ({"first": date(2024, 9, 1), "last": date(2024, 9, 6)}, "last", "future"),
        ({"first": date(1979, 1, 1)}, "first", "birth"),
        ({"points": Decimal("-0.1")}, None, "between 0 and 99,999"),
        ({"points": Decimal("NaN")}, None, "must be a decimal number"),
        ({"points": Decimal("1.23456")}, None, "no more than 4 decimal"),
        ({"hours": Decimal("0")}, None, "Hours lie between"),
    ],
)
def test_what_learning_cannot_say_is_refused(
    by: User, facts: dict[str, Any], field: str | None, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        learned(PersonFactory(), by=by, **facts)
    assert refusal.value.field == (field or refusal.value.field)


def test_the_database_knows_what_learning_is(by: User) -> None:
    row = learned(PersonFactory(), by=by)
    score = unit_score()
    for model, pk in ((LearningRecord, row.pk), (UnitScore, score.pk)):
        for wrong in (
            {"last": date(2024, 1, 1)}, {"platform": ""}, {"origin": "own"},
            {"points": Decimal(-1)}, {"points": Decimal(100_000)}, {"first": date(24, 1, 1)},
            {"withdrawn_by": by},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.filter(pk=pk).update(**wrong)
    for hours in (Decimal(0), Decimal(10_000)):
        with pytest.raises(IntegrityError), transaction.atomic():
            LearningRecord.objects.filter(pk=row.pk).update(hours=hours)


def test_a_course_of_the_same_days_stands_once(by: User) -> None:
    person = PersonFactory()
    row = learned(person, by=by)
    with pytest.raises(Refused, match="on record already"):
        learned(person, by=by, points=Decimal(60))
    withdraw_learning(record=row, by=by, reason="积分抄错了")
    learned(person, by=by, points=None)
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_learning(record=row, by=by, reason="积分抄错了")


def test_nobody_is_compared_by_points() -> None:
    """No order, no figure, no threshold."""
    for table in (LearningTable, UnitScoreTable):
        assert not {"points", "hours"} & set(table([]).orders())
    assert not [one for one in LISTS if "learn" in one.indicator.code]


def test_it_moves_with_the_person_and_into_one_file(by: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    row = learned(merged, by=by)
    learned(kept, by=by)
    boss: Any = UserFactory(records_admin=True)
    merged_into(kept, merged, boss)
    row.refresh_from_db()
    assert row.person == kept
    move_person(person=kept, area=area(WANQUAN), by=UserFactory(county_supervisor=True))
    row.refresh_from_db()
    assert row.town == area(WANQUAN)


def test_the_stream_tells_what_and_where_and_no_points(by: User) -> None:
    person = running_case(by).person
    row = learned(person, by=by, last=date(2024, 9, 1))
    client, url = signed_in(by), reverse("workbench:person", args=[person.public_id])
    shown: Any = client.get(url, {"kind": "need"}, secure=True).context
    [event] = [one for one in shown["events"] if "禁毒知识" in one.title]
    assert (event.day, event.words) == (date(2024, 9, 1), "网上课堂")
    assert row.points_text not in event.html


def test_a_score_of_a_unit_has_nobody_in_it(by: User) -> None:
    boss = UserFactory(town_supervisor=True)
    client = signed_in(boss)
    facts = {
        "client_uuid": uuid7(), "area": JIAJI, "title": "学习总积分", "origin": "platform",
        "platform": "宁夏中心平台", "first": "2024-01-01", "last": "2024-06-30", "points": "98.9",
    }  # fmt: skip
    assert client.post(reverse("learning:new-score"), facts, secure=True).status_code == 302
    score = UnitScore.objects.get()
    assert score.points_text == "98.9"
    assert ">98.9</" in page(client, "units")
    with pytest.raises(Refused, match="city, a county"):
        unit_score(area=area("46"))
    with pytest.raises(PermissionDenied):
        withdraw_unit_score(
            score=score, by=UserFactory(town_supervisor=True, area=area(WANQUAN)), reason="抄错了"
        )
    with pytest.raises(Refused, match="Say why"):
        withdraw_unit_score(score=score, by=boss, reason="。")
    url = reverse("learning:withdraw-score", args=[score.public_id])
    assert client.post(url, {"reason": "是去年的分数"}, secure=True).status_code == 302
    score.refresh_from_db()
    assert (score.withdrawn_by, score.withdrawn_reason) == (boss, "是去年的分数")
    with translation.override("en"), pytest.raises(Refused, match="withdrawn already"):
        withdraw_unit_score(score=score, by=boss, reason="是去年的分数")
    assert "Withdrawn" in page(client, "units")


def test_who_does_not_look_after_the_person_does_not_read_it(by: User) -> None:
    person = PersonFactory(name="陈一")
    AssignmentFactory(person=person, worker=by)
    row = learned(person, by=by)
    assert "陈一" in page(signed_in(by), "list", query="?origin=platform")
    assert "陈一" not in page(signed_in(by), "list", query="?origin=own")
    other = signed_in(UserFactory())
    assert "陈一" not in page(other, "list")
    url = reverse("learning:record", args=[row.public_id])
    assert other.get(url, secure=True).status_code == 404


@pytest.mark.parametrize("name", ["list", "units"])
def test_a_list_asks_no_more_with_more_rows(
    by: User, name: str, django_assert_max_num_queries: Any
) -> None:
    boss = UserFactory(town_supervisor=True)
    client = signed_in(boss)
    for number in range(8):
        learned(PersonFactory(), by=by)
        unit_score(by=boss, title=f"第{number}期")
    page(client, name)
    with django_assert_max_num_queries(14) as asked:
        page(client, name)
    own = [q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 10


def test_a_record_is_put_right_with_a_reason_and_its_history_keeps_the_old_value(by: User) -> None:
    person = running_case(by, person=PersonFactory(name="陈海生")).person
    row, other = learned(person, by=by), learned(person, by=by, title="法律常识")
    boss = signed_in(UserFactory(town_supervisor=True))
    url = reverse("learning:correct", args=[row.public_id])
    text = boss.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'value="98.9"' in text
    facts = {
        "version": 1, "title": "禁毒知识", "origin": "platform", "platform": "网上课堂",
        "first": str(row.first), "points": "98.90", "reason": "平台上是98.90分",
    }  # fmt: skip
    assert boss.post(url, facts, secure=True, HTTP_ACCEPT_LANGUAGE="en").status_code == 302
    row.refresh_from_db()
    assert (row.points_text, row.version) == ("98.90", 2)
    told = LearningRecord.pgh_event_model.objects.filter(pgh_obj=row).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [str(one.points) for one in told] == ["98.9", "98.90"]
    fixed = {
        "record": row, "by": by, "version": 2, "reason": "抄错了课程", "title": "禁毒知识",
        "origin": "platform", "platform": "网上课堂", "first": row.first,
    }  # fmt: skip
    for wrong, words in (
        ({"reason": "。"}, "Say why"), ({"version": 1}, "Somebody else"),
        ({"title": other.title}, "on record already"), ({"platform": ""}, "has a name"),
        ({"first": date(1979, 1, 1)}, "birth"), ({"first": date(2024, 9, 6)}, "future"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            correct_learning(**fixed | wrong)  # type: ignore[arg-type]
    withdraw_learning(record=row, by=by, reason="积分抄错了")
    with pytest.raises(Refused, match="withdrawn"):
        correct_learning(**fixed | {"version": 3})  # type: ignore[arg-type]
