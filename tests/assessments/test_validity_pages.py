"""The table of numbers: supervisors read it; who sets rules sees first what a change would do."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.assessments.models import ValidityRule
from apps.assessments.services import record_told, set_validity
from apps.cases.models import RiskLevelRecord
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.assessments import assessed

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}


def get(client: Client, address: str) -> str:
    return client.get(address, secure=True, headers=EN).content.decode()


def post(client: Client, act: str, **data: Any) -> Any:
    facts = {
        "risk_level": "medium", "months": "3", "effective_from": "2024-06-04", "act": act,
        "basis": "县禁毒办〔2024〕7号",
    }  # fmt: skip
    address = reverse("assessments:validity-new")
    return client.post(address, facts | data, secure=True, headers=EN)


@pytest.fixture
def system(client: Client) -> User:
    user: User = UserFactory(system_admin=True)
    client.force_login(user)
    return user


def test_first_what_it_would_do_then_the_change(
    client: Client, system: User, person: Person, boss: User
) -> None:
    row = assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    record_told(assessment=row, by=boss, on=NOW - 90 * DAY, how="talk")
    html = post(client, "preview").content.decode()
    assert "1 more person would be overdue for an assessment tomorrow" in html
    assert "0 → 1" in html
    assert "No last day before" in html
    assert not ValidityRule.objects.exists()
    assert RiskLevelRecord.objects.get().valid_until == date(2024, 8, 24)
    for _tap in range(2):
        assert post(client, "apply").url == "/plans/assessments/"
    assert ValidityRule.objects.get().recorded_by == system
    assert RiskLevelRecord.objects.get().valid_until == NOW
    client.force_login(boss)
    shown = get(client, reverse("assessments:person", args=[person.public_id]))
    assert "decided until 2024-08-24" in shown
    assert "was notified of 2024-08-24 as the last day" in shown
    assert "to be notified anew" in shown
    told = reverse("assessments:told", args=[row.public_id])
    assert told in shown
    client.post(told, {"on": "2024-06-03", "how": "phone"}, secure=True, headers=EN)
    shown = get(client, reverse("assessments:person", args=[person.public_id]))
    assert "to be notified anew" not in shown
    assert told not in shown


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"basis": " "}, "required"), ({"months": "25"}, "24"), ({"effective_from": "2024-01-01"},
     "begins on this day already")],
)  # fmt: skip
@pytest.mark.parametrize("act", ["preview", "apply"])
def test_what_no_rule_may_be_is_said_before_and_at_the_change(
    client: Client, system: User, facts: dict[str, Any], words: str, act: str
) -> None:
    begun = {"effective_from": date(2024, 1, 1), "basis": "县禁毒办〔2024〕7号"}
    set_validity(risk_level="medium", months=4, by=system, **begun)
    answer = post(client, act, **facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ValidityRule.objects.count() == 1


def test_a_rule_ends_on_the_day_before_the_one_that_follows(client: Client, system: User) -> None:
    for months, start in ((5, date(2024, 1, 1)), (4, date(2024, 3, 1)), (3, NOW + 9 * DAY)):
        set_validity(
            risk_level="medium", months=months, effective_from=start, basis="通知", by=system
        )  # fmt: skip
    table = reverse("assessments:validity")
    html = get(client, table)
    assert ("4 months" in html, "2024-06-11" in html, "5 months" in html) == (True, True, False)
    assert "5 months" in get(client, f"{table}?ended=on")
    like = ValidityRule.objects.get(months=4)
    form = get(client, f"{reverse('assessments:validity-new')}?like={like.pk}")
    assert 'name="months" value="4"' in form
    assert "2024-06-04" in form


def test_supervisors_read_the_rules_of_their_area_and_change_none(client: Client) -> None:
    by = UserFactory(system_admin=True)
    for months, code in ((2, QIONGHAI), (5, WENCHANG)):
        set_validity(
            risk_level="high", months=months, effective_from=NOW, basis="通知", by=by,
            area=area(code),
        )  # fmt: skip
    client.force_login(UserFactory(county_supervisor=True, area=area(QIONGHAI)))
    html = get(client, reverse("assessments:validity"))
    assert ("2 months" in html, "5 months" in html, "New rule" in html) == (True, False, False)
    assert reverse("plans:list") in html
    assert reverse("assessments:validity") in get(client, reverse("plans:list"))
    assert post(client, "apply").status_code == 403
    client.force_login(UserFactory())
    assert client.get(reverse("assessments:validity"), secure=True).status_code == 403


def test_the_admin_takes_the_same_way(
    client: Client, system: User, person: Person, boss: User
) -> None:
    assessed(person, boss, NOW - 100 * DAY, risk_level="medium")
    facts = {
        "risk_level": "medium", "measure": "", "year_of_term": "", "area": "", "months": "3",
        "effective_from": "2024-06-04", "basis": "通知",
    }  # fmt: skip
    address = reverse("admin:assessments_validityrule_add")
    assert client.post(address, facts, secure=True, headers=EN).status_code == 302
    assert RiskLevelRecord.objects.get().valid_until == NOW
