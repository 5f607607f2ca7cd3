"""A ledger of tests: kept as it says, marked, never confirmed, and nothing of it twice."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.drugtests.cautions import cautions
from apps.drugtests.chain import StepKind
from apps.drugtests.dossiers import record_step
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, withdraw_test
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.drugtests import sampled
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.factories.schedule import at, case_of
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db

HEADER = ["序号", "姓名", "身份证号码", "样本类型", "采样日期", "采样地点", "检测项目", "检测结果",
          "检测机构", "报告编号"]  # fmt: skip
NUMBER = resident_number(1)


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory(document_number=NUMBER, name="陈海生")
    return made


def row(**cells: Any) -> list[Any]:
    usual = {
        "序号": 1, "姓名": "陈海生", "身份证号码": NUMBER, "样本类型": "毛发",
        "采样日期": "2024.04.13", "采样地点": "博鳌镇", "检测项目": "吗啡/氯胺酮",
        "检测结果": "阴性", "检测机构": "琼海市公安司法鉴定中心", "报告编号": "QH1",
    }  # fmt: skip
    return [(usual | cells)[name] for name in HEADER]


def bring_in(tmp_path: Path, *rows: list[Any], header: list[str] | None = None) -> Report:
    path = write_xlsx(tmp_path / "tests.xlsx", [["登记表"], header or HEADER, *rows])
    return import_ledger(
        ledger=ledgers()["drugtests"], path=path, by=User.objects.system(), area=area("469002")
    )


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


def gaps(report: Report) -> dict[str, int]:
    return {gap.gap: gap.count for gap in report.gaps}


def test_a_test_without_an_order_is_what_happened_and_marked(tmp_path, person):
    report = bring_in(tmp_path, row())
    assert numbers(report) == (1, 0, 0, 0, 0)
    assert gaps(report) == {"no_order": 1}
    assert report.ignored == ["序号"]
    test = DrugTest.objects.get()
    assert (test.case, test.source, test.day) == (None, "ledger", date(2024, 4, 13))
    assert (test.sample, test.result, test.kind) == ("hair", "negative", "screening")
    assert (test.collector, test.medicine, test.why, test.place) == ("", "", "", "")
    assert test.note == (
        "采样地点：博鳌镇；检测项目：吗啡/氯胺酮；检测机构：琼海市公安司法鉴定中心；报告编号：QH1"
    )
    said = " ".join(cautions(test, {}, []))
    assert "never confirmed" in said
    assert "No order was in force" in said


def test_an_order_in_force_on_the_day_is_its_order_and_one_that_began_later_is_none(
    tmp_path, person, worker
):
    case = case_of(worker, person=person)  # reported on 2024-03-01
    report = bring_in(tmp_path, row(), row(采样日期="2024-02-01"))
    assert numbers(report) == (2, 0, 0, 0, 0)
    assert gaps(report) == {"no_order": 1}
    rows = DrugTest.objects.order_by("day").values_list("case", flat=True)
    assert list(rows) == [None, case.pk]


def test_the_same_list_twice_makes_nothing_twice(tmp_path, person):
    bring_in(tmp_path, row(), row(采样日期="2024-05-13", 检测结果="阳性"))
    again = bring_in(tmp_path, row(), row(采样日期="2024-05-13", 检测结果="阳性"))
    assert numbers(again) == (0, 0, 2, 0, 0)
    assert gaps(again) == {"no_order": 2}
    assert DrugTest.objects.count() == 2


def test_a_withdrawn_record_that_comes_again_stays_withdrawn(tmp_path, person, worker):
    bring_in(tmp_path, row())
    withdraw_test(test=DrugTest.objects.get(), by=worker, reason="登记有误，不是本人")
    assert numbers(bring_in(tmp_path, row(检测结果="阳性"))) == (0, 0, 1, 0, 0)
    assert not DrugTest.objects.valid().exists()


def test_a_result_that_was_missing_comes_later_and_another_one_is_refused(tmp_path, person):
    first = bring_in(tmp_path, row(检测结果=""))
    assert gaps(first) == {"no_order": 1, "no_result": 1}
    assert numbers(bring_in(tmp_path, row(检测结果="阳性"))) == (0, 1, 0, 0, 0)
    other = bring_in(tmp_path, row())
    assert numbers(other) == (0, 0, 0, 0, 1)
    assert "Positive, to be confirmed" in other.errors[0].reason
    assert DrugTest.objects.get().result == "positive"


def test_what_somebody_entered_stands_whatever_the_ledger_calls_the_kind(tmp_path, person, worker):
    case_of(worker, person=person)
    sampled(person, date(2024, 4, 13), by=worker, sample="hair", kind="laboratory", result="")
    report = bring_in(tmp_path, row(检测结果="阳性"))
    assert numbers(report) == (0, 0, 0, 0, 1)
    assert numbers(bring_in(tmp_path, row(检测结果=""))) == (0, 0, 1, 0, 0)
    assert DrugTest.objects.get().source == "page"


def test_wrong_lines_are_named_and_the_others_stored(tmp_path, person):
    report = bring_in(
        tmp_path, row(), row(身份证号码=resident_number(9)), row(样本类型="头皮屑"),
        row(采样日期="2024-02-30"), row(采样日期="2024-06-04"), row(检测结果="差不多"),
    )  # fmt: skip
    assert numbers(report) == (1, 0, 0, 0, 5)
    assert [(fault.row, fault.column) for fault in report.errors] == [
        (4, "身份证号码"), (5, "样本类型"), (6, "采样日期"), (7, "采样日期"), (8, "检测结果"),
    ]  # fmt: skip


def test_kind_and_reason_are_read_where_the_ledger_says_them(tmp_path, person):
    header = [*HEADER, "检测类型", "检测原因"]
    report = bring_in(
        tmp_path, [*row(), "实验室检测", "专项检测"],
        [*row(采样日期="2024-05-13"), "不清", "心血来潮"], header=header,
    )  # fmt: skip
    assert {"kind_word", "why_word"} <= set(gaps(report))
    found = DrugTest.objects.order_by("day").values_list("kind", "why")
    assert list(found) == [("laboratory", "campaign"), ("screening", "")]


def test_what_a_ledger_calls_confirmed_is_to_be_confirmed(tmp_path, person, worker):
    header = [*HEADER, "检测类型"]
    bring_in(tmp_path, [*row(检测结果="确认阳性"), "司法鉴定"], header=header)
    test = DrugTest.objects.get()
    assert (test.result, test.note[:10]) == ("positive", "检测结果：确认阳性；")
    with pytest.raises(Refused, match="never confirmed"):
        record_step(
            test=test, by=worker, client_uuid=uuid4(), kind=StepKind.DECIDED, at=at(test.day),
            by_name="周晓岚", answer="confirmed",
        )  # fmt: skip


def test_a_record_of_a_ledger_is_put_right_without_collectors(tmp_path, person, worker):
    bring_in(tmp_path, row())
    test = DrugTest.objects.get()
    done = correct_test(
        test=test, by=worker, reason="报告上写的是阳性", version=1, changes={"result": "positive"}
    )
    assert (done.result, done.case) == ("positive", None)


def test_only_a_ledger_leaves_out_why_where_and_by_whom(worker):
    case = case_of(worker, person=PersonFactory(sex="1"))
    test = sampled(case.person, date(2024, 4, 1), by=worker)
    for name in ("why", "place", "collector"):
        with pytest.raises(IntegrityError), transaction.atomic():
            DrugTest.objects.filter(pk=test.pk).update(**{name: ""})
    test.why = ""
    with pytest.raises(ValidationError, match="why and where"):
        test.full_clean()


def test_the_page_of_a_correction_asks_for_nothing_that_the_ledger_left_out(
    tmp_path, person, client
):
    bring_in(tmp_path, row())
    test = DrugTest.objects.get()
    client.force_login(UserFactory(county_supervisor=True))
    url = reverse("drugtests:correct", args=[test.public_id])
    sent = {
        "occurred_at": "2024-04-13T00:00", "sample": "hair", "kind": "screening",
        "result": "positive", "version": 1, "reason_why": "报告上写的是阳性",
    }  # fmt: skip
    page = client.post(url, sent, secure=True)
    assert page.status_code == 302, page.context["form"].errors
    test.refresh_from_db()
    assert (test.result, test.collector, test.why, test.version) == ("positive", "", "", 2)


def test_the_list_marks_what_is_from_a_ledger_and_without_an_order(
    tmp_path, person, worker, client
):
    bring_in(tmp_path, row())
    other = case_of(worker)
    sampled(other.person, date(2024, 4, 13), by=worker)
    client.force_login(UserFactory(county_supervisor=True))
    for query, found in (("", 2), ("?source=ledger", 1), ("?no_order=on", 1), ("?source=page", 1)):
        page = client.get(
            reverse("drugtests:list") + query, headers={"accept-language": "en"}, secure=True
        )
        assert page.context["page"].total == found, query
        marked = query in ("", "?source=ledger", "?no_order=on")
        assert ("No order on the day</span>" in page.content.decode()) is marked, query


def test_a_file_with_both_numbers_of_a_merged_person_brings_one_test_and_its_result(
    person: Person, tmp_path: Path
) -> None:
    other = PersonFactory(document_number=resident_number(2), name="陈海生")
    merged_into(person, other, UserFactory(records_admin=True))
    open_, told = row(检测结果=""), row(身份证号码=resident_number(2))
    assert numbers(bring_in(tmp_path, open_, told)) == (1, 1, 0, 0, 0)
    assert DrugTest.objects.get().result == "negative"
    assert numbers(bring_in(tmp_path, open_, told)) == (0, 0, 2, 0, 0)
    another = row(身份证号码=resident_number(2), 检测结果="阳性")
    assert numbers(bring_in(tmp_path, row(), another)) == (0, 0, 1, 0, 1)
