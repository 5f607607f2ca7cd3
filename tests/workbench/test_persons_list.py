"""The list of persons, and the search."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.cases import services
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.persons.models import Person
from apps.workbench.persons_list import short_name
from apps.workbench.search_views import condition_for
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import next_due, running_case, signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
URL = "/persons/"


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


def found(user: User, **filters: Any) -> set[Person]:
    page = signed_in(user).get(URL, filters)
    return set(page.context["page"].rows)


def queries(user: User, **filters: Any) -> int:
    client = signed_in(user)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(URL, filters)
    return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_as_many_queries_at_3_rows_as_at_60(boss: User) -> None:
    running_case(UserFactory())
    PersonFactory.create_batch(2)
    assert queries(boss) <= 16  # nothing is written yet
    few = queries(boss)
    for _ in range(57):
        running_case()
    assert queries(boss) == few <= 12
    assert queries(boss, sort="-next_due") <= 16
    assert queries(boss, status="active", overdue="on", risk_level="none") <= 16


def test_a_worker_sees_the_own_caseload_and_a_supervisor_the_town(boss: User) -> None:
    worker = UserFactory()
    mine = running_case(worker).person
    other = PersonFactory()
    PersonFactory(area=area(WANQUAN))
    assert found(worker) == {mine}
    assert found(boss) == {mine, other}


def test_the_list_leaves_one_row_in_the_access_log(boss: User) -> None:
    persons = PersonFactory.create_batch(3)
    found(boss)
    logged = AccessLog.objects.get()
    assert logged.action == Action.LIST
    assert set(logged.person_ids) == {person.public_id for person in persons}


def test_each_filter_narrows(boss: User) -> None:
    worker = UserFactory()
    active = running_case(worker, days=100).person
    rehab = running_case(measure="SQKF", term_months=12, days=350).person
    waiting = running_case(
        reported_on=None, agreement_on=None, received_on=today() - timedelta(days=30),
        decided_on=None,
    ).person  # fmt: skip
    clean = PersonFactory(life_status="clean", employment="farming")
    services.set_risk_level(person=active, risk_level="low", source="ledger", by=worker, on=today())
    services.set_risk_level(
        person=rehab, risk_level="low", source="assessed", by=worker, on=today(), reason="稳定四年"
    )
    assert found(boss, worker=worker.pk) == {active}
    assert found(boss, measure="SQKF") == {rehab}
    assert found(boss, status="active") == {active, rehab}
    assert found(boss, status="running") == {active, rehab}
    assert found(boss, status="overdue") == {waiting}
    assert found(boss, status="none") == {clean}
    assert found(boss, status="clean") == {clean}
    assert found(boss, risk_level="low") == {active, rehab}
    assert found(boss, risk_level="none") == {active, waiting, clean}
    assert found(boss, employment="farming") == {clean}
    assert found(boss, ends="30") == {rehab}
    assert found(boss, area="先锋村") == {active, rehab, waiting, clean}
    assert found(boss, area="东风社区") == set()


def test_overdue_are_those_whose_window_ended_without_a_checkin(boss: User) -> None:
    late = running_case(days=100).person
    running_case(days=0)
    assert found(boss, overdue="on") == {late}


def attempt(person: Person, by: User, back: int, method: str, outcome: str = "not_done") -> None:
    day = today() - timedelta(days=back)
    CheckIn.objects.create(
        person=person, method=method, outcome=outcome, day=day, occurred_at=f"{day}T04:00:00Z",
        reason="not_found" if outcome == "not_done" else "", recorded_at=f"{day}T04:00:00Z",
        recorded_by=by, county_id=person.county_id, town_id=person.town_id,
    )  # fmt: skip


def test_lost_contact_takes_fifteen_days_and_three_attempts_by_two_means(boss: User) -> None:
    lost, one_means, seen, tried_twice = (running_case(days=60).person for _ in range(4))
    for person in (lost, one_means, seen):
        for back, method in ((9, "phone"), (6, "phone"), (3, "in_person")):
            attempt(person, boss, back, "phone" if person == one_means else method)
    attempt(seen, boss, 10, "phone", outcome="done")
    attempt(tried_twice, boss, 9, "phone")
    attempt(tried_twice, boss, 5, "in_person")
    attempt(lost, boss, 20, "phone", outcome="done")
    assert found(boss, lost="on") == {lost}


@pytest.mark.parametrize("sort", ["name", "-name", "sex", "place", "next_due", "-last_contact"])
def test_every_column_that_sorts_answers(boss: User, sort: str) -> None:
    running_case(UserFactory())
    PersonFactory(born_on=None, document_kind="none", document_number="")
    assert len(found(boss, sort=sort)) == 2


def test_names_sort_by_pinyin(boss: User) -> None:
    names = ["曾一", "陈二", "单三", "欧阳四"]
    for name in names:
        PersonFactory(name=name)
    rows = signed_in(boss).get(URL).context["page"].rows
    assert [row.name for row in rows] == ["陈二", "欧阳四", "单三", "曾一"]


def test_an_export_takes_a_reason_and_is_logged(boss: User) -> None:
    case = running_case(UserFactory())
    client = signed_in(boss)
    assert client.post(URL, {"purpose": "", "format": "csv"}).status_code == 422
    answer = client.post(URL, {"purpose": "季度核对", "format": "csv", "whole": "1"})
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert case.person.name in text.decode("utf-8-sig")
    assert case.person.document_number not in text.decode("utf-8-sig")
    assert AccessLog.objects.get(action=Action.EXPORT).purpose == "季度核对"


def test_only_supervisors_tick_to_assign(boss: User) -> None:
    person = PersonFactory()
    worker = UserFactory()
    AssignmentFactory(person=person, worker=worker)
    assert b"/persons/assign/" in signed_in(boss).get(URL).content
    assert b"/persons/assign/" not in signed_in(worker).get(URL).content


def test_a_committee_is_named_by_its_village() -> None:
    units = {"新民社区居委会": "新民社区", "迈汤村委会": "迈汤村", "先锋村": "先锋村"}
    for name, short in units.items():
        unit = area("469002100200")
        unit.name = name
        assert short_name(unit) == short


def searched(user: User, words: str) -> Any:
    """What is posted leads to an address that can be gone back to, and has no words in it."""
    client = signed_in(user)
    there = client.post("/search/", {"q": words})["Location"]
    assert not set(there.partition("kept=")[0]) - set("/search?")
    first, again = client.get(there), client.get(there)
    assert (first.status_code, first.headers.get("Location")) == (
        again.status_code,
        again.headers.get("Location"),
    )
    return first


def test_words_that_are_no_longer_kept_are_asked_for_again(boss: User) -> None:
    page = signed_in(boss).get("/search/?kept=unknown", headers={"Accept-Language": "en"})
    assert "Type it again" in page.content.decode()


@pytest.fixture
def person(boss: User) -> Person:
    return PersonFactory(name="陈海生", document_number="469098196910057222", phone="0898-62822222")


@pytest.mark.parametrize(
    "words",
    [
        "陈海生", "海生", "chenhai", "chen hai", "CHS", "ch", "hai", "haisheng", "7222",
        "469098 19691005 7222",
        "４６９０９８１９６９１００５７２２２", "0898-62822222", "089862822222",
    ],
)  # fmt: skip
def test_one_hit_opens_the_file(boss: User, person: Person, words: str) -> None:
    PersonFactory(name="林二", document_number="469098198509263301")
    answer = searched(boss, words)
    assert answer["Location"] == f"/persons/{person.public_id}/"
    logged = AccessLog.objects.first()
    assert logged is not None
    assert (logged.action, logged.person_ids) == (Action.SEARCH, [person.public_id])
    assert words not in f"{logged.purpose}{logged.fields_seen}"


@pytest.mark.parametrize("words", ["69098", "0057222", "6282", "陈海深", "sheng", "%", "_", "生海"])
def test_parts_of_numbers_and_other_names_find_nobody(
    boss: User, person: Person, words: str
) -> None:
    answer = searched(boss, words)
    assert answer.status_code == 200
    assert str(person.public_id) not in answer.content.decode()


def test_the_number_on_the_file_finds_it(boss: User, person: Person) -> None:
    answer = searched(boss, person.file_number)
    assert answer["Location"] == f"/persons/{person.public_id}/"


def test_a_passport_is_found_whole(boss: User) -> None:
    person = PersonFactory(document_kind="passport", document_number="E12345678")
    assert searched(boss, "e1234 5678")["Location"].endswith(f"{person.public_id}/")


def test_several_hits_are_listed_in_scope_only(boss: User) -> None:
    mine = PersonFactory.create_batch(2, name="陈海生")
    PersonFactory(name="陈海生", area=area(WANQUAN))
    text = searched(boss, "陈海生").content.decode()
    assert text.count("/persons/0") >= len(mine)
    assert {row.person_count for row in AccessLog.objects.all()} == {2}


def test_an_empty_search_asks_nothing(boss: User) -> None:
    assert signed_in(boss).get("/search/").status_code == 200
    assert searched(boss, "  ").status_code == 200
    assert condition_for("123456789012345678901") is not None
    assert not AccessLog.objects.exists()


def test_nothing_is_late_once_the_order_has_ended_or_rests(boss: User) -> None:
    """Today asks for nothing then, and the list says the same."""
    ended, held = running_case(), running_case()
    assert min(next_due(case.person, today()) or today() for case in (ended, held)) < today()
    services.close_case(case=ended, by=boss, reason="deceased", on=today())
    services.suspend_case(case=held, by=boss, starts_on=today(), reason="detained")
    assert [next_due(case.person, today()) for case in (ended, held)] == [None, None]
    page = signed_in(boss).get(URL, {"sort": "next_due"})
    assert [row.next_due_on for row in page.context["page"].rows] == [None, None]


def test_a_search_for_what_no_keyboard_types_finds_nobody(boss: User) -> None:
    assert searched(boss, "陈\0").status_code == 200


def test_the_reason_of_an_export_is_kept_without_what_no_keyboard_types(boss: User) -> None:
    PersonFactory()
    answer = signed_in(boss).post(URL, {"purpose": "季度\0核对名单", "format": "csv", "whole": "1"})
    assert answer.getvalue()
    assert AccessLog.objects.get(action=Action.EXPORT).purpose == "季度 核对名单"
