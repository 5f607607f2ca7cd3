"""The sentence why: rule, arithmetic, paper; as a page and in place."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.cases.services.risk_levels import set_risk_level
from apps.contacts.due_rows import LevelShown, rows_of
from apps.schedule.due_lines import lines_for_person
from apps.schedule.due_words import every_words, tag_of
from apps.schedule.reasons import why_of
from apps.schedule.rules import Every
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.schedule import case_of, plan, seen, windows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


def told(case: Any, day: date = NOW) -> Any:
    [line] = lines_for_person(case.person, day)
    return why_of(line)


@pytest.mark.parametrize(
    ("every", "words"),
    [("1d", "every day"), ("3d", "every 3 days"), ("1w", "every week"), ("2m", "every 2 months")],
)
def test_a_rhythm_in_words(every: str, words: str) -> None:
    assert every_words(Every.parse(every)) == words


def test_an_overdue_line_names_rule_arithmetic_and_article(worker: User) -> None:
    case = case_of(worker)
    seen(case, date(2024, 4, 20))
    why = told(case)
    assert why.rule == "Rule: medium risk, check-in every 2 weeks"
    assert why.arithmetic == [
        "Counted from reporting on 1 Mar: window 5 runs from 26 Apr to 9 May.",
        "Today is 3 Jun: 25 days late.",
        "2 windows missed; one check-in today is enough.",
    ]
    assert "art. 19" in why.basis


@pytest.mark.parametrize(
    ("day", "words", "tag"),
    [
        (date(2024, 6, 6), "Today is 6 Jun, its last day.", ("soon", "Today")),
        (date(2024, 6, 5), "Today is 5 Jun: 1 day left.", ("soon", "1 day left")),
        (date(2024, 5, 30), "Today is 30 May: 7 days left.", ("na", "7 days left")),
    ],
)
def test_a_running_window_says_what_is_left(
    worker: User, day: date, words: str, tag: tuple[str, str]
) -> None:
    case = case_of(worker)
    seen(case, date(2024, 5, 20))
    [line] = lines_for_person(case.person, day)
    assert words in why_of(line).arithmetic
    assert (tag_of(line).kind, tag_of(line).words) == tag


def test_a_window_that_has_not_begun_says_so(worker: User) -> None:
    case = case_of(worker)
    seen(case, NOW)
    assert "the window has not begun, the one before is done" in told(case).arithmetic[1]


def test_a_county_rule_names_its_area_paper_and_its_own_beginning(worker: User) -> None:
    case = case_of(worker)
    seen(case, date(2024, 3, 30))
    plan("1w", area(QIONGHAI), from_day=date(2024, 4, 1), basis="琼禁毒办〔2024〕3号")
    why = told(case)
    assert why.rule == "Rule: medium risk, check-in every week (琼海市, since 1 Apr)"
    assert why.basis == "琼禁毒办〔2024〕3号"
    seen(case, date(2024, 5, 30))
    assert "Counted from the change of rule on 1 Apr: window 10" in told(case).arithmetic[0]


def test_a_quiet_line_says_since_when(worker: User) -> None:
    plan("1d", area(QIONGHAI), recorded_elsewhere=True)
    case = case_of(worker)
    assert "No sign-in on record since 1 Mar." in told(case).arithmetic[1]
    seen(case, NOW - 8 * DAY)
    assert told(case).arithmetic == [
        "Sign-ins are recorded in another system; Today asks after 7 days without one.",
        "Last sign-in on record: 26 May. Today is 3 Jun: no sign-in for 8 days.",
    ]


def test_in_chinese_too(worker: User) -> None:
    case = case_of(worker)
    with translation.override("zh-hans"):
        why = told(case)
        assert why.rule == "规则：中风险，每 2 周签到一次"
        assert why.arithmetic[0] == "从报到日 3月1日起算：第 1 次为3月1日至3月14日。"


def test_the_page_and_its_part(client: Client, worker: User) -> None:
    case = case_of(worker)
    first, *_rest, last = windows_of(case)
    for item in (first, last):
        url = reverse("schedule:why", args=[item.pk])
        whole = client.get(url, secure=True, headers={"Accept-Language": "en"})
        assert "Counted from reporting" in whole.content.decode()
        part = client.get(url, secure=True, headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()


def test_the_windows_of_others_are_not_found(client: Client, worker: User) -> None:
    item = windows_of(case_of(UserFactory()))[0]
    assert client.get(reverse("schedule:why", args=[item.pk]), secure=True).status_code == 404


def lowered(case: Any) -> None:
    """Laid out under medium, which a low risk level has replaced since."""
    set_risk_level(
        person=case.person, risk_level="low", source="ledger", by=User.objects.system(),
        on=NOW - DAY,
    )  # fmt: skip


def test_a_window_laid_out_under_another_risk_level_names_both(
    client: Client, worker: User
) -> None:
    case = case_of(worker)
    seen(case, date(2024, 5, 5))  # and the window of 10 to 23 May was missed
    assert told(case).rule == "Rule: medium risk, check-in every 2 weeks"
    lowered(case)
    words = "laid out under medium risk (today: low risk)"
    assert told(case).rule == f"Rule: {words}, check-in every 2 weeks"
    with translation.override("zh-hans"):
        assert told(case).rule == "规则：按中风险排定（现为低风险），每 2 周签到一次"
        [row] = rows_of(lines_for_person(case.person, NOW), NOW)
        assert row.why == "第 1 年，按中风险排定（现为低风险），每 2 周一次"
    english = {"headers": {"accept-language": "en"}}
    pages = [
        reverse("workbench:today"), reverse("workbench:person", args=[case.person.public_id]),
        reverse("workbench:today-panel", args=[case.person.public_id]),
    ]  # fmt: skip
    for page in pages:
        assert words in client.get(page, **english).content.decode(), page


def test_missed_windows_of_another_risk_level_say_so_too(worker: User) -> None:
    case = case_of(worker)
    lowered(case)
    [row] = rows_of(lines_for_person(case.person, NOW), NOW)
    assert row.why.startswith("laid out under medium risk (today: low risk), every 2 weeks; ")


@pytest.mark.parametrize(
    ("shown", "risk_level"),
    [(LevelShown(), "medium"), (LevelShown("high"), "high"), (LevelShown("medium"), "medium"),
     (LevelShown("low", from_ledger=True), "low"),
     (LevelShown("high", from_ledger=True), "medium")],
)  # fmt: skip
def test_the_risk_level_that_duties_follow_is_medium_at_most_where_nobody_vouches(
    shown: LevelShown, risk_level: str
) -> None:
    assert shown.for_duties == risk_level
