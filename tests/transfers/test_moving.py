"""When a unit may be changed: while something waits, while a cover runs, after the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from apps.approvals.models import Proposal
from apps.approvals.services import propose
from apps.cases.services import close_case, correct_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.covers.services import begin_cover, set_last_day
from apps.persons.models import Assignment, FormerUnit, Person
from apps.persons.services import assign_worker, change_person
from apps.schedule.models import DueItem
from apps.transfers.services import cancel_transfer
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import plan
from tests.factories.transfers import asked, handed_over
from tests.transfers.conftest import Offices

EAST = "469002100001"  # another village of the town


@pytest.fixture
def county(db: None) -> object:
    return UserFactory(county_supervisor=True)


def running(person: Person) -> list[Assignment]:
    return list(Assignment.objects.filter(person=person).not_over_on(today()).order_by("pk"))


def test_within_the_town_the_worker_stays_and_elsewhere_nobody_is_responsible(
    offices: Offices, county: object
) -> None:
    correct_case(case=offices.case, by=county, area=area(EAST), reason="更正")
    assert [row.worker for row in running(offices.case.person)] == [offices.worker]
    correct_case(case=offices.case, by=county, area=area(WANQUAN), reason="更正")
    assert running(offices.case.person) == []
    assert not Person.objects.visible_to(offices.worker).exists()
    correct_case(case=offices.case, by=county, area=area(EAST), reason="更正")
    assert running(offices.case.person) == [], "Who looks after the person is said anew"


@pytest.mark.parametrize("made", [asked, handed_over])
def test_while_a_transfer_is_under_way_no_door_moves_the_person(
    offices: Offices, county: object, made: object
) -> None:
    by = (offices.worker,) if made is asked else (offices.worker, offices.boss)
    transfer = made(offices.case, *by)  # type: ignore[operator]
    for act in (
        lambda: correct_case(case=offices.case, by=county, area=area(WANQUAN)),
        lambda: change_person(person=offices.case.person, by=county, area=area(WANQUAN)),
    ):
        with pytest.raises(Refused, match="文城镇"):
            act()
    cancel_transfer(transfer=transfer, by=offices.boss, reason="不去了")
    correct_case(case=offices.case, by=county, area=area(WANQUAN))
    assert Person.objects.get().town == area(WANQUAN)


def test_what_waits_is_decided_where_the_person_is(offices: Offices, county: object) -> None:
    person = offices.case.person
    proposal = propose(kind="leave", person=person, subject=uuid4(), facts={}, by=offices.worker)
    correct_case(case=offices.case, by=county, area=area(WANQUAN))
    there = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert list(Proposal.objects.waiting().visible_to(there)) == [proposal]
    assert not Proposal.objects.visible_to(offices.boss).exists()


def test_a_cover_ends_with_the_move_and_later_covers_of_the_worker_are_not_refused(
    offices: Offices, county: object
) -> None:
    mate, other = UserFactory(), running_case(offices.worker)
    facts = {"worker": offices.worker, "by": offices.boss, "client_uuid": uuid4()}
    cover = begin_cover(**facts, cover=mate, starts_on=today(), until_on=today())
    correct_case(case=offices.case, by=county, area=area(WANQUAN))
    assert running(offices.case.person) == []
    assert set(Person.objects.visible_to(mate)) == {other.person}
    set_last_day(cover=cover, on=today() + timedelta(days=3), by=offices.boss)
    assert running(offices.case.person) == []
    later = today() + timedelta(days=9)
    begin_cover(**facts | {"client_uuid": uuid4()}, cover=mate, starts_on=later)


def test_a_refused_worker_is_told_whose_unit_lies_outside(offices: Offices) -> None:
    far = UserFactory(area=area(WANQUAN))
    with pytest.raises(Refused, match=offices.case.person.name):
        assign_worker(persons=[offices.case.person], worker=far, by=offices.boss, on=today())


def test_after_the_end_the_unit_is_corrected_unless_another_order_runs(county: object) -> None:
    old = running_case(days=300)
    close_case(case=old, by=county, reason="revoked", on=today() - timedelta(days=200))
    correct_case(case=old, by=county, area=area(WANQUAN))
    assert Person.objects.get().town == area(WANQUAN)
    running_case(days=100, person=Person.objects.get())
    with pytest.raises(Refused, match="该措施已结束，另有一项正在执行：请在正在执行的措施上更正单"):
        correct_case(case=old, by=county, area=area(JIAJI))
    assert Person.objects.get().town == area(WANQUAN)


def test_twice_is_once_and_a_unit_that_was_not_known_is_a_gap_and_no_move(county: object) -> None:
    person = PersonFactory(area=area("469002"))
    for code in (JIAJI, EAST, EAST):
        change_person(person=person, by=county, area=area(code))
    assert not FormerUnit.objects.exists()
    for _ in range(2):
        change_person(person=person, by=county, area=area(WANQUAN))
    former = FormerUnit.objects.get()
    assert (former.village, former.starts_on) == (area(EAST), None)
    assert former.ends_on == today() - timedelta(days=1)


def test_windows_of_before_follow_the_rules_of_the_unit_of_then(county: object) -> None:
    case = CaseFactory()
    before = list(DueItem.objects.filter(case=case, due_on__lt=today()).values_list(
        "kind", "opens_on", "due_on").order_by("kind", "opens_on"))  # fmt: skip
    plan("1w", area(WANQUAN))
    correct_case(case=case, by=county, area=area(WANQUAN))
    after = list(DueItem.objects.filter(case=case, due_on__lt=today()).values_list(
        "kind", "opens_on", "due_on").order_by("kind", "opens_on"))  # fmt: skip
    last = max(due for _kind, _opens, due in after)
    assert [row for row in before if row[2] <= last] == after
    weekly = DueItem.objects.filter(case=case, kind="checkin", opens_on__gte=today())
    assert {item.due_on - item.opens_on for item in weekly} == {timedelta(days=6)}


def test_the_page_of_a_person_without_an_order_changes_the_unit(county: object) -> None:
    person = PersonFactory()
    client, address = signed_in(county), f"/persons/{person.public_id}/edit/"  # type: ignore[arg-type]
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"area": "万泉镇"}
    assert client.post(address, sent).status_code == 302
    assert Person.objects.get().town == area(WANQUAN)
    running_case(person=Person.objects.get())
    assert "area" not in client.get(address).context["form"].fields


def test_the_list_behind_a_figure_says_how_many_it_does_not_show(
    offices: Offices, county: object
) -> None:
    correct_case(case=offices.case, by=county, area=area(WANQUAN))
    yesterday = today() - timedelta(days=1)
    asked_for = {"from": yesterday, "to": yesterday}
    with translation.override("en"):
        here = signed_in(offices.boss).get(reverse("reports:cases_in_force"), asked_for)
        there = signed_in(county).get(reverse("reports:cases_in_force"), asked_for)  # type: ignore[arg-type]
    assert (here.context["elsewhere"], there.context["elsewhere"]) == (1, 0)
    name = offices.case.person.name
    assert name not in here.content.decode()
    assert name in there.content.decode()
