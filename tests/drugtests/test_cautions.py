"""What a result cannot say stands beside it, a sentence each."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.drugtests.chain import StepKind as S
from apps.drugtests.dossier_page import page_of
from apps.drugtests.models import Analyte, DrugTest, Kit
from apps.drugtests.readings import Read
from tests.drugtests.ways import TO_LABORATORY, analyte, kit_of, lab_test, step, walk

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def told(test: DrugTest) -> str:
    test.refresh_from_db()
    return " ".join(page_of(test, today()).cautions)


def read(test: DrugTest, code: str, result: str = "positive", **facts: Any) -> None:
    facts = {"kit": kit_of(code), "control_line": True} | facts
    step(test, S.SCREENED, result="", read=[
        Read(Analyte.objects.get(code=code), result, **facts)
    ])  # fmt: skip


def kit(expires: str) -> Kit:
    return kit_of("MET", expires=date.fromisoformat(expires))


def test_methadone_of_a_treatment_is_no_use(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, medicine="methadone", medicine_words="美沙酮门诊")
    assert "is positive by it" in told(test)
    read(test, "MTD")
    assert "that is no use" in told(test)


def test_a_declared_medicine_and_what_else_makes_it_positive(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, medicine="prescribed", medicine_words="止咳水")
    read(test, "MOP")
    assert "A prescribed medicine was declared" in told(test)
    assert "Morphine can also come from: cough medicines with codeine" in told(test)


def test_what_else_makes_it_positive_is_said_once(case: Case, worker: User) -> None:
    """Found by the strip and by the laboratory."""
    test = lab_test(case.person, DAY, by=worker)
    read(test, "MOP")
    walk(test, S.TOLD, S.SEALED, S.STORED, S.SENT, S.RECEIVED)
    step(test, S.ANALYSED, result="", read=[Read(analyte("MOP"), "positive", value=Decimal(612))])
    assert told(test).count("Morphine can also come from") == 1


def test_diluted_urine_says_nothing(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker)
    step(test, S.UNFIT, unfit_why="diluted")
    assert "The urine was diluted" in told(test)


def test_hair_that_is_too_short_is_no_refusal(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, sample="hair", kind="laboratory")
    step(test, S.UNFIT, unfit_why="too_short")
    assert "no result and no refusal" in told(test)


def test_a_missing_control_line(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker)
    read(test, "MET", "invalid", kit=kit("2025-01-31"), control_line=False)
    assert "The control line was missing" in told(test)


def test_a_kit_that_was_out_of_date(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker)
    read(test, "MET", "invalid", kit=kit("2024-05-05"), control_line=True)
    assert "The kit was out of date" in told(test)


def test_hair_looks_back_before_the_order(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, sample="hair", kind="laboratory")
    assert "Hair speaks of the time from" in told(test)
    assert "overlaps the time before the order" in told(test)


def test_hair_of_a_long_order_does_not(case: Case, worker: User, clock: Any) -> None:
    clock.move_to("2025-06-03T12:00:00+08:00")
    test = lab_test(case.person, date(2025, 5, 6), by=worker, sample="hair", kind="laboratory")
    assert "overlaps the time before the order" not in told(test)


def test_a_screening_is_no_finding(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="screening")
    walk(test, S.SCREENED)
    assert "A management screening is no finding" in told(test)


def test_a_b_sample_that_is_unfit_leaves_the_result_of_a(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker)
    walk(test, *TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT, S.UNFIT)
    assert "so there was no re-test" in told(test)
    assert test.result == "positive"


def test_of_a_man_it_is_said_that_women_collected_and_refused_it_is_not(
    case: Case, worker: User
) -> None:
    test = lab_test(case.person, DAY, by=worker)
    assert "collected by women" in told(test)
    beside = lab_test(case.person, DAY, by=worker, collector_sex="1")
    assert "collected by women" not in told(beside)
