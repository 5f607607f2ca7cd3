"""One centre, several stations: what a clinic is, and when it may close."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.core.days import today
from apps.core.refusals import Refused
from apps.treatment.models import Clinic, Treatment
from apps.treatment.services import change_clinic, end_treatment, withdraw_entry
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.treatment import clinic_of, station_of, treated

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.mark.parametrize("kind", ["centre", "station"])
def test_a_station_has_a_centre_and_a_centre_has_none(boss: User, kind: str) -> None:
    centre = clinic_of(by=boss) if kind == "centre" else None
    with pytest.raises(Refused, match="belongs to a centre") as refusal:
        clinic_of(by=boss, name="另一处", kind=kind, centre=centre)
    assert refusal.value.field == "centre"


def test_the_database_knows_what_a_station_is(boss: User) -> None:
    centre = clinic_of(by=boss)
    station = station_of(centre, by=boss)
    fixed = {"area": area(), "opened_on": date(2020, 1, 1), "recorded_by": boss}
    for facts in (
        {"name": "甲", "kind": "station"}, {"name": "甲", "kind": "centre", "centre": centre},
        {"name": "甲", "kind": "station", "centre": station},
        {"name": centre.name, "kind": "centre"},
        {"name": "甲", "kind": "centre", "closed_on": date(2019, 12, 31)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Clinic.objects.create(**fixed | facts)
    for change in ({"kind": "station", "centre": centre}, {"kind": "centre", "centre": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Clinic.objects.filter(pk=station.pk if change["centre"] is None else centre.pk).update(
                **change
            )


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"opened_on": date(2024, 9, 6)}, "future", "opened_on"),
        ({"name": "嘉积药物维持治疗中心"}, "unit and name", None),
        ({"opened_on": date(24, 1, 1)}, "no day that can be meant", None),
    ],
)  # fmt: skip
def test_what_a_clinic_cannot_say_is_refused(
    boss: User, facts: dict[str, Any], words: str, field: str | None
) -> None:
    clinic_of(by=boss)
    with pytest.raises(Refused, match=words) as refusal:
        clinic_of(by=boss, **{"name": "另一处"} | facts)
    assert refusal.value.field == (field or refusal.value.field)


def test_a_province_has_no_clinic(boss: User) -> None:
    with pytest.raises(Refused, match="city, a county or below"):
        clinic_of(by=boss, area=area("46"))


def test_a_station_opens_while_its_centre_is_open(boss: User) -> None:
    centre = clinic_of(by=boss, opened_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="centre is not open"):
        station_of(centre, by=boss, opened_on=date(2019, 12, 31))
    change_clinic(clinic=centre, by=boss, name=centre.name, closed_on=date(2024, 1, 1))
    with pytest.raises(Refused, match="centre is not open"):
        station_of(centre, by=boss, opened_on=date(2024, 1, 1))


def test_a_clinic_closes_when_nobody_is_treated_there(boss: User) -> None:
    centre = clinic_of(by=boss)
    station = station_of(centre, by=boss)
    row = treated(PersonFactory(), by=boss, clinic=station, since=date(2024, 3, 1))
    close = {"by": boss, "closed_on": date(2024, 8, 1)}
    with pytest.raises(Refused, match="stations of the centre first"):
        change_clinic(clinic=centre, name=centre.name, **close)
    with pytest.raises(Refused, match="on this day or later: 1"):
        change_clinic(clinic=station, name=station.name, **close)
    end_treatment(treatment=row, by=boss, on=date(2024, 8, 2), reason="finished")
    with pytest.raises(Refused, match="on this day or later: 1"):
        change_clinic(clinic=station, name=station.name, **close)
    withdraw_entry(row=row, by=boss, reason="记在别人名下了")
    change_clinic(clinic=station, name="中原站", **close)
    change_clinic(clinic=centre, name=centre.name, **close)
    station.refresh_from_db()
    assert (station.name, station.closed_on) == ("中原站", date(2024, 8, 1))
    with pytest.raises(Refused, match="centre is closed"):
        change_clinic(clinic=station, by=boss, name=station.name)
    with pytest.raises(Refused, match="was not open") as refusal:
        treated(PersonFactory(), by=boss, clinic=station, since=date(2024, 8, 1))
    assert refusal.value.field == "clinic"
    assert Treatment.objects.count() == 1


@pytest.mark.parametrize("day", [date(2012, 5, 1), date(2024, 9, 6)])
def test_a_clinic_closes_between_its_opening_and_today(boss: User, day: date) -> None:
    with pytest.raises(Refused, match="from the opening to today") as refusal:
        change_clinic(clinic=clinic_of(by=boss), by=boss, name="中心", closed_on=day)
    assert refusal.value.field == "closed_on"


def test_who_sees_a_clinic_from_below_does_not_change_it(boss: User) -> None:
    above = clinic_of(by=UserFactory(county_supervisor=True), area=area("469002"))
    for by in (boss, UserFactory(town_supervisor=True, area=area(WANQUAN))):
        assert above in Clinic.objects.visible_to(by)
        with pytest.raises(PermissionDenied):
            change_clinic(clinic=above, by=by, name="改了")


def next_door() -> Clinic:
    return clinic_of(
        by=UserFactory(county_supervisor=True, area=area("469005")), area=area("469005"),
        name="文昌市维持治疗门诊",
    )  # fmt: skip


def test_a_clinic_of_the_county_next_door_is_chosen_by_name_and_shows_its_own_to_each(
    boss: User,
) -> None:
    there, worker = next_door(), UserFactory()
    assert there in Clinic.objects.choosable_by(worker)
    assert there not in Clinic.objects.known_to(worker)
    for nobody in (UserFactory(province_viewer=True), UserFactory(system_admin=True)):
        assert not Clinic.objects.choosable_by(nobody).exists()
        assert not Clinic.objects.known_to(nobody).exists()
    person = PersonFactory(name="陈海生")
    AssignmentFactory(person=person, worker=worker)
    client = signed_in(worker)
    url = reverse("treatment:begin", args=[person.public_id])
    text = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "文昌市维持治疗门诊 · 文昌市" in text
    facts = {
        "client_uuid": uuid4(), "clinic": there.pk, "medicine": "methadone", "since": "2024-03-01",
        "basis": "said", "consent_on": "2024-03-01",
    }  # fmt: skip
    assert client.post(url, facts, secure=True).status_code == 302
    neighbour = PersonFactory(
        name="符某文", county=area("469005"), town=area(WENCHENG), village=None
    )
    treated(neighbour, by=boss, clinic=there)
    url = reverse("treatment:months", args=[there.public_id])
    text = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "陈海生" in text
    assert "符某文" not in text
    page = client.get(reverse("treatment:clinics"), secure=True).content.decode()
    assert there.name in page
    mate = signed_in(UserFactory(username="mate"))
    assert mate.get(url, secure=True).status_code == 404
    their = signed_in(UserFactory(town_supervisor=True, area=area(WENCHENG)))
    text = their.get(url, secure=True).content.decode()
    assert "符某文" in text
    assert "陈海生" not in text
    with pytest.raises(PermissionDenied):
        change_clinic(clinic=there, by=boss, name="改了")


@pytest.mark.django_db(transaction=True)
def test_nobody_begins_at_a_clinic_next_door_that_closes_at_the_same_moment() -> None:
    there = next_door()
    chief = UserFactory(county_supervisor=True, area=area("469005"))
    person, worker = PersonFactory(), UserFactory()

    def begin() -> str:
        try:
            treated(person, by=worker, clinic=there, since=date(2024, 9, 5))
        except Refused:
            return "refused"
        return "begun"

    def close() -> str:
        try:
            change_clinic(clinic=there, by=chief, name=there.name, closed_on=date(2024, 9, 5))
        except Refused:
            return "refused"
        return "closed"

    assert sorted(at_once(begin, close)) in (["begun", "refused"], ["closed", "refused"])
    there.refresh_from_db()
    assert (there.closed_on is None) is Treatment.objects.filter(clinic=there).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_choose_a_clinic_of_two_counties_at_once_make_one_treatment() -> None:
    person, clinics = PersonFactory(), (clinic_of(), next_door())
    workers = [UserFactory(), UserFactory()]

    def begin(worker: User, clinic: Clinic) -> bool:
        try:
            treated(person, by=worker, clinic=clinic)
        except Refused:
            return False
        return True

    pairs = list(zip(workers, clinics, strict=True))
    acts = [lambda one=one: begin(*one) for one in pairs]
    assert sorted(at_once(*acts)) == [False, True]
    assert Treatment.objects.standing().filter(person=person).count() == 1


def test_nobody_begins_at_a_clinic_that_has_closed_since_also_with_an_earlier_day(
    boss: User,
) -> None:
    clinic = clinic_of(by=boss)
    change_clinic(clinic=clinic, by=boss, name=clinic.name, closed_on=today())
    with pytest.raises(Refused, match="This clinic closed on") as refusal:
        treated(PersonFactory(), by=boss, clinic=clinic)
    assert refusal.value.field == "clinic"


@pytest.mark.django_db(transaction=True)
def test_nobody_begins_with_an_earlier_day_at_a_clinic_that_closes_at_the_same_moment() -> None:
    boss, worker = UserFactory(town_supervisor=True), UserFactory()
    person, clinic = PersonFactory(), clinic_of(by=boss)

    def told(act: Any) -> bool:
        try:
            act()
        except Refused:
            return False
        return True

    acts = (
        lambda: change_clinic(clinic=clinic, by=boss, name=clinic.name, closed_on=today()),
        lambda: treated(person, by=worker, clinic=clinic, days=60),
    )
    assert sorted(at_once(*(lambda one=one: told(one) for one in acts))) == [False, True]
    clinic.refresh_from_db()
    assert (clinic.closed_on is None) == Treatment.objects.running_on(today()).exists()
