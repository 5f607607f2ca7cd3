"""Who is responsible from which day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.core.refusals import Refused
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_village, assign_worker, end_assignment
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area
from tests.factories.persons import VILLAGE, PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 1)


def assign(person: Person, worker: User, on: date = DAY, **more: str) -> list[Assignment]:
    return assign_worker(persons=[person], worker=worker, by=User.objects.system(), on=on, **more)


def spans(person: Person) -> list[tuple[int, date, date | None]]:
    rows = Assignment.objects.filter(person=person).order_by("starts_on", "pk")
    return list(rows.values_list("worker", "starts_on", "ends_on"))


def test_a_new_worker_ends_the_running_assignment_the_day_before() -> None:
    person, first, second = PersonFactory(), UserFactory(), UserFactory()
    assign(person, first)
    assign(person, second, DAY + timedelta(days=10))
    assert spans(person) == [
        (first.pk, DAY, DAY + timedelta(days=9)),
        (second.pk, DAY + timedelta(days=10), None),
    ]


def test_a_second_choice_on_the_same_day_takes_the_place_of_the_first() -> None:
    person, first, second = PersonFactory(), UserFactory(), UserFactory()
    assign(person, first)
    assign(person, second)
    assert spans(person) == [(second.pk, DAY, None)]


def test_who_has_the_worker_already_is_passed_over() -> None:
    person, worker = PersonFactory(), UserFactory()
    assign(person, worker)
    assert assign(person, worker, DAY + timedelta(days=5)) == []


def test_an_assignment_that_was_to_end_goes_on() -> None:
    person, worker = PersonFactory(), UserFactory()
    [row] = assign(person, worker)
    end_assignment(assignment=row, by=worker, on=DAY + timedelta(days=30))
    assign(person, worker, DAY + timedelta(days=5))
    assert spans(person) == [(worker.pk, DAY, None)]


def test_several_may_cover_beside_the_one_who_is_responsible() -> None:
    person = PersonFactory()
    for kind in ("responsible", "cover", "cover"):
        assign(person, UserFactory(), kind=kind)
    assert len(spans(person)) == 3


def test_no_assignment_before_one_that_stands_already() -> None:
    person, worker = PersonFactory(), UserFactory()
    assign(person, worker)
    with pytest.raises(Refused, match="2024"):
        assign(person, UserFactory(), DAY - timedelta(days=1))


@pytest.mark.parametrize(
    "unfit", [{"area": WANQUAN}, {"records_admin": True}, {"is_active": False}]
)
def test_only_a_worker_of_the_place_can_be_responsible(unfit: dict[str, object]) -> None:
    if isinstance(unfit.get("area"), str):
        unfit = {"area": area(WANQUAN)}
    with pytest.raises(Refused):
        assign(PersonFactory(), UserFactory(**unfit))
    assert not Assignment.objects.exists()


def test_one_unfit_among_many_refuses_all() -> None:
    persons = [PersonFactory(), PersonFactory(area=area(WANQUAN))]
    with pytest.raises(Refused, match="不在其范围内"):
        assign_worker(persons=persons, worker=UserFactory(), by=User.objects.system(), on=DAY)
    assert not Assignment.objects.exists()


def test_a_person_known_to_the_county_only_may_have_a_towns_worker() -> None:
    assert assign(PersonFactory(area=area("469002")), UserFactory())


def test_a_whole_village_is_one_act() -> None:
    inside = PersonFactory.create_batch(3)
    PersonFactory(area=area("469002100001"))
    worker = UserFactory()
    assign_village(village=area(VILLAGE), worker=worker, by=worker, on=DAY)
    assert set(Person.objects.in_caseload_of(worker)) == set(inside)


def test_an_assignment_ends_once_and_not_before_it_began() -> None:
    worker = UserFactory()
    [row] = assign(PersonFactory(), worker)
    with pytest.raises(Refused, match="结束早于开始。"):
        end_assignment(assignment=row, by=worker, on=DAY - timedelta(days=1))
    for _tap in range(2):
        assert end_assignment(assignment=row, by=worker, on=DAY).ends_on == DAY
    with pytest.raises(Refused, match="分派已结束。"):
        end_assignment(assignment=row, by=worker, on=DAY + timedelta(days=1))


def test_many_persons_ask_no_more_queries_than_few(django_assert_max_num_queries) -> None:
    worker, by = UserFactory(), User.objects.system()
    persons = PersonFactory.create_batch(12)
    with django_assert_max_num_queries(14):
        assert len(assign_worker(persons=persons, worker=worker, by=by, on=DAY)) == 12


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_at_once_leave_one_responsible_worker() -> None:
    person, by = PersonFactory(), User.objects.system()
    workers = UserFactory.create_batch(6)

    def act(worker: User) -> str:
        try:
            assign_worker(persons=[person], worker=worker, by=by, on=DAY)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(act, workers))
    assert set(answers) == {"done"}
    assert Assignment.objects.filter(person=person).count() == 1


def test_the_names_on_the_page_of_assigning_are_in_the_access_log(client: Client) -> None:
    boss, person = UserFactory(town_supervisor=True), PersonFactory()
    client.force_login(boss)
    client.post(reverse("persons:assign"), {"row": [person.public_id]}, secure=True)
    assert AccessLog.objects.get().person_ids == [person.public_id]


def test_a_cover_ends_on_its_page_and_the_responsible_worker_stays(client: Client) -> None:
    boss, worker, cover = UserFactory(town_supervisor=True), UserFactory(), UserFactory()
    person = PersonFactory()
    assign(person, worker)
    [row] = assign(person, cover, kind="cover")
    client.force_login(boss)
    address = reverse("persons:cover-end", args=[person.public_id, row.public_id])
    case_page = client.get(reverse("cases:case", args=[person.public_id]), secure=True)
    assert address in case_page.content.decode()
    assert cover.name in client.get(address, secure=True).content.decode()
    early = client.post(address, {"on": DAY - timedelta(days=1)}, secure=True)
    assert early.status_code == 422
    for _tap in range(2):
        assert client.post(address, {"on": f"{DAY}"}, secure=True).status_code == 302
    assert set(spans(person)) == {(worker.pk, DAY, None), (cover.pk, DAY, DAY)}


@pytest.mark.parametrize(
    ("kind", "same"), [("responsible", False), ("responsible", True), ("cover", True)]
)
def test_an_assignment_that_has_ended_stays_as_it_was(*, kind: str, same: bool) -> None:
    person, first = PersonFactory(), UserFactory()
    second = first if same else UserFactory()
    [row] = assign(person, first, kind=kind)
    last, later = DAY + timedelta(days=4), DAY + timedelta(days=10)
    end_assignment(assignment=row, by=first, on=last)
    assign(person, second, later, kind=kind)
    assert spans(person) == [(first.pk, DAY, last), (second.pk, later, None)]


def test_the_first_person_who_lives_elsewhere_is_named() -> None:
    far = [PersonFactory(area=area(code)) for code in (WENCHENG, "469002101200", WANQUAN)]
    with pytest.raises(Refused, match=far[0].name):
        assign_worker(
            persons=[PersonFactory(), *far], worker=UserFactory(), by=User.objects.system(), on=DAY
        )
