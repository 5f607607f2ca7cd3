"""Pages of maintenance treatment."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.core.days import today
from apps.core.fields import uuid7
from apps.persons.models import Person
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.treatment.services import end_treatment
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.treatment import attended, clinic_of, station_of, treated

pytestmark = pytest.mark.django_db


def sent(client: Client, page: str, *args: Any, query: str = "", **data: Any) -> Any:
    url = reverse(f"treatment:{page}", args=args) + query
    return client.post(url, data, secure=True, HTTP_ACCEPT_LANGUAGE="en")


def seen(client: Client, name: str, *args: Any, query: str = "") -> str:
    url = reverse(f"treatment:{name}", args=args) + query
    answer = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return answer.content.decode()


def cared_for(by: User, name: str) -> Any:
    """Somebody of the worker's own."""
    person = PersonFactory(name=name)
    AssignmentFactory(person=person, worker=by)
    return person


def test_a_treatment_is_recorded_read_and_ended(by: User) -> None:
    person = running_case(by, person=PersonFactory(name="陈海生")).person
    client, clinic = signed_in(by), clinic_of()
    assert "own wish, and nothing follows from a no" in seen(client, "person", person.public_id)
    since = (today() - timedelta(days=90)).isoformat()
    facts = {
        "client_uuid": uuid7(), "clinic": clinic.pk, "medicine": "other", "since": since,
        "basis": "signed", "consent_on": since,
    }  # fmt: skip
    answer = sent(client, "begin", person.public_id, **facts)
    assert answer.status_code == 422
    assert "Another medicine is said in words" in answer.content.decode()
    facts["medicine"] = "methadone"
    assert sent(client, "begin", person.public_id, **facts).status_code == 302
    row = Treatment.objects.get()
    text = seen(client, "treatment", row.public_id)
    for words in ("Methadone", clinic.name, "Doses are not kept here", "unknown, and not 0"):
        assert words in text
    assert "陈海生" in seen(client, "list", query="?state=running&medicine=methadone")
    assert "陈海生" not in seen(client, "list", query="?state=ended")
    month = {"month": "2024-08-14", "attended": 20, "expected": 31, "source": "list"}
    assert sent(client, "month", row.public_id, **month).status_code == 302
    assert sent(client, "month", row.public_id, **month).status_code == 302, "a second tap"
    assert Attendance.objects.count() == 1
    assert "20/31" in seen(client, "treatment", row.public_id)
    chief = signed_in(UserFactory(town_supervisor=True))
    one = Attendance.objects.get()
    sent(chief, "correct", one.public_id, version=1, attended=21, expected=31, reason="名单更正了")
    assert "21/31" in seen(chief, "treatment", row.public_id)
    sent(client, "end", row.public_id, on=today().isoformat(), reason="own_wish")
    assert "Stopped of own wish" in seen(client, "person", person.public_id)
    sent(chief, "withdraw-month", one.public_id, reason="记在别人名下了")
    sent(chief, "withdraw", row.public_id, reason="记错了人，不是他")
    assert "陈海生" in seen(chief, "list", query="?state=withdrawn")
    assert "记错了人" in seen(chief, "treatment", row.public_id)


