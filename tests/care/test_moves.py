"""A file that comes to another town, two files that become one, and who sees what of care."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.care.services import (
    add_step,
    close_list,
    close_plan,
    record_review,
    withdraw_entry,
)
from apps.cases.models import Case
from apps.cases.services import add_member
from apps.core.fields import uuid7
from apps.core.refusals import Refused
from apps.persons.services import assign_worker
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area
from tests.factories.care import care_list_of, cared_for, looked_at, planned, stepped
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.transfers import handed_over, waiting

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)
OURS = (CarePlan, CareStep, CareReview, CareListEntry)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def found(boss: User) -> CareList:
    return care_list_of(by=boss)


@pytest.fixture
def case(worker: User, boss: User, found: CareList) -> Case:
    """With a team, a plan, a step, a review, and on a list."""
    made = running_case(worker, person=PersonFactory(name="陈海生"))
    add_member(case=made, by=boss, kind="police", on=date(2024, 4, 1), name="符建民")
    plan = planned(made.person, by=worker)
    stepped(plan, by=worker)
    looked_at(plan, by=worker)
    cared_for(found, made.person, by=boss)
    return made


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args), secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == status
    return answer.content.decode()


def test_everything_goes_with_a_transfer_and_the_old_office_reads_none_of_it(
    case: Case, worker: User, boss: User, found: CareList
) -> None:
    there = UserFactory(town_supervisor=True, area=area(WENCHENG))
    transfer = handed_over(case, worker, boss)
    approve(proposal=waiting(transfer), by=there)
    for model in OURS:
        row = model.objects.get()
        assert row.town == area(WENCHENG)
        assert row in model.objects.visible_to(there)
        for old in (worker, boss):
            assert not model.objects.visible_to(old).exists()
    person, plan = case.person, CarePlan.objects.get()
    for old in (worker, boss):
        page(signed_in(old), "care:person", person.public_id, status=404)
        page(signed_in(old), "care:plan", plan.public_id, status=404)
    text = page(signed_in(there), "care:person", person.public_id)
    assert "Nobody leads the team yet." in text
    assert found.title in text, "why the person was on a list of the old office stays known"
    new = UserFactory(area=area(WENCHENG))
    assign_worker(persons=[person], worker=new, by=there, on=DAY)
    text = page(signed_in(new), "care:person", person.public_id)
    assert plan.goals in text
    add_step(plan=plan, by=new, client_uuid=uuid7(), task="联系当地村委会", doer="person",
             by_day=DAY)  # fmt: skip
    record_review(plan=plan, by=new, client_uuid=uuid7(), day=date(2024, 6, 2), took_part="本人",
                  next_on=date(2024, 7, 2))  # fmt: skip
    member = add_member(case=case, by=there, kind="worker", on=DAY, name="林晓")
    assert member.is_lead
    assert "林晓" in page(signed_in(there), "care:person", person.public_id)


def test_the_list_stays_with_the_unit_and_shows_the_new_office_nothing(
    case: Case, worker: User, boss: User, found: CareList
) -> None:
    there = UserFactory(town_supervisor=True, area=area(WENCHENG))
    approve(proposal=waiting(handed_over(case, worker, boss)), by=there)
    text = page(signed_in(boss), "care:list", found.public_id)
    assert "陈海生" not in text
    assert "Nobody of your area" in text
    page(signed_in(there), "care:list", found.public_id, status=404)
    entry = CareListEntry.objects.get()
    page(signed_in(boss), "care:take-off", entry.public_id, status=404)
    with pytest.raises(PermissionDenied):
        withdraw_entry(row=entry, by=boss, reason="本人不愿意")
    url = reverse("care:take-off", args=[entry.public_id])
    tab = reverse("care:person", args=[entry.person.public_id])
    assert url in page(signed_in(there), "care:person", entry.person.public_id)
    sent = signed_in(there).post(url, {"reason": "本人不愿意列在名单上"}, secure=True)
    assert (sent.status_code, sent["Location"]) == (302, tab)
    assert found.title not in page(signed_in(there), "care:person", entry.person.public_id)


@pytest.mark.parametrize(
    ("role", "town", "status", "sees", "runs"),
    [
        ("mine", None, 200, True, False), ("worker", None, 200, False, False),
        ("town_supervisor", None, 200, True, True),
        ("county_supervisor", None, 200, True, True), ("records_admin", None, 200, True, True),
        ("town_supervisor", WANQUAN, 404, False, False),
        ("worker", WANQUAN, 404, False, False), ("town_supervisor", WENCHENG, 404, False, False),
        ("province_viewer", None, 403, False, False), ("system_admin", None, 403, False, False),
        ("auditor", None, 403, False, False),
    ],
)  # fmt: skip
def test_a_list_shows_each_role_its_own_persons_and_runs_for_who_runs_it(
    case: Case, worker: User, found: CareList, role: str, town: str | None, status: int,
    sees: bool, runs: bool,
) -> None:  # fmt: skip
    unit = {"area": area(town)} if town else {}
    kind = {} if role == "worker" else {role: True}
    user = worker if role == "mine" else UserFactory(username="x", **unit, **kind)
    client = signed_in(user)
    text = page(client, "care:list", found.public_id, status=status)
    assert ("陈海生" in text) is sees
    assert (reverse("care:fill", args=[found.public_id]) in text) is runs
    lists = page(client, "care:lists", status=200 if status == 404 else status)
    assert (found.title in lists) is (status == 200)
    if status == 200:
        assert (("1 of 1 ·" in lists), ("Nobody of your area" in lists)) == (sees, not sees)
    allowed = {200: runs, 404: False, 403: False}[status]
    for act in ("fill", "add", "close-list"):
        answer = client.get(reverse(f"care:{act}", args=[found.public_id]), secure=True)
        assert (answer.status_code == 200) is allowed, act


def test_the_county_sees_a_list_of_the_town_and_the_town_does_not_run_the_countys(
    worker: User, boss: User
) -> None:
    chief = UserFactory(county_supervisor=True)
    above = care_list_of(by=chief, area=area("469002"), title="全市关爱名单")
    case = running_case(worker, person=PersonFactory(name="陈海生"))
    other = CaseFactory(person=PersonFactory(name="王万泉", area=area(WANQUAN)))
    for one in (case, other):
        cared_for(above, one.person, by=chief)
    text = page(signed_in(boss), "care:list", above.public_id)
    assert "陈海生" in text
    assert "王万泉" not in text
    assert reverse("care:close-list", args=[above.public_id]) not in text
    with pytest.raises(PermissionDenied):
        close_list(found=above, by=boss)
    text = page(signed_in(chief), "care:list", above.public_id)
    assert "王万泉" in text


def test_two_files_with_an_open_plan_each_say_what_to_do_first_and_nothing_is_lost(
    case: Case, worker: User, boss: User
) -> None:
    """One plan is open for a person: the office closes one, software chooses none."""
    records, other = UserFactory(records_admin=True), PersonFactory(name="陈海生")
    second = planned(other, by=boss, goals="想学开车")
    step = stepped(second, by=boss)
    with pytest.raises(Refused, match=r"is open already.*Close one of the two care plans first"):
        merged_into(case.person, other, records)
    assert CarePlan.objects.get(pk=second.pk).person == other, "nothing moved"
    close_plan(plan=second, by=boss, on=DAY, reason="两份档案合并，以另一份计划为准")
    merged_into(case.person, other, records)
    assert CarePlan.objects.filter(person=case.person).count() == 2
    assert CarePlan.objects.open().get().person == case.person
    step.refresh_from_db()
    assert step.person == case.person
    text = page(signed_in(boss), "care:person", case.person.public_id)
    assert "Earlier plans" in text
    assert "想学开车" in text
    assert CareStep.objects.filter(person=case.person).count() == 2
