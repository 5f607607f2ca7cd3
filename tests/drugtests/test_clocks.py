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