def test_a_clinics_month_is_entered_on_one_page_and_nothing_is_lost(by: User) -> None:
    clinic, client = clinic_of(), signed_in(by)
    rows = [treated(cared_for(by, name), by=by, clinic=clinic) for name in ("陈一", "陈二", "陈三")]
    late = treated(cared_for(by, "陈四"), by=by, clinic=clinic, since=today() - timedelta(days=10))
    treated(cared_for(by, "陈五"), by=by, clinic=clinic, days=2)
    text = seen(client, "months", clinic.public_id)
    assert "Aug 2024" in text
    assert "陈五" not in text, "begun after the month"
    keys = {row.pk: str(uuid7()) for row in (*rows, late)}

    def post(**cells: Any) -> Any:
        data = {f"r{pk}-client_uuid": key for pk, key in keys.items()}
        return sent(client, "months", clinic.public_id, query="?month=2024-08", **data | cells)

    one, two, three = (f"r{row.pk}" for row in rows)
    answer = post(**{f"{one}-attended": "31"})
    assert answer.status_code == 422
    assert "put the head of the page right first" in answer.content.decode()
    assert not Attendance.objects.exists()
    cells = {
        "source": "list", "days": "31", f"{one}-attended": "31", f"{two}-attended": "40",
        f"{three}-attended": "12", f"{three}-expected": "11", f"r{late.pk}-attended": "5",
    }  # fmt: skip
    answer = post(**cells)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert Attendance.objects.get().person.name == "陈一", "what is right is stored"
    for words in ('value="40"', 'value="12"', "ran on 6 days", "more days than were expected"):
        assert words in text
    cells |= {
        f"{two}-attended": "0", f"{three}-attended": "11", f"r{late.pk}-expected": "6",
    }  # fmt: skip
    answer = post(**cells)
    assert answer.status_code == 302
    assert post(**cells).status_code == 302, "the same list once more doubles nothing"
    found = {row.person.name: row.fraction for row in Attendance.objects.select_related("person")}
    assert found == {"陈一": "31/31", "陈二": "0/31", "陈三": "11/11", "陈四": "5/6"}
    other = cells | {f"{one}-attended": "30", f"{one}-client_uuid": str(uuid7())}
    answer = post(**other)
    assert answer.status_code == 422
    assert "correct it there" in answer.content.decode()


def test_a_row_left_empty_is_unknown_and_a_row_without_days_is_asked_for(by: User) -> None:
    clinic, client = clinic_of(), signed_in(by)
    row = treated(cared_for(by, "陈一"), by=by, clinic=clinic)
    key = {f"r{row.pk}-client_uuid": str(uuid7())}
    assert sent(client, "months", clinic.public_id, source="list", **key).status_code == 302
    assert not Attendance.objects.exists()
    answer = sent(client, "months", clinic.public_id, source="list",
                  **key | {f"r{row.pk}-attended": "5"})  # fmt: skip
    assert answer.status_code == 422
    assert "on how many days the person was to come" in answer.content.decode()


def test_a_month_that_has_not_ended_is_not_offered(by: User) -> None:
    clinic, client = clinic_of(), signed_in(by)
    treated(cared_for(by, "陈一"), by=by, clinic=clinic)
    for asked in ("2024-09", "2031-01", "0024-01", "x"):
        text = seen(client, "months", clinic.public_id, query=f"?month={asked}")
        assert "嘉积药物维持治疗中心 · Aug 2024" in text
        assert 'value="2024-09"' not in text
    assert "Nobody whom you see" in seen(client, "months", clinic.public_id, query="?month=2023-09")


def test_the_grid_shows_and_takes_only_whom_somebody_sees(by: User) -> None:
    clinic = clinic_of(by=UserFactory(county_supervisor=True), area=area("469002"))
    mine = treated(cared_for(by, "陈一"), by=by, clinic=clinic)
    others = treated(PersonFactory(name="陈二"), clinic=clinic)
    client = signed_in(by)
    assert "陈二" not in seen(client, "months", clinic.public_id)
    assert AccessLog.objects.latest("pk").person_ids == [mine.person.public_id]
    answer = sent(
        client, "months", clinic.public_id, source="list", days="31",
        **{f"r{others.pk}-client_uuid": str(uuid7()), f"r{others.pk}-attended": "5"},
    )  # fmt: skip
    assert "1 row is no longer yours" in answer.content.decode()
    assert not Attendance.objects.exists()
    elsewhere = signed_in(UserFactory(town_supervisor=True, area=area(WENCHENG)))
    url = reverse("treatment:months", args=[clinic.public_id])
    assert elsewhere.get(url, secure=True).status_code == 404


