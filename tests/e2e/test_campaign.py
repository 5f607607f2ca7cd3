"""Forty samples are entered in the grid without a mouse, with and without a script."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from apps.campaigns.services import fill_from_orders
from apps.core.days import today
from apps.drugtests.models import DrugTest
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import opened
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

ROWS = 40


def test_forty_rows_by_keyboard_alone(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    for n in range(ROWS):
        running_case(person=PersonFactory(sex="1", name=f"陈海{chr(0x4E00 + n)}"))
    campaign = opened(by=boss, first=today() - timedelta(days=1))
    assert fill_from_orders(campaign=campaign, by=boss) == ROWS
    page = desk.open(reverse("campaigns:grid", args=[campaign.public_id]), boss)
    page.locator("[name=place]").select_option("office")
    keys = page.keyboard
    page.locator("[name=collector]").focus()
    keys.type("王建国")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("林志强")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    for n in range(ROWS):
        keys.type("0000" if n else "2570")
        keys.press("Tab")
        keys.press("ArrowDown")
        keys.press("Tab")
        keys.press("Tab")
        keys.press("ArrowDown")
        keys.press("ArrowDown")
        keys.press("Enter")
    expect(page.locator("tr[data-done]")).to_have_count(ROWS - 1)
    expect(page.locator("[data-save-all]")).to_be_focused()
    wrong = page.locator("tr:has([role=alert])")
    expect(wrong.locator("[name$=-time]")).to_have_value("2570")
    page.locator("[data-find-row]").focus()
    keys.type(wrong.get_attribute("data-number") or "")
    keys.press("Enter")
    keys.press("ControlOrMeta+a")
    keys.type("0000")
    keys.press("Enter")
    expect(page.locator("tr[data-done]")).to_have_count(ROWS)
    results = DrugTest.objects.values_list("medicine", "result", "why").distinct()
    assert list(results) == [("none", "negative", "campaign")]
    assert DrugTest.objects.count() == ROWS


def test_without_a_script_one_post_stores_the_page(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    for _n in range(2):
        running_case(person=PersonFactory(sex="1"))
    campaign = opened(by=boss)
    fill_from_orders(campaign=campaign, by=boss)
    page = desk.open(reverse("campaigns:grid", args=[campaign.public_id]), boss, javascript=False)
    for name, value in (("collector", "王建国"), ("second_collector", "林志强")):
        page.locator(f"[name={name}]").fill(value)
    for name, value in (("place", "office"), ("collector_sex", "1"), ("second_sex", "1")):
        page.locator(f"[name={name}]").select_option(value)
    for row in page.locator("tr[data-entry]").all():
        row.locator("[name$=-medicine]").select_option("none")
        row.locator("[name$=-outcome]").select_option("negative")
        row.locator("[name$=-time]").fill("0000")
    page.locator("[name$=-time]").last.press("Enter")
    expect(page.locator("tr[data-done]")).to_have_count(2)
    assert DrugTest.objects.count() == 2
