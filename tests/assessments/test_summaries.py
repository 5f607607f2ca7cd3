"""The half-year summary: one a window, numbers counted, told, with the person's words."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.assessments.models import HalfYearSummary
from apps.assessments.services import correct_summary, make_summary, withdraw_summary
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.needs.services import close_need, record_need
from apps.schedule.due_lines import lines_for_person
from apps.schedule.models import DueItem
from apps.schedule.outcomes import differences
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import sampled
from tests.factories.schedule import case_of, seen
from tests.factories.visits import met

pytestmark = pytest.mark.django_db
END, DAY = date(2024, 8, 31), timedelta(days=1)
WORDS = {
    "progress_words": "按时报到，表现平稳", "difficulty_words": "收入不稳定",
    "help_words": "联系就业岗位", "said_words": "愿意学一门手艺",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case(worker: User) -> Case:
    """Reported on 2024-03-01: the first half-year ends on 2024-08-31."""
    return case_of(worker)


def window(case: Case, number: int = 0) -> DueItem:
    return DueItem.objects.filter(case=case, kind="summary").order_by("opens_on")[number]


def made(case: Case, by: User, told_on: date = END + 3 * DAY, **facts: Any) -> HalfYearSummary:
    facts = {"client_uuid": uuid4()} | WORDS | facts
    return make_summary(item=window(case), by=by, told_on=told_on, **facts)


def outcomes(case: Case) -> list[str]:
    assert list(differences([case.person_id], kind="summary")) == []
    rows = DueItem.objects.filter(case=case, kind="summary").order_by("opens_on")
    return list(rows.values_list("outcome", flat=True))


def test_a_late_summary_does_its_own_half_year_and_not_the_next(case: Case, worker: User) -> None:
    assert window(case).due_on == END
    assert lines_for_person(case.person, END + 5 * DAY, kind="summary")[0].days_late == 5
    made(case, worker)
    assert outcomes(case)[:2] == ["done", "open"]


def test_the_numbers_are_those_of_the_half_year(case: Case, worker: User) -> None:
    for day in (date(2024, 3, 5), date(2024, 6, 5), END + DAY):
        seen(case, day, by=worker)
        sampled(case.person, day, by=worker)
    met(case, date(2024, 5, 2), kind="visit")
    need = record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=date(2024, 4, 1),
    )
    close_need(need=need, by=worker, outcome="met", on=date(2024, 5, 1), note="已上岗")
    found = made(case, worker).figures
    assert (found["checkins"], found["tests"], found["visits"], found["talks"]) == (2, 2, 1, 0)
    assert (found["needs"], found["needs_met"]) == (1, 1)
    assert found["windows_done"] == 2 < found["windows_due"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"told_on": date(2024, 7, 30)}, "last month"),
        ({"told_on": date(2024, 9, 6)}, "future"),
        ({"said_words": " "}, "in a few words"),
        ({"progress_words": ""}, "in a few words"),
    ],
)
def test_a_summary_is_told_near_the_end_with_the_persons_words(
    case: Case, worker: User, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        made(case, worker, **facts)


def test_the_same_form_twice_is_one_and_a_half_year_has_one_summary(
    case: Case, worker: User
) -> None:
    first = made(case, worker)
    assert made(case, worker, client_uuid=first.client_uuid) == first
    with pytest.raises(Refused, match="on file"):
        made(case, worker)


def test_whoever_was_second_sees_both_texts(case: Case, worker: User, client: Client) -> None:
    first = made(case, UserFactory(), progress_words="先写的话")
    client.force_login(worker)
    sent = WORDS | {"progress_words": "后写的话", "told_on": "2024-09-04", "first": "2024-03-01"}
    url = reverse("assessments:summary-new", args=[case.person.public_id])
    page = client.post(url, sent | {"client_uuid": str(uuid4())}, secure=True).content.decode()
    assert "先写的话" in page
    assert "后写的话" in page
    assert HalfYearSummary.objects.get() == first


def test_a_correction_keeps_the_old_value_and_a_withdrawal_opens_the_half_year(
    case: Case, worker: User
) -> None:
    row = made(case, worker)
    fixed = correct_summary(
        summary=row, by=worker, reason="写错", version=1, changes={"help_words": "申请临时救助"}
    )
    assert (fixed.help_words, fixed.version) == ("申请临时救助", 2)
    assert fixed.events.count() == 2  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="Somebody else"):
        correct_summary(summary=row, by=worker, reason="改正", version=1, changes={})
    withdraw_summary(summary=row, by=worker, reason="记错了人")
    assert outcomes(case)[0] == "open"
    with pytest.raises(Refused, match="withdrawn"):
        withdraw_summary(summary=row, by=worker, reason="再撤")


def test_the_form_is_filled_from_today_and_shown_on_the_file(
    case: Case, worker: User, client: Client
) -> None:
    client.force_login(worker)
    url = reverse("assessments:summary-new", args=[case.person.public_id])
    page = client.get(url, secure=True, headers={"Accept-Language": "en"})
    assert "The half-year in numbers" in page.content.decode()
    data = WORDS | {"told_on": "2024-09-04", "first": "2024-03-01", "client_uuid": str(uuid4())}
    for _twice in range(2):
        answer = client.post(url, data, secure=True)
        assert (answer.status_code, answer["Location"]) == (302, "/today/")
    row = HalfYearSummary.objects.get()
    names = ("summary", "summary-correct", "summary-withdraw")
    for name in names:
        address = reverse(f"assessments:{name}", args=[row.public_id])
        assert client.get(address, secure=True).status_code == 200
    tab = client.get(reverse("assessments:person", args=[case.person.public_id]), secure=True)
    assert "2024-03-01 – 2024-08-31" in tab.content.decode()
    fix = {"version": 1, "reason_why": "写错", **WORDS, "told_on": "2024-09-03"}
    client.post(reverse("assessments:summary-correct", args=[row.public_id]), fix, secure=True)
    assert HalfYearSummary.objects.get().told_on == date(2024, 9, 3)
    client.post(
        reverse("assessments:summary-withdraw", args=[row.public_id]),
        {"reason": "误录"},
        secure=True,
    )  # fmt: skip
    assert not HalfYearSummary.objects.valid().exists()


def test_where_no_half_year_is_open_none_can_be_made(worker: User, client: Client) -> None:
    with time_machine.travel("2024-03-05T12:00:00+08:00", tick=False):
        case = case_of(worker, not_agreed=True)
        client.force_login(worker)
        url = reverse("assessments:summary-new", args=[case.person.public_id])
        assert client.get(url, secure=True).status_code == 409
