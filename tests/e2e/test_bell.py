"""A supervisor sends back, and the worker sees it, opens it, and the number goes down."""

import pytest
from playwright.sync_api import expect

from apps.cases.services import propose_police_report
from apps.core.days import today
from apps.notices.models import Notice
from tests.e2e.axe import assert_good_page, wait_for_styles
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of


@pytest.mark.parametrize(
    ("lang", "width", "javascript"),
    [("zh-hans", 1440, True), ("en", 390, True), ("en", 1024, False)],
)
def test_what_was_sent_back_is_seen_opened_and_read(
    desk: Desk, lang: str, width: int, javascript: bool
) -> None:
    worker, boss = UserFactory(name="周晓岚"), UserFactory(town_supervisor=True, name="符主任")
    case = case_of(worker, person=PersonFactory(name="陈海生"))
    propose_police_report(
        case=case, by=worker, ground="use", happened_on=today(), facts="检测", heard="否认"
    )
    Notice.objects.all().delete()  # that the person was handed over
    look = {"lang": lang, "width": width, "javascript": javascript}
    page = desk.open("/account/", worker, **look)
    none, one = ("提醒：没有未读", "提醒：1 条未读") if lang == "zh-hans" else (
        "Notices: none unread", "Notices: 1 unread"
    )  # fmt: skip
    bell = page.locator("a.bell:visible")
    expect(bell).to_have_attribute("aria-label", none)

    desk_of_boss = desk.open("/approvals/", boss)
    desk_of_boss.get_by_role("link", name="陈海生").click()
    desk_of_boss.locator("textarea[name=reason]").fill("没有实验室检测")
    desk_of_boss.locator("button[value=reject]").click()
    expect(desk_of_boss.locator("#messages")).to_be_visible()

    page.reload()
    expect(bell).to_have_attribute("aria-label", one)
    expect(bell).to_have_text("1")
    bell.click()
    line = page.locator(".notice.unread")
    expect(line).to_contain_text("陈海生")
    expect(line).to_contain_text("符主任")
    if javascript:  # axe is a script, and would wait for ever
        assert_good_page(page, f"notices-{lang}-{width}")
    line.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("没有实验室检测")
    wait_for_styles(page)  # which of the two bars is seen, they say
    expect(bell).to_have_attribute("aria-label", none)
    assert Notice.objects.get().read_at
    page.goto("/notices/")
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".notice.unread")).to_have_count(0)
    if javascript:
        assert_good_page(page, f"notices-read-{lang}-{width}")
