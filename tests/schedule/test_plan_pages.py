"""A change of a plan: what it would do is what it does; nothing happens before it is confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.cases.services import report_leave, set_risk_level
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.rules import Every
from apps.schedule.services import CHUNK, cases_under, finish_laying_out, replan, set_plan
from apps.schedule.simulating import PlanSums, simulate
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.schedule import seen
from tests.factories.visits import met

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


def office() -> None:
    """Persons in many states: seen, not seen, away, brought in, of another risk level."""
    for days in (1, 9, 20, 40):
        case = CaseFactory()
        seen(case, NOW - days * DAY)
        met(case, NOW - days * DAY, "talk")
    CaseFactory()
    CaseFactory(brought_in_on=NOW - 3 * DAY)
    high = CaseFactory()
    set_risk_level(
        person=high.person, risk_level="high", source="assessed",
        by=UserFactory(town_supervisor=True), on=date(2024, 4, 1), reason="第一次评估",
    )  # fmt: skip
    away = CaseFactory()
    report_leave(
        case=away, by=UserFactory(), starts_on=NOW, until_on=NOW + 9 * DAY, destination="三亚",
        reported_in_writing_on=NOW,
    )  # fmt: skip
    CaseFactory(paper_end_on=NOW)


def counted(kind: str) -> PlanSums:
    """The same sums from the windows that are stored."""
    tomorrow = NOW + DAY
    items = DueItem.objects.filter(kind=kind, recorded_elsewhere=False)
    late = items.overdue_on(tomorrow).order_by().values("case__person_id").distinct().count()
    span = items.effective().due_between(tomorrow, tomorrow + 29 * DAY)
    return PlanSums(late, span.filter(case__in_force_from__isnull=False).count())


@pytest.mark.parametrize(
    ("kind", "every", "start", "facts"),
    [
        ("checkin", (1, "d"), NOW - 30 * DAY, {}),
        ("checkin", (3, "d"), NOW, {"risk_level": "medium"}),
        ("talk", (1, "w"), NOW - 60 * DAY, {"area": QIONGHAI}),
        ("talk", (6, "m"), NOW + DAY, {}),
        ("visit", (2, "w"), NOW - 20 * DAY, {"risk_level": "high"}),
        ("visit", (1, "m"), date(2024, 3, 1), {"year_of_term": 1}),
    ],
)
def test_what_a_change_would_do_is_what_it_does(
    kind: str, every: tuple[int, str], start: date, facts: dict[str, Any]
) -> None:
    office()
    if "area" in facts:
        facts = facts | {"area": area(facts["area"])}
    rule = PlanRule(
        kind=kind, every_count=every[0], every_unit=every[1], effective_from=start, **facts
    )
    rows = DueItem.objects.count()
    effect = simulate([rule], cases_under(rule))
    assert (DueItem.objects.count(), effect.before) == (rows, counted(kind))
    made = set_plan(
        kind=kind, every=Every(*every), from_day=start, by=UserFactory(system_admin=True),
        **({"area": None} | facts),
    )  # fmt: skip
    replan(cases_under(made), kinds=[kind], from_day=start)
    assert effect.after == counted(kind)


def post(client: Client, **data: Any) -> Any:
    facts = {
        "kind": "talk", "every_count": "1", "every_unit": "w", "effective_from": "2024-05-01",
        "risk_level": "medium", "basis": "县禁毒办〔2024〕3号",
    }  # fmt: skip
    return client.post("/plans/new/", facts | data, secure=True, headers=EN)


def test_the_page_says_how_many_would_be_overdue_and_changes_nothing(client: Client) -> None:
    office()
    client.force_login(UserFactory(system_admin=True))
    rules = PlanRule.objects.count()
    html = post(client, act="preview").content.decode()
    assert "would be overdue tomorrow" in html
    assert PlanRule.objects.count() == rules
    response = post(client, act="apply")
    assert response.url == "/plans/"
    new = PlanRule.objects.get(effective_from=date(2024, 5, 1))
    assert (new.every_count, new.every_unit, new.is_being_laid_out) == (1, "w", False)
    before = PlanRule.objects.get(
        kind="talk", risk_level="medium", effective_from__lt=date(2024, 5, 1)
    )
    assert before.effective_to == date(2024, 4, 30)
    assert DueItem.objects.filter(rule=new).exists()
    shown = client.get("/plans/?kind=talk", secure=True, headers=EN).content.decode()
    assert "every week" in shown


def test_many_cases_are_laid_out_in_pieces_and_the_night_ends_what_was_begun(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.schedule.services.CHUNK", 4)
    assert CHUNK == 200
    office()
    client.force_login(UserFactory(system_admin=True))
    page = post(client, act="apply").url
    assert "4</b> / 9 orders" in client.get(page, secure=True, headers=EN).content.decode()
    again = client.post(page, secure=True, headers=EN).content.decode()
    assert "8</b> / 9 orders" in again
    assert finish_laying_out() == 1
    assert "All windows" in client.get(page, secure=True, headers=EN).content.decode()


def test_supervisors_read_the_tables_and_change_none(client: Client) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    html = client.get("/plans/", secure=True, headers=EN).content.decode()
    assert "every 2 weeks" in html
    assert "New rule" not in html
    assert post(client, act="apply").status_code == 403
