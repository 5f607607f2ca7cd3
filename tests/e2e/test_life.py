"""The life of an order in a real browser: decision to agreement, leave and return, an approval."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from apps.cases.models import Case, Leave
from apps.cases.services import propose_police_report
from apps.core.days import today
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.schedule import case_of


def test_from_the_decision_to_the_agreement_and_from_leave_to_return(desk: Desk) -> None:
    worker = UserFactory(name="周晓岚")
    day = today() - timedelta(days=11)
    case = CaseFactory(
        person=PersonFactory(name="陈海生"), decided_on=day, received_on=day, not_reported=True
    )
    AssignmentFactory(person=case.person, worker=worker)
    page = desk.open(f"/persons/{case.person.public_id}/case/", worker)
    page.locator(".rule").get_by_role("link", name="登记报到").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("body")).to_contain_text("下一步：签订协议")
    assert_good_page(page, "life-next-step")
    page.locator(".rule").get_by_role("link", name="签订协议").click()
    page.locator("#id_help_words").fill("介绍工作，办理证件")
    page.locator("#id_rights").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("body")).to_contain_text("执行中")
    page.get_by_role("link", name="登记外出").click()
    page.locator("#id_until_on").fill((today() + timedelta(days=5)).isoformat())
    page.locator("#id_destination").fill("三亚")
    page.locator("#id_reported_in_writing_on").fill(today().isoformat())
    page.get_by_role("button", name="保存").click()
    expect(page.locator("body")).to_contain_text("下一步：登记返回")
    page.locator(".rule").get_by_role("link").first.click()
    page.get_by_role("button", name="保存").click()
    assert Case.objects.get().is_in_force_on(today())
    assert Leave.objects.get().returned_on == today()


@pytest.mark.parametrize(("lang", "width"), [("zh-hans", 1440), ("en", 390)])
def test_a_supervisor_rejects_with_a_reason(desk: Desk, lang: str, width: int) -> None:
    worker, boss = UserFactory(name="周晓岚"), UserFactory(town_supervisor=True, name="符主任")
    case = case_of(worker, person=PersonFactory(name="陈海生"))
    propose_police_report(
        case=case, by=worker, ground="use", happened_on=today(), facts="检测", heard="否认"
    )
    page = desk.open("/approvals/", boss, lang=lang, width=width)
    assert_good_page(page, f"approvals-{lang}-{width}")
    page.get_by_role("link", name="陈海生").click()
    assert_good_page(page, f"approval-{lang}-{width}")
    page.locator("button[value=reject]").click()
    expect(page.locator(".invalid-feedback, .form-errors, [role=alert]").first).to_be_visible()
    page.locator("textarea[name=reason]").fill("没有实验室检测")
    page.locator("button[value=reject]").click()
    expect(page.locator("#messages")).to_be_visible()
    assert case.police_reports.get().withdrawn_reason == "没有实验室检测"
