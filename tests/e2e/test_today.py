"""The worker's day in a real browser: one tap logs, undo, not done, two tabs, no JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.needs.services import record_need
from tests.e2e.axe import assert_fits, assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.test_pages import LOOKS
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of, seen

LATE = 20  # days since the report: the first window of two weeks is over


@pytest.fixture
def worker() -> User:
    made: User = UserFactory(name="周晓岚")
    return made


def due(worker: User, name: str, days: int = LATE) -> Any:
    since = today() - timedelta(days=days)
    return case_of(
        worker,
        person=PersonFactory(name=name),
        decided_on=since,
        received_on=since,
        reported_on=since,
        agreement_on=since,
    )


def row(page: Page, name: str) -> Any:
    return page.locator("[data-row]", has_text=name)


def test_one_tap_logs_and_undo_takes_it_back(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    page = desk.open("/today/", worker)
    expect(page.locator(".tabs")).to_contain_text("逾期 1")
    row(page, "陈海生").get_by_role("button", name="当面").click()
    expect(row(page, "陈海生")).to_contain_text("已保存")
    assert CheckIn.objects.done().count() == 1
    expect(page.locator(".tabs")).to_contain_text("逾期 0")
    expect(page.locator(".group-head").first).to_contain_text("逾期 0")
    expect(page.locator(".side [data-count-of=now]")).to_have_text("0")
    row(page, "陈海生").get_by_role("button", name="撤销").click()
    expect(row(page, "陈海生").get_by_role("button", name="当面")).to_be_visible()
    assert CheckIn.objects.done().count() == 0
    row(page, "陈海生").get_by_role("button", name="电话").click()
    expect(row(page, "陈海生")).to_contain_text("已保存")
    assert CheckIn.objects.done().get().method == "phone"


def test_the_keyboard_logs_and_undoes(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    due(worker, "黄小燕", LATE - 1)
    page = desk.open("/today/", worker)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("2")
    expect(row(page, "黄小燕")).to_contain_text("已保存")
    page.keyboard.press("u")
    expect(row(page, "黄小燕").get_by_role("button", name="电话")).to_be_visible()
    assert CheckIn.objects.done().count() == 0


def test_not_done_is_two_taps_that_say_how_it_was_tried_and_hides_the_line(
    desk: Desk, worker: User
) -> None:
    due(worker, "陈海生")
    page = desk.open("/today/", worker, width=390)
    row(page, "陈海生").locator("summary", has_text="未完成").click()
    row(page, "陈海生").get_by_role("button", name="住院，电话").click()
    # The menu names the reason too: wait for the words of the saved row.
    expect(row(page, "陈海生")).to_contain_text("未完成：住院，电话")
    page.goto("/today/?tab=hidden")
    expect(row(page, "陈海生")).to_contain_text("再试")


def test_two_tabs_make_one_row(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    window = desk.window(worker)
    first, second = window.new_page(), window.new_page()
    first.goto("/today/")
    second.goto("/today/")
    row(first, "陈海生").get_by_role("button", name="当面").click()
    expect(row(first, "陈海生")).to_contain_text("已保存")
    row(second, "陈海生").get_by_role("button", name="电话").click()
    expect(row(second, "陈海生")).to_contain_text("已登记过")
    assert CheckIn.objects.count() == 1


def test_the_same_job_without_javascript(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    page = desk.open("/today/", worker, javascript=False)
    row(page, "陈海生").get_by_role("button", name="当面").click()
    expect(page.locator(".saved")).to_contain_text("已保存")
    page.locator(".saved").get_by_role("button", name="撤销").click()
    expect(row(page, "陈海生").get_by_role("button", name="当面")).to_be_visible()
    row(page, "陈海生").locator("summary", has_text="未完成").click()
    row(page, "陈海生").get_by_role("button", name="外出，上门").click()
    expect(page.locator(".saved")).to_contain_text("外出")
    page.locator(".saved summary").click()
    page.locator(".saved textarea").fill("家属说周五回")
    page.locator(".saved").get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("说明已保存")
    assert CheckIn.objects.valid().get().note == "家属说周五回"


def test_the_panel_opens_beside_the_list_and_gives_the_focus_back(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    page = desk.open("/today/", worker)
    row(page, "陈海生").get_by_role("link", name="陈海生").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("从报到日")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(row(page, "陈海生").get_by_role("link", name="陈海生")).to_be_focused()


def test_a_round_on_the_phone(desk: Desk, worker: User) -> None:
    for name in ("陈海生", "黄小燕", "吴志诚"):
        due(worker, name)
    page = desk.open("/checkins/round/", worker, width=390)
    row(page, "陈海生").get_by_role("button", name="当面").click()
    expect(page.locator("#round-progress")).to_contain_text("1 / 3 人")
    for name in ("黄小燕", "吴志诚"):
        row(page, name).locator("[data-tick]").check()
    page.get_by_role("button", name="全部电话").click()
    expect(page.locator("#round-progress")).to_contain_text("3 / 3 人")
    assert CheckIn.objects.filter(method="phone").count() == 2


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_the_pages_are_accessible(desk: Desk, worker: User, lang: str, width: int) -> None:
    """What the walk through the pages of an office (test_pages) does not open."""
    case, other = due(worker, "陈海生"), due(worker, "黄小燕", 13)
    record_need(
        urgency="normal",
        said_by="person",
        person=case.person,
        by=worker,
        kind="work",
        said_on=today(),
        words="想工作",
    )
    checkin = seen(other, today() - timedelta(days=1), by=worker).checkin
    person = case.person.public_id
    page = desk.window(worker, lang=lang, width=width).new_page()
    for name, path in {
        "today-village": "/today/?by=village",
        "checkin-correct": f"/checkins/{checkin.public_id}/correct/",
        "panel": f"/today/panel/{person}/",
    }.items():
        page.goto(path)
        assert_good_page(page, f"{name}-{lang}-{width}")
    page.goto("/today/")
    row(page, "陈海生").locator(".due-acts button").first.click()
    expect(row(page, "陈海生").locator(".run")).to_have_count(1)
    assert_good_page(page, f"today-saved-{lang}-{width}")


def test_nothing_scrolls_sideways_at_400_per_cent(desk: Desk, worker: User) -> None:
    due(worker, "陈海生")
    for path in ("/today/", "/checkins/round/", "/checkins/"):
        assert_fits(desk.open(path, worker, width=320))
