"""The two clocks: of which days a sample can say something."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.drugtests.clocks import Clocks, clocks_of
from apps.drugtests.models import DrugTest
from tests.drugtests.ways import lab_test
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def clocks(case: Case, day: date = DAY) -> Clocks | None:
    return clocks_of(DrugTest.objects.order_by("pk"), [case], day)


def lanes(found: Clocks | None) -> dict[str, list[tuple[str, date, date]]]:
    assert found is not None
    return {
        lane.label: [(bar.kind, bar.first, bar.last) for bar in lane.bars] for lane in found.lanes
    }


def test_urine_speaks_of_a_week_and_hair_of_half_a_year_but_the_last_weeks(
    case: Case, worker: User
) -> None:
    sampled(case.person, date(2024, 5, 6), by=worker, result="negative")
    lab_test(case.person, date(2024, 5, 20), by=worker, sample="hair", kind="laboratory")
    found = lanes(clocks(case))
    assert found["Urine, saliva, blood"] == [("negative", date(2024, 4, 29), date(2024, 5, 6))]
    assert found["Hair"] == [("open", date(2023, 11, 20), date(2024, 5, 6))]
    assert found["Order"] == [("order", case.in_force_from, DAY)]


def test_what_was_not_taken_or_withdrawn_says_nothing(case: Case, worker: User) -> None:
    not_sampled(case.person, date(2024, 5, 6), "refused", by=worker, next_on=date(2024, 5, 8))
    assert clocks(case) is None


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2028, 2, 29), date(2026, 8, 31)])
def test_months_stand_at_their_places(case: Case, worker: User, day: date) -> None:
    test = DrugTest(day=day, sample="hair", outcome="taken", result="positive", medicine="none")
    found = clocks_of([test], [], day)
    assert found is not None
    places = [float(x.rstrip("%")) for x, _label in found.months]
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] <= 100


def test_the_tab_draws_it_and_says_it_in_words(case: Case, worker: User) -> None:
    sampled(case.person, date(2024, 5, 6), by=worker, result="positive", medicine="methadone",
            medicine_words="门诊")  # fmt: skip
    url = reverse("drugtests:person", args=[case.person.public_id])
    answer: Any = signed_in(worker).get(url, secure=True, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert '<rect class="positive"' in page
    assert "Urine of 6 May, Positive, to be confirmed: speaks of 29 Apr to 6 May." in page
    assert "Methadone treatment was declared on 6 May." in page


def test_a_hair_that_looks_back_before_the_order_and_over_negatives_says_so(
    case: Case, worker: User
) -> None:
    for day in (date(2024, 3, 20), date(2024, 4, 20), date(2024, 5, 18)):
        sampled(case.person, day, by=worker, result="negative")
    lab_test(
        case.person, date(2024, 5, 20), by=worker, sample="hair", kind="laboratory",
        result="positive",
    )  # fmt: skip
    found = clocks(case)
    assert found is not None
    before, negative = found.notes
    assert "hair of 20 May overlaps the time before the order, which began on 1 Mar" in before
    assert negative == "In the time of which the hair of 20 May speaks 2 other tests were negative."
    url = reverse("drugtests:person", args=[case.person.public_id])
    answer: Any = signed_in(worker).get(url, secure=True, headers={"Accept-Language": "en"})
    assert "overlaps the time before the order" in answer.content.decode()


def test_a_hair_without_a_finding_or_that_was_cleared_has_no_note(case: Case, worker: User) -> None:
    test = lab_test(
        case.person, date(2024, 5, 20), by=worker, sample="hair", kind="laboratory",
        result="negative",
    )  # fmt: skip
    found = clocks(case)
    assert found is not None
    assert found.notes == []
    test.result, test.decision = "positive", "cleared"
    found = clocks_of([test], [case], DAY)
    assert found is not None
    assert found.notes == []
