"""A worker's absence: the caseload goes to the cover, and comes back after the last day."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.services import change_account
from apps.cases.services import close_case
from apps.core.days import last_plannable, today
from apps.core.refusals import Refused
from apps.covers.models import Cover
from apps.covers.services import begin_cover, call_off, set_last_day
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, end_assignment, mark_life_status
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db


class Office:
    """A worker with two persons, a colleague, and the supervisor of their town."""

    def __init__(self) -> None:
        self.away, self.mate = UserFactory(name="周晓岚"), UserFactory(name="林小北")
        self.boss: User = UserFactory(town_supervisor=True)
        self.persons = [running_case(self.away, days=100).person for _ in range(2)]

    def cover(self, **facts: Any) -> Cover:
        facts = {"starts_on": today(), "until_on": today() + timedelta(days=9)} | facts
        return begin_cover(
            **({"worker": self.away, "cover": self.mate, "client_uuid": uuid4()} | facts),
            by=self.boss,
        )


@pytest.fixture
def office() -> Office:
    return Office()


def seen_by(user: User) -> set[int]:
    return set(Person.objects.visible_to(user).values_list("pk", flat=True))


def after(days: int) -> Any:
    return time_machine.travel(f"{today() + timedelta(days=days)}T10:00:00+08:00", tick=False)


def test_the_cover_sees_the_caseload_from_the_first_to_the_last_day(office: Office) -> None:
    office.cover(starts_on=today() + timedelta(days=2))
    everybody = {person.pk for person in office.persons}
    assert seen_by(office.mate) == set()
    for days, seen in ((2, everybody), (9, everybody), (10, set())):
        with after(days):
            assert seen_by(office.mate) == seen
            assert seen_by(office.away) == everybody


def test_who_is_away_stays_responsible(office: Office) -> None:
    office.cover()
    rows = Assignment.objects.responsible().current_on(today())
    assert {row.worker for row in rows} == {office.away}


def test_the_worker_is_back_earlier_or_later(office: Office) -> None:
    cover = office.cover()
    set_last_day(cover=cover, on=today() + timedelta(days=20), by=office.boss)
    with after(20):
        assert seen_by(office.mate)
    set_last_day(cover=cover, on=today(), by=office.boss)
    with after(1):
        assert seen_by(office.mate) == set()
        with pytest.raises(Refused, match="替班已经结束，请重新安排。"):
            set_last_day(cover=cover, on=None, by=office.boss)


def test_sent_twice_it_is_one_and_a_second_one_at_once_is_refused(office: Office) -> None:
    token = uuid4()
    assert office.cover(client_uuid=token) == office.cover(client_uuid=token)
    with pytest.raises(Refused, match="这几天已经安排了替班。"):
        office.cover(cover=UserFactory())


@pytest.mark.parametrize("wrong", ["itself", "elsewhere", "away too", "yesterday", "backwards"])
def test_what_cannot_be_is_refused_and_leaves_nothing(office: Office, wrong: str) -> None:
    elsewhere, busy = UserFactory(area=area(WANQUAN)), UserFactory()
    if wrong == "away too":
        office.cover(worker=busy, until_on=None)
    facts = {
        "itself": {"cover": office.away},
        "elsewhere": {"cover": elsewhere},
        "away too": {"cover": busy},
        "yesterday": {"starts_on": today() - timedelta(days=1)},
        "backwards": {"until_on": today() - timedelta(days=1)},
    }[wrong]
    before = (Cover.objects.count(), Assignment.objects.count())
    with pytest.raises(Refused):
        office.cover(**facts)
    assert (Cover.objects.count(), Assignment.objects.count()) == before


def test_a_cover_ahead_is_called_off_and_one_that_runs_is_not(office: Office) -> None:
    call_off(cover=office.cover(starts_on=today() + timedelta(days=1)), by=office.boss)
    with after(2):
        assert seen_by(office.mate) == set()
    cover = office.cover()
    with pytest.raises(Refused, match="替班已经开始，请改为填写最后一天。"):
        call_off(cover=cover, by=office.boss)


def test_who_is_given_to_somebody_away_is_covered_too(office: Office) -> None:
    office.cover()
    newcomer = running_case().person
    assign_worker(persons=[newcomer], worker=office.away, by=office.boss, on=today())
    assert newcomer.pk in seen_by(office.mate)
    with after(10):
        assert newcomer.pk not in seen_by(office.mate)


def test_who_goes_to_another_worker_is_no_longer_seen_by_the_cover(office: Office) -> None:
    office.cover()
    with after(3):
        moved, stays = office.persons
        assign_worker(persons=[moved], worker=UserFactory(), by=office.boss, on=today())
        assert seen_by(office.mate) == {stays.pk}
        back = assign_worker(persons=[moved], worker=office.away, by=office.boss, on=today())
        assert back
        assert seen_by(office.mate) == {moved.pk, stays.pk}


def test_an_account_with_a_caseload_is_neither_closed_nor_moved_away(office: Office) -> None:
    for facts in ({"is_active": False}, {"area": area(WANQUAN)},
                  {"role": "auditor", "area": None}):  # fmt: skip
        with pytest.raises(Refused, match="2"):
            change_account(user=office.away, by=User.objects.system(), **facts)
    change_account(user=office.away, by=User.objects.system(), phone="10012345678")
    assign_worker(persons=office.persons, worker=office.mate, by=office.boss, on=today())
    change_account(user=office.away, by=User.objects.system(), is_active=False)


def test_a_cover_and_an_assignment_ahead_hold_the_account_and_the_dead_do_not(
    office: Office,
) -> None:
    office.cover()
    with pytest.raises(Refused, match="，按责任专干筛选，全部勾选后重新分配。"):
        change_account(user=office.mate, by=User.objects.system(), is_active=False)
    alone = UserFactory()
    person = running_case().person
    assign_worker(persons=[person], worker=alone, by=office.boss, on=today() + timedelta(days=5))
    with pytest.raises(Refused, match="1"):
        change_account(user=alone, by=User.objects.system(), is_active=False)
    close_case(case=person.cases.get(), by=office.boss, reason="deceased", on=today())
    mark_life_status(person=person, status="deceased", since=today(), by=office.boss)
    change_account(user=alone, by=User.objects.system(), is_active=False)


def test_arranged_on_the_page_listed_and_hidden_from_others(office: Office) -> None:
    boss = signed_in(office.boss)
    form = boss.get(reverse("covers:begin")).context["form"]
    sent = {
        "client_uuid": str(form["client_uuid"].value()), "worker": office.away.pk,
        "cover": office.mate.pk, "starts_on": str(today()), "until_on": "", "words": "",
    }  # fmt: skip
    wrong = boss.post(reverse("covers:begin"), sent | {"cover": office.away.pk})
    assert wrong.status_code == 422
    assert "cover" in wrong.context["form"].errors
    for _ in range(2):
        assert boss.post(reverse("covers:begin"), sent).status_code == 302
    cover = Cover.objects.get()
    assert cover.until_on is None
    for user in (office.boss, office.away, office.mate):
        assert len(signed_in(user).get(reverse("covers:list")).context["page"].rows) == 1
    for user in (UserFactory(), UserFactory(town_supervisor=True, area=area(WANQUAN))):
        assert signed_in(user).get(reverse("covers:list")).context["page"].rows == []
        hidden = signed_in(user).get(reverse("workbench:handover", args=[cover.public_id]))
        assert hidden.status_code == 404
    boss.post(reverse("covers:last-day", args=[cover.public_id]), {"on": str(last_plannable())})
    cover.refresh_from_db()
    assert cover.until_on == last_plannable()


def test_who_went_to_another_worker_does_not_come_back_with_a_later_last_day(
    office: Office,
) -> None:
    cover = office.cover()
    with after(3):
        moved, stays = office.persons
        next_day = today() + timedelta(days=2)
        assign_worker(persons=[moved], worker=UserFactory(), by=office.boss, on=next_day)
        set_last_day(cover=cover, on=today() + timedelta(days=20), by=office.boss)
    with after(8):
        assert seen_by(office.mate) == {stays.pk}


def test_who_stays_with_the_worker_after_all_keeps_the_days_of_the_cover(office: Office) -> None:
    office.cover()
    [person, _other] = office.persons
    first = today()
    with after(3):
        [own] = Assignment.objects.responsible().filter(person=person)
        end_assignment(assignment=own, by=office.boss, on=today() + timedelta(days=2))
        assign_worker(persons=[person], worker=office.away, by=office.boss, on=today())
        [given] = Assignment.objects.filter(person=person, worker=office.mate)
        assert given.starts_on == first
