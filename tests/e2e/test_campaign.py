"""Forty samples in the grid, and a sample day with a scanner: without a mouse, with and without a
script.
"""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from apps.campaigns.services import fill_from_orders
from apps.core.days import today
from apps.drugtests.models import DrugTest, Step
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened, site_of
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


def test_a_sample_day_by_scanner_and_keyboard_alone(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss, first=today() - timedelta(days=9), kind="laboratory")
    rows = [
        listed(campaign, running_case(person=PersonFactory(sex="1", name=name)).person)
        for name in ("陈海生", "陈海燕")
    ]
    site = site_of(campaign, by=boss)
    sealed = entered(rows[1], today() - timedelta(days=1), outcome="pending").test
    address = reverse("campaigns:campaign-day", args=[campaign.public_id])
    page = desk.open(f"{address}?site={site.public_id}", boss, width=390)
    keys, number = page.keyboard, page.locator("[name=number]")

    def scan(words: str) -> None:
        keys.type(words)
        keys.press("Enter")

    expect(number).to_be_focused()
    scan("123456")
    expect(page.locator("#number-wrong")).to_be_visible()
    expect(number).to_be_focused()
    keys.press("ControlOrMeta+a")
    scan(f"{rows[0].number_words}-A")
    expect(page.locator("[name=medicine]")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")  # on to the result: the two collectors of the site stand there
    expect(page.locator("[name=outcome]")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("status").filter(has_text="陈海生")).to_be_visible()
    expect(number).to_be_focused()
    scan(rows[0].number_words)
    expect(page.locator("[data-next-step]")).to_have_count(0)  # scanned twice
    expect(number).to_be_focused()
    scan(f"{sealed.dossier.number}-B")
    expect(page.locator("[name=a_seal]")).to_be_focused()
    scan("HN0071")
    expect(page.locator("[name=b_seal]")).to_be_focused()
    scan("HN0072")
    expect(page.get_by_role("status").filter(has_text="陈海燕")).to_be_visible()
    assert Step.objects.get(withdrawn_at=None).dossier.b_seal == "HN0072"
    expect(number).to_be_focused()
    page.get_by_role("button", name="撤销").focus()
    keys.press("Enter")
    expect(number).to_be_focused()
    assert not Step.objects.filter(withdrawn_at=None).exists()


def test_a_sample_day_without_a_script(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss, first=today() - timedelta(days=9), kind="laboratory")
    row = listed(campaign, running_case(person=PersonFactory(sex="1")).person)
    test = entered(row, today() - timedelta(days=1), outcome="pending").test
    page = desk.open(reverse("campaigns:day"), boss, width=390, javascript=False)
    page.locator("[name=number]").fill(test.dossier.number)
    page.locator("[name=number]").press("Enter")
    page.locator("[name=second_name]").fill("林志强")
    page.locator("[name=a_seal]").fill("HN0071")
    page.locator("[name=a_seal]").press("Enter")
    expect(page.locator("[name=b_seal][aria-invalid=true]")).to_be_visible()
    expect(page.locator("[name=a_seal]")).to_have_value("HN0071")
    page.locator("[name=b_seal]").fill("HN0072")
    page.locator("[name=b_seal]").press("Enter")
    expect(page.get_by_role("status").filter(has_text=test.dossier.number)).to_be_visible()
    assert Step.objects.get().kind == "sealed"


# A browser that reads labels, and a camera before which one is held: what a phone has.
CAMERA = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => new MediaStream();
"""


def test_a_label_is_read_by_the_camera_of_the_phone(desk: Desk) -> None:
    boss = UserFactory(town_supervisor=True)
    campaign = opened(by=boss, first=today() - timedelta(days=9))
    row = listed(campaign, running_case(person=PersonFactory(sex="1", name="陈海生")).person)
    address = reverse("campaigns:campaign-day", args=[campaign.public_id])
    window = desk.window(boss, width=390, altered=True)
    window.add_init_script(CAMERA % f"{row.number_words}-A")
    page = window.new_page()
    answer = page.goto(address)
    assert answer is not None
    assert answer.headers["permissions-policy"].startswith("camera=(self)")
    page.get_by_role("button", name="用摄像头扫描").click()
    expect(page.get_by_text("陈海生").first).to_be_visible()
    other = page.goto(reverse("campaigns:list"))
    assert other is not None
    assert other.headers["permissions-policy"].startswith("camera=()")