def test_clinics_say_how_many_are_treated_in_each_and_in_a_centre_with_its_stations() -> None:
    boss = UserFactory(town_supervisor=True)
    client = signed_in(boss)
    facts = {"client_uuid": uuid7(), "area": JIAJI, "name": "嘉积中心", "kind": "station",
             "opened_on": "2015-01-01"}  # fmt: skip
    assert sent(client, "new-clinic", **facts).status_code == 422
    assert sent(client, "new-clinic", **facts | {"kind": "centre"}).status_code == 302
    centre = Clinic.objects.get()
    opened = date(2016, 3, 1)
    stations = [station_of(centre, by=boss, name=f"{n}号站", opened_on=opened) for n in range(1, 5)]
    for clinic in (centre, stations[0], stations[0], stations[3]):
        treated(PersonFactory(), by=boss, clinic=clinic)
    treated(PersonFactory(), by=boss, clinic=stations[1], days=0)
    client.get(reverse("treatment:clinics"), secure=True)
    shown: Any = client.get(reverse("treatment:clinics"), secure=True)
    rows = shown.context["page"].rows
    assert [row.name for row in rows] == ["嘉积中心", "1号站", "2号站", "3号站", "4号站"]
    assert [row.treated for row in rows] == [1, 2, 1, 0, 1]
    assert [row.whole for row in rows] == [5, None, None, None, None]
    change = {"name": "4号自助服务站", "closed_on": today().isoformat()}
    answer = sent(client, "clinic", stations[3].public_id, **change)
    assert answer.status_code == 422
    assert "4号自助服务站" in answer.content.decode()
    change["closed_on"] = ""
    assert sent(client, "clinic", stations[3].public_id, **change).status_code == 302


@pytest.mark.parametrize("page", ["list", "clinics"])
def test_a_list_asks_no_more_with_more_rows(page: str, django_assert_max_num_queries: Any) -> None:
    boss = UserFactory(town_supervisor=True)
    client, centre = signed_in(boss), clinic_of(by=boss)
    for number in range(8):
        clinic = station_of(centre, by=boss, name=f"{number}号站")
        attended(treated(PersonFactory(), by=boss, clinic=clinic), by=boss)
    seen(client, page)
    with django_assert_max_num_queries(14) as asked:
        seen(client, page)
    own = [q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(own) <= 10


def test_the_list_does_not_leave_and_the_province_sees_counts_alone(by: User) -> None:
    treated(cared_for(by, "陈一"), by=by)
    boss = signed_in(UserFactory(county_supervisor=True))
    data = {"purpose": "给门诊核对名单", "format": "csv", "whole": "1"}
    answer = boss.post(reverse("treatment:list"), data, secure=True)
    assert answer.status_code in (403, 405)
    province = signed_in(UserFactory(province_viewer=True))
    for name in ("treatment:list", "treatment:clinics", "reports:in_treatment"):
        assert province.get(reverse(name), secure=True).status_code == 403
    shown: Any = province.get(reverse("reports:dashboard"), secure=True)
    [cell] = [one for one in shown.context["cards"] if one.code == "in_treatment"]
    assert (cell.masked, cell.url) == (True, "")


def test_logging_a_test_says_what_is_given(by: User) -> None:
    person = running_case(by).person
    treated(person, by=by)
    text = signed_in(by).get(
        reverse("drugtests:create", args=[person.public_id]), secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    ).content.decode()  # fmt: skip
    assert "In maintenance treatment with Methadone since" in text


def test_treatment_of_who_has_died_stands_in_a_state_of_the_list(by: User) -> None:
    row = treated(running_case(by).person, by=by)
    Person.every.filter(pk=row.person_id).update(
        life_status="deceased", life_status_since=row.since
    )
    client = signed_in(by)

    def found(state: str) -> list[Any]:
        answer = client.get(reverse("treatment:list"), {"state": state}, secure=True)
        return list(answer.context["page"].rows)

    assert [state for state in ("running", "ended", "died", "withdrawn") if found(state)] == [
        "died"
    ]
    end_treatment(treatment=row, by=by, on=row.since, reason="own_wish")
    assert not found("died")
    assert found("ended")
