"""The inbox of objections and the list of storage dates: whom they hold, and what comes next."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.cases.models import Case
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import DrugTest
from tests.drugtests.ways import TO_LABORATORY, disputed, kept, lab_test, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.pages import signed_in as of_session

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def signed_in(user: User) -> Client:
    return of_session(user, headers={"Accept-Language": "en"}, **{"wsgi.url_scheme": "https"})


def shown(user: User, name: str, **asked: Any) -> str:
    page = signed_in(user).get(reverse(f"drugtests:{name}"), asked)
    assert page.status_code == 200
    return page.content.decode()


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


def address(test: DrugTest, kind: str) -> str:
    return reverse("drugtests:step", args=[test.public_id, kind])


def test_an_open_objection_has_its_answer_beside_it(case: Case, worker: User, boss: User) -> None:
    test = disputed(case.person, worker)
    page = shown(boss, "objections")
    assert "To be answered by" in page
    assert address(test, S.LAB_ANSWERED) in page
    seen = shown(worker, "objections")
    assert "To be answered by" in seen
    assert address(test, S.LAB_ANSWERED) not in seen


def test_what_was_granted_stays_until_it_is_carried_out(case: Case, worker: User) -> None:
    test = disputed(case.person, worker)
    step(test, S.LAB_ANSWERED)
    page = shown(worker, "objections")
    assert "Granted: being carried out" in page
    assert address(test, S.B_SENT) in page
    walk(test, S.B_SENT, S.B_RECEIVED, S.RETESTED, S.RETEST_TOLD)
    assert "Nobody objects to a test" in shown(worker, "objections")
    assert ">Settled</span>" in shown(worker, "objections", show="settled")
    assert ">Settled</span>" in shown(worker, "objections", show="all")


def test_a_granted_on_site_objection_goes_to_the_laboratory_next(
    on_site: DrugTest, worker: User
) -> None:
    walk(on_site, S.SCREENED, S.SEALED, S.STORED, S.TOLD, S.OBJECTED, S.ANSWERED)
    assert address(on_site, S.SENT) in shown(worker, "objections")


def test_nothing_of_objections_leaves(case: Case, worker: User, boss: User) -> None:
    """Each row says that a test was positive."""
    disputed(case.person, worker)
    answer = signed_in(boss).post(reverse("drugtests:objections"), {"purpose": "核对检测"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("day", "asked", "words"),
    [
        ("2024-06-03", "later", "156 days left"),
        ("2024-11-01", "soon", "5 days left"),
        ("2024-11-05", "soon", "1 day left"),
        ("2024-11-06", "soon", "0 days left"),
        ("2024-11-07", "over", "To be destroyed"),
    ],
)
def test_a_stored_sample_has_its_date(
    on_site: DrugTest, boss: User, clock: Any, day: str, asked: str, words: str
) -> None:
    kept(on_site)
    clock.move_to(f"{day}T12:00:00+08:00")
    assert words in shown(boss, "storage", date=asked)
    others = {"over", "soon", "later"} - {asked}
    assert not [other for other in others if words in shown(boss, "storage", date=other)]
    button = address(on_site, S.DESTROYED) in shown(boss, "storage")
    assert button is (asked == "over")


def test_what_is_destroyed_or_disputed_says_so(
    on_site: DrugTest, worker: User, boss: User, clock: Any
) -> None:
    walk(on_site, *TO_LABORATORY, S.LAB_OBJECTED)
    clock.move_to("2024-12-03T12:00:00+08:00")
    assert "In dispute: kept on" in shown(boss, "storage")
    other = lab_test(on_site.person, date(2024, 5, 7), by=worker)
    kept(other)
    number = other.dossier.number
    assert number in shown(boss, "storage")
    step(other, S.DESTROYED, timezone.now())
    assert number not in shown(boss, "storage")


def test_a_sample_whose_result_is_awaited_is_kept_on(
    on_site: DrugTest, boss: User, clock: Any
) -> None:
    walk(on_site, S.SEALED, S.STORED, S.SENT)
    clock.move_to("2024-12-03T12:00:00+08:00")
    page = shown(boss, "storage")
    assert "Not finished: kept on" in page
    assert address(on_site, S.DESTROYED) not in page


def test_storage_dates_are_exported_with_their_state(on_site: DrugTest, boss: User) -> None:
    kept(on_site)
    answer = signed_in(boss).post(
        reverse("drugtests:storage"), {"purpose": "清点样本", "format": "csv", "whole": "1"}
    )
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert "156 days left" in told.decode("utf-8-sig")
    assert AccessLog.objects.filter(action="export").exists()


def test_a_file_of_storage_dates_says_nothing_of_a_dispute(
    case: Case, worker: User, boss: User
) -> None:
    test = disputed(case.person, worker)
    assert "In dispute: kept on" in shown(boss, "storage")
    answer = signed_in(boss).post(
        reverse("drugtests:storage"), {"purpose": "清点样本", "format": "csv", "whole": "1"}
    )
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert test.dossier.number in told.decode("utf-8-sig")
    assert "dispute" not in told.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["objections", "storage"])
def test_another_county_sees_none_of_them(case: Case, worker: User, name: str) -> None:
    test = disputed(case.person, worker)
    elsewhere = UserFactory(county_supervisor=True, area=area("469005"))
    assert str(test.public_id) not in shown(elsewhere, name)
    assert str(test.public_id) in shown(worker, name)


@pytest.mark.parametrize("name", ["objections", "storage"])
def test_many_rows_ask_no_more_than_one(case: Case, worker: User, name: str) -> None:
    client, url = signed_in(worker), reverse(f"drugtests:{name}")
    asked = []
    for day in (DAY, date(2024, 5, 20), date(2024, 5, 21)):
        walk(lab_test(case.person, day, by=worker), *TO_LABORATORY, S.LAB_OBJECTED)
        client.get(url)
        with CaptureQueriesContext(connection) as caught:
            client.get(url)
        asked.append(len(caught))
    assert asked[0] == asked[2]


def test_the_lists_are_found_from_today_the_tests_and_the_dashboard(boss: User) -> None:
    client = signed_in(boss)
    for page in ("workbench:today", "drugtests:list", "reports:dashboard"):
        html = client.get(reverse(page)).content.decode()
        for name in ("objections", "storage"):
            assert f'href="{reverse(f"drugtests:{name}")}"' in html
