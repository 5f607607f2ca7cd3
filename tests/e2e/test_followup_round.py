"""A follow-up round that two workers work at once: nobody is called twice without knowing."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.core.days import today
from apps.followups.models import FollowUpAttempt
from apps.followups.services import fill_from_orders
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.followups import round_of
from tests.factories.pages import running_case
from tests.factories.persons import AssignmentFactory, PersonFactory

NAMES = ("陈海生", "陈海燕")


def try_of(page: Page, name: str) -> None:
    page.locator("tr", has_text=name).get_by_role("link", name="Note a try").click()


def noted(page: Page, outcome: str) -> None:
    page.locator("[name=outcome]").select_option(outcome)
    page.locator("[name=way]").select_option("phone")
    page.locator("main form button.btn-primary").first.click()


def test_two_workers_call_through_one_round(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    one, other = UserFactory(name="周晓岚"), UserFactory(name="林志强")
    for name in NAMES:
        person = running_case(one, days=300, person=PersonFactory(name=name)).person
        AssignmentFactory(person=person, worker=other, kind="cover", on=today())
    found = round_of(by=boss, first=today() - timedelta(days=3))
    assert fill_from_orders(round=found, by=boss) == len(NAMES)
    address = reverse("followups:round", args=[found.public_id])
    first, second = (desk.open(address, by, lang="en") for by in (one, other))
    # Both have the same list before them; the first calls.
    try_of(first, NAMES[0])
    noted(first, "reached")
    expect(first.locator("main")).to_contain_text("Reached")
    # The second's list is old: the page says it before anybody dials.
    try_of(second, NAMES[0])
    told = second.locator("main form .ink2").first
    expect(told).to_contain_text("周晓岚 has reached the person")
    second.get_by_role("link", name="Cancel").click()
    expect(second.locator("main")).to_contain_text("周晓岚")
    # Both dial the next at the same moment; who saves second keeps the words, and is told.
    for page in (first, second):
        page.goto(address)
        try_of(page, NAMES[1])
        expect(page.locator("main form")).not_to_contain_text("has reached the person")
    second.locator("[name=words]").fill("他说下周去三亚打工")
    noted(first, "declined")
    expect(first.locator("main")).to_contain_text("Reached, and wants no follow-up")
    noted(second, "reached")
    expect(second.locator("main form")).to_contain_text("no follow-up is wanted")
    expect(second.locator("[name=words]")).to_have_value("他说下周去三亚打工")
    assert FollowUpAttempt.objects.count() == 2
    second.locator("[name=another]").check()
    second.locator("main form button.btn-primary").first.click()
    expect(second.locator("main")).to_contain_text("他说下周去三亚打工")
    assert FollowUpAttempt.objects.count() == 3
    # Each sees what the other has done.
    first.goto(address)
    expect(first.get_by_role("link", name="Note a try")).to_have_count(len(NAMES))
    expect(first.locator("main")).to_contain_text("2 of 2")
