"""A visit on a phone: under a minute of taps and words, its need in Today, and undo."""

from datetime import timedelta
from time import monotonic

from playwright.sync_api import expect

from apps.core.days import today
from apps.needs.models import Need
from apps.schedule.models import DueItem
from apps.visits.models import Meeting
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of

OVERDUE = 70  # days since the report: the visit of the first two months is late


def test_a_visit_is_recorded_on_a_phone_in_under_a_minute(desk: Desk) -> None:
    worker, since = UserFactory(name="周晓岚"), today() - timedelta(days=OVERDUE)
    days = dict.fromkeys(("decided_on", "received_on", "reported_on", "agreement_on"), since)
    case = case_of(worker, person=PersonFactory(name="陈海生"), **days)
    page = desk.open("/today/?tab=late", worker, width=390, javascript=True)
    begun = monotonic()
    page.get_by_role("link", name="记走访").click()
    page.get_by_label("是否见到本人").select_option("on")
    page.get_by_label("精神状态与情绪").press_sequentially(
        "情绪稳定，和母亲同住，在家务农", delay=40
    )
    page.get_by_label("目前最大困难").press_sequentially("没有稳定收入", delay=40)
    page.locator("[name=need_kind]").select_option("work")
    page.locator("[name=need_urgency]").select_option("urgent")
    page.locator("[name=need_said_by]").select_option("person")
    page.locator("[name=need_words]").press_sequentially("想找一份离家近的工作", delay=40)
    page.get_by_role("button", name="保存").click()
    saved = page.locator("li.saved")
    expect(saved).to_contain_text("走访")
    assert monotonic() - begun < 60
    assert Meeting.objects.get().met_person
    assert DueItem.objects.filter(case=case, kind="visit", outcome="done").count() == 1
    saved.locator("[data-undo-button]").click()
    expect(page.locator("[data-row]", has_text="记走访")).to_be_visible()
    assert Need.objects.get().outcome == "mistake"
    assert not Meeting.objects.valid().exists()


def test_its_need_stands_in_today(desk: Desk) -> None:
    worker, since = UserFactory(), today() - timedelta(days=OVERDUE)
    days = dict.fromkeys(("decided_on", "received_on", "reported_on", "agreement_on"), since)
    case = case_of(worker, person=PersonFactory(name="陈海生"), **days)
    page = desk.open(f"/visits/new/{case.person.public_id}/visit/", worker, width=390)
    assert_good_page(page, "visit")
    page.locator("[name=met_person]").select_option("on")
    page.locator("[name=state_words]").fill("stable")
    page.locator("[name=need_kind]").select_option("work")
    page.locator("[name=need_urgency]").select_option("urgent")
    page.locator("[name=need_said_by]").select_option("person")
    page.locator("[name=need_words]").fill("work near home")
    page.locator("button.btn-primary").click()
    expect(page.locator("li.due", has_text="work near home")).to_be_visible()
