"""Orders by measure and level: each number is its list, and few persons are not told outside."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.cases.codes import LevelSource, Measure, RiskLevel
from apps.cases.models import Case, RiskLevelRecord
from apps.core.days import today
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db


def level(case: Case, name: str, *, until: date | None = None, ledger: bool = False) -> None:
    source = LevelSource.LEDGER if ledger else LevelSource.ASSESSED
    ends = None if ledger else until or today() + timedelta(days=60)
    RiskLevelRecord.objects.create(
        person=case.person, risk_level=name, from_on=today() - timedelta(days=30), reason="评估",
        source=source, valid_until=ends, decided_by=None if ledger else UserFactory(),
    )  # fmt: skip


@pytest.fixture
def orders() -> None:
    """Two high, one of them of rehabilitation; one only a ledger's word, one that is over, one
    without any.
    """
    level(running_case(), RiskLevel.HIGH)
    level(running_case(measure=Measure.SQKF), RiskLevel.HIGH)
    level(running_case(), RiskLevel.HIGH, ledger=True)
    level(running_case(), RiskLevel.LOW, until=today() - timedelta(days=1))
    running_case()


def table(client: Client) -> dict[str, list[Any]]:
    shown: Any = client.get(reverse("reports:trend"), secure=True, HTTP_ACCEPT_LANGUAGE="en")
    return {str(label): parts for label, parts in shown.context["makeup"]}


@pytest.mark.usefixtures("orders")
def test_a_number_is_the_rows_of_its_list() -> None:
    client = signed_in(UserFactory(county_supervisor=True))
    found = table(client)
    assert [part.text for part in found["High"]] == ["1", "1", "2"]
    assert [part.text for part in found["Without a valid assessment"]] == ["3", "0", "3"]
    assert [part.text for part in found["All"]] == ["4", "1", "5"]
    for parts in found.values():
        for part in parts:
            if part.url:
                listed: Any = client.get(part.url, secure=True)
                assert str(listed.context["page"].total) == part.text
            else:
                assert part.text == "0"


@pytest.mark.usefixtures("orders")
def test_few_persons_are_told_to_nobody_outside() -> None:
    found = table(signed_in(UserFactory(province_viewer=True, area=area("46"))))
    texts = [part.text for parts in found.values() for part in parts]
    assert set(texts) <= {"not shown", "0", "5"}
    assert texts.count("not shown") >= 6
    assert not any(part.url for parts in found.values() for part in parts)


def test_nobody_at_all_is_a_table_of_noughts() -> None:
    found = table(signed_in(UserFactory(county_supervisor=True)))
    assert {part.text for parts in found.values() for part in parts} == {"0"}
