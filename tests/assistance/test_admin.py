"""What an office keeps of help in the admin: budgets, bases and courses, by their services."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Budget
from apps.assistance.services import set_budget
from apps.employment.models import Base, Course
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHENG, area
from tests.factories.assistance import programme
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def records() -> User:
    made: User = UserFactory(records_admin=True)
    return made


@pytest.fixture
def desk(records: User) -> Client:
    return signed_in(records)


def sent(desk: Client, model: str, row: Any = None, **data: Any) -> Any:
    page = f"admin:{model}_change" if row else f"admin:{model}_add"
    url = reverse(page, args=[row.pk] if row else [])
    return desk.post(url, data, secure=True, headers={"Accept-Language": "en"})


def test_a_budget_is_set_and_put_right(desk: Client, records: User) -> None:
    given = {"programme": programme().pk, "area": area().pk, "year": 2024}
    assert sent(desk, "assistance_budget", **given, amount="1.234").status_code == 422
    assert sent(desk, "assistance_budget", **given, amount="50,000.50").status_code == 302
    row = Budget.objects.get()
    assert (row.amount_fen, row.recorded_by) == (5_000_050, records)
    assert sent(desk, "assistance_budget", row, amount="60000", year=2025).status_code == 302
    row.refresh_from_db()
    assert (row.amount_fen, row.year) == (6_000_000, 2024)
    page = desk.get(reverse("admin:assistance_budget_change", args=[row.pk]), secure=True)
    assert 'value="60000.00"' in page.content.decode()


def test_what_is_sealed_or_elsewhere_has_no_budget_here(desk: Client) -> None:
    sealed, there = programme("psychiatric"), area(WENCHENG)
    for wrong in ({"programme": sealed.pk, "area": area().pk},
                  {"programme": programme().pk, "area": there.pk}):  # fmt: skip
        answer = sent(desk, "assistance_budget", **wrong, year=2024, amount="100")
        assert answer.status_code == 422, wrong
    assert not Budget.objects.exists()
    other = UserFactory(records_admin=True, area=there.parent)
    row = set_budget(programme=programme(), area=there, year=2024, amount_fen=100, by=other)
    assert sent(desk, "assistance_budget", row, amount="9").status_code == 404


def test_a_base_is_opened_and_changed(desk: Client) -> None:
    facts = {"area": area().pk, "name": "康复产业园", "places": 20}
    assert sent(desk, "employment_base", **facts).status_code == 302
    row = Base.objects.get()
    assert (row.places, row.active) == (20, True)
    assert sent(desk, "employment_base", row, name="康复园", places=8).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.places, row.active, row.area) == ("康复园", 8, False, area())
    assert sent(desk, "employment_base", **facts | {"area": area(WENCHENG).pk}).status_code == 422


def test_a_course_is_opened_and_corrected_with_a_reason(desk: Client, records: User) -> None:
    facts = {"title": "电工班", "first": "2024-03-01", "last": "2024-04-01", "places": 20}
    assert sent(desk, "employment_course", **facts, area=area().pk).status_code == 302
    row = Course.objects.get()
    assert (row.source, row.recorded_by, row.last) == ("page", records, date(2024, 4, 1))
    assert sent(desk, "employment_course", row, **facts | {"title": "焊工班"}).status_code == 422
    better = facts | {"title": "焊工班", "reason": "名称写错了"}
    assert sent(desk, "employment_course", row, **better).status_code == 302
    row.refresh_from_db()
    assert row.title == "焊工班"
    elsewhere = sent(desk, "employment_course", **facts, area=area(WENCHENG).pk)
    assert elsewhere.status_code == 422
    assert Course.objects.filter(area=area(QIONGHAI)).count() == 0
