"""Today: what is due in the own scope, in tabs and groups, the same queries at any length."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.models import AccessLog
from apps.cases.models import Case
from apps.core.navigation import TODAY_COUNT
from apps.needs.services import record_need, refer_need
from apps.persons.models import Assignment
from apps.workbench.today import heads_of, page_of
from tests.factories import schedule as office
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.persons import PersonFactory
from tests.factories.schedule import looked_at, plan, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with (
        time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory(name="周晓岚")
    client.force_login(user)
    return user


def case_of(worker: User, **facts: Any) -> Case:
    """Assessed, so that only the lines are counted that a test is about."""
    return looked_at(office.case_of(worker, **facts))


def get(client: Client, query: str = "", **headers: str) -> HttpResponse:
    url = reverse("workbench:today") + query
    return client.get(url, secure=True, headers={"Accept-Language": "en"} | headers)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_an_overdue_line_says_what_why_and_offers_one_tap(client: Client, worker: User) -> None:
    case = case_of(worker)
    seen(case, date(2024, 5, 1))
    page = text(get(client))
    assert case.person.name in page
    assert "11 days late" in page
    assert "Year 1, medium risk, every 2 weeks" in page
    assert reverse("checkins:log", args=[case.person.public_id]) in page


def test_each_tab_counts_and_shows_its_own_lines(client: Client, worker: User) -> None:
    late, week, month, hidden = (case_of(worker) for _n in range(4))
    seen(week, date(2024, 5, 20))
    seen(month, NOW - DAY)
    seen(hidden, NOW, outcome="not_done", reason="hospital", next_on=NOW + 7 * DAY)
    page = page_of(worker, NOW, tab="all", by="due", number=1)
    assert page.counts == {
        "all": 3,
        "late": 1,
        "today": 0,
        "week": 1,
        "month": 1,
        "waiting": 0,
        "hidden": 1,
    }
    assert [row.person for row in page.rows] == [late.person]
    assert [(ahead.tab, ahead.count) for ahead in page.ahead] == [("week", 1), ("month", 1)]
    for tab, case in (("week", week), ("month", month), ("hidden", hidden)):
        [row] = page_of(worker, NOW, tab=tab, by="due", number=1).rows
        assert row.person == case.person
    assert "In hospital" in text(get(client, "?tab=hidden"))


def test_a_line_whose_window_has_not_begun_offers_no_tap(client: Client, worker: User) -> None:
    case = case_of(worker)
    seen(case, NOW - DAY)
    page = text(get(client, "?tab=month"))
    assert "opens 7 Jun" in page
    assert reverse("checkins:log", args=[case.person.public_id]) not in page


def test_open_needs_stand_beside_duties_and_wait_when_passed_on(
    client: Client, worker: User
) -> None:
    person = case_of(worker, agreement_on=None).person
    need = record_need(
        urgency="normal",
        said_by="person",
        person=person,
        by=worker,
        kind="work",
        said_on=NOW - 7 * DAY,
        words="想工作",
    )
    record_need(
        urgency="normal", said_by="person", person=person, by=worker, kind="legal", said_on=NOW
    )
    record_need(
        said_by="person", person=person, by=worker, kind="medical", said_on=NOW, urgency="urgent"
    )
    counts = page_of(worker, NOW, tab="all", by="due", number=1).counts
    assert (counts["today"], counts["month"], counts["waiting"]) == (2, 1, 0)
    assert "想工作" in text(get(client))
    refer_need(need=need, by=worker, to="镇社会事务办", on=NOW)
    assert "镇社会事务办" in text(get(client, "?tab=waiting"))


def test_recorded_elsewhere_is_one_line_and_never_overdue(client: Client, worker: User) -> None:
    plan("1d", area(QIONGHAI), recorded_elsewhere=True)
    case = case_of(worker)
    seen(case, NOW - 9 * DAY)
    counts = page_of(worker, NOW, tab="all", by="due", number=1).counts
    assert (counts["late"], counts["today"]) == (0, 1)
    assert "no sign-in for 9 days" in text(get(client))


def test_a_worker_sees_the_own_caseload_a_supervisor_the_town(client: Client) -> None:
    mine, other = UserFactory(), UserFactory()
    case_of(mine)
    case_of(other)
    boss = UserFactory(town_supervisor=True)
    stranger = UserFactory(town_supervisor=True, area=area("469005100"))
    assert len(heads_of(mine, NOW)) == 1
    assert len(heads_of(boss, NOW)) == 2
    assert heads_of(stranger, NOW) == []


def test_lines_are_grouped_by_village_and_by_person(client: Client, worker: User) -> None:
    for code in ("469002100200", "469002100001", "469002100200", JIAJI):
        case_of(worker, person=PersonFactory(area=area(code)))
    page = page_of(worker, NOW, tab="all", by="village", number=1)
    assert [(group.words, len(group.rows)) for group in page.groups] == [
        ("东风社区", 1),
        ("先锋村", 2),
        ("Without a village", 1),
    ]
    by_person = page_of(worker, NOW, tab="all", by="person", number=1)
    keys = [row.person.sort_key for row in by_person.rows]
    assert keys == sorted(keys)
    assert get(client, "?by=village").status_code == 200
    assert get(client, "?by=person").status_code == 200


def test_more_than_sixty_lines_are_paged(client: Client, worker: User) -> None:
    persons = [case_of(worker) for _n in range(62)]
    first = page_of(worker, NOW, tab="all", by="due", number=1)
    second = page_of(worker, NOW, tab="all", by="due", number=9)
    assert (len(first.rows), first.previous, first.next, first.pages) == (60, None, 2, 2)
    assert (len(second.rows), second.previous, second.next) == (2, 1, None)
    assert len({row.person.pk for row in first.rows + second.rows}) == len(persons)
    assert "Page 2 of 2" in text(get(client, "?page=2"))


def test_queries_stay_the_same_and_few(client: Client, worker: User) -> None:
    numbers = []
    for count in (3, 27):
        for _n in range(count):
            case = case_of(worker)
            record_need(
                urgency="normal",
                said_by="person",
                person=case.person,
                by=worker,
                kind="work",
                said_on=NOW - 9 * DAY,
            )
        get(client)
        with CaptureQueriesContext(connection) as queries:
            get(client)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
    assert numbers[0] <= 17, [q["sql"][:150] for q in queries]


def test_the_persons_shown_are_logged_as_a_list(client: Client, worker: User) -> None:
    case = case_of(worker)
    get(client)
    entry = AccessLog.objects.get()
    assert (entry.action, entry.person_ids) == ("list", [case.person.public_id])


def test_after_a_tap_the_tabs_alone_ask_for_new_counts(client: Client, worker: User) -> None:
    case = case_of(worker)
    page = text(get(client, "?tab=late", **{"HX-Request": "true"}))
    assert "Overdue" in page
    assert case.person.name not in page


def beside_today(client: Client) -> str:
    page = text(client.get(reverse("persons:list"), secure=True))
    return "".join(re.findall(r'data-count-of="now">(\d+)<', page))


def test_the_side_bar_remembers_what_today_showed_and_counts_anew_after_an_act(
    client: Client, worker: User, django_assert_max_num_queries: Any
) -> None:
    case_of(worker)
    case_of(worker)
    assert beside_today(client) == ""
    assert '<span hidden data-count="now">2</span>' in text(get(client))
    assert beside_today(client) == "2"
    with CaptureQueriesContext(connection) as before:
        beside_today(client)
    usual = len(before)
    case_of(worker)
    # What was refused has changed nothing, nor has a question to a list.
    assert client.post(reverse("persons:create"), {}, secure=True).status_code == 422
    client.post(reverse("persons:list"), {"filter": "1"}, secure=True)
    assert beside_today(client) == "2"
    client.post(reverse("core:language"), {"language": "en"}, secure=True)
    with django_assert_max_num_queries(usual + 12):
        assert beside_today(client) == "3"
    with django_assert_max_num_queries(usual):
        assert beside_today(client) == "3"


def test_the_number_of_yesterday_is_not_shown_as_that_of_today(
    client: Client, worker: User
) -> None:
    case_of(worker)
    session = client.session
    session[TODAY_COUNT] = ["2024-06-02", 9]
    session.save()
    assert beside_today(client) == "1"


def test_without_javascript_the_saved_row_stands_first(client: Client, worker: User) -> None:
    checkin = seen(case_of(worker), NOW, by=worker).checkin
    page = text(get(client, f"?saved={checkin.public_id}"))
    assert "Saved 10:00 · In person" in page
    assert reverse("checkins:undo", args=[checkin.public_id]) in page
    other = seen(case_of(worker), NOW, by=UserFactory()).checkin
    assert "Saved" not in text(get(client, f"?saved={other.public_id}"))
    assert get(client, "?saved=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nobody is in your care yet"),
        ("?tab=late", "Nothing is overdue"),
        ("?tab=week", "Nothing is due in this time"),
        ("?tab=waiting", "Nothing waits for others"),
        ("?tab=hidden", "No line is hidden"),
        ("?tab=nonsense&by=nonsense&page=x", "Nobody is in your care yet"),
    ],
)
def test_an_empty_tab_says_what_would_fill_it(
    client: Client, worker: User, query: str, words: str
) -> None:
    assert words in text(get(client, query))


def test_when_all_is_done_it_says_what_comes_next(client: Client, worker: User) -> None:
    seen(case_of(worker), NOW)
    page = text(get(client))
    assert "Nothing more is due today" in page
    assert "The next is due on 20 Jun" in page


@pytest.mark.parametrize("trait", ["province_viewer", "system_admin", "auditor"])
def test_roles_without_cases_have_no_today(client: Client, trait: str) -> None:
    client.force_login(UserFactory(**{trait: True}))
    assert get(client).status_code == 403


def test_the_panel_shows_the_person_why_duties_and_help(client: Client, worker: User) -> None:
    case = case_of(worker)
    record_need(
        urgency="normal", said_by="person", person=case.person, by=worker, kind="work", said_on=NOW
    )
    seen(case, date(2024, 5, 1), note="情绪平稳")
    url = reverse("workbench:today-panel", args=[case.person.public_id])
    whole = client.get(url, secure=True, headers={"Accept-Language": "en"})
    part = client.get(url, secure=True, headers={"Accept-Language": "en", "HX-Request": "true"})
    for response in (whole, part):
        assert "Counted from reporting on 1 Mar" in text(response)
        assert "情绪平稳" in text(response)
        assert "11 days late" in text(response)
    assert "<html" in text(whole)
    assert "<html" not in text(part)


def test_the_panel_of_a_person_elsewhere_is_not_found(client: Client, worker: User) -> None:
    elsewhere = PersonFactory(area=area(WENCHANG))
    url = reverse("workbench:today-panel", args=[elsewhere.public_id])
    assert client.get(url, secure=True).status_code == 404


def test_what_was_written_for_one_scope_is_not_asked_for_another(
    client: Client, worker: User
) -> None:
    """Questions are kept for a user and a day: rights that change, change the lines at once."""
    office.case_of(UserFactory())  # a colleague's
    own = office.case_of(worker)
    client.force_login(worker)

    def shown() -> set[str]:
        page = client.get("/today/").context["page"]
        return {row.person.name for row in page.rows}

    assert shown() == {own.person.name}
    Area.objects.filter(pk=worker.area_id).update(shared_caseload=True)
    assert len(shown()) == 2
    Area.objects.filter(pk=worker.area_id).update(shared_caseload=False)
    assert shown() == {own.person.name}
    Assignment.objects.filter(person=own.person).update(worker=UserFactory())
    assert shown() == set()
