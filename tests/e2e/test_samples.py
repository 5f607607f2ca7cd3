"""Tests and summaries: two collectors or it is not saved; each does the line of its own duty."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from apps.assessments.models import HalfYearSummary
from apps.cases.models import Case
from apps.core.days import today
from apps.drugtests.models import DrugTest
from apps.schedule.models import DueItem
from tests.drugtests.ways import kit_of, lab_test
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

OVERDUE = 200  # days since the report: hair and summary of the first half-year are late


def line(page: Page, duty: str) -> Locator:
    return page.locator("li[data-row]", has=page.locator(".what", has_text=duty))


def last_done(case: Case, kind: str) -> list[str]:
    rows = DueItem.objects.filter(case=case, kind=kind).exclude(outcome="open")
    return list(rows.order_by("opens_on").values_list("outcome", flat=True))


def test_hair_is_taken_by_two_people_and_urine_cannot_be_taken_today(desk: Desk) -> None:
    worker = UserFactory(name="周晓岚")
    case: Case = running_case(worker, days=OVERDUE, person=PersonFactory(name="陈海生"))
    page = desk.open("/today/?tab=late", worker, width=390)
    line(page, "毛发检测").get_by_role("link", name="登记检测").click()
    expect(page.locator("[name=sample]")).to_have_value("hair")
    expect(page.locator("[name=kind]")).to_have_value("laboratory")
    page.locator("[name=collector]").fill("王建国")
    page.locator("[name=collector_sex]").select_option("1")
    page.locator("main button.btn-primary").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.locator("[name=collector]")).to_have_value("王建国")
    page.locator("[name=second_collector]").fill("林志强")
    page.locator("[name=second_sex]").select_option("1")
    page.locator("[name=place]").select_option("office")
    page.locator("[name=medicine]").select_option("none")
    page.locator("main button.btn-primary").click()
    expect(line(page, "毛发检测")).to_have_count(0)
    assert DrugTest.objects.get().sample == "hair"
    assert last_done(case, "hair") == ["missed", "done"]
    urine = page.locator("li[data-row]", has_text="登记检测")
    urine.locator("summary", has_text="未完成").click()
    urine.get_by_role("link", name="未能检测…").click()
    page.locator("[name=kind]").select_option("screening")
    page.locator("[name=why]").select_option("regular")
    page.locator("[name=reason_not]").select_option("hospital")
    page.locator("[name=next_on]").fill((today() + timedelta(days=7)).isoformat())
    page.locator("main button.btn-primary").click()
    expect(page.locator("li[data-row]", has_text="登记检测")).to_have_count(0)
    page.goto(reverse("workbench:person", args=[case.person.public_id]))
    expect(page.locator(".event", has_text="检测：毛发")).to_contain_text("已检")
    expect(page.locator(".event", has_text="检测：尿液")).to_contain_text("住院")


def test_the_half_year_is_summed_up_with_the_persons_words(desk: Desk) -> None:
    worker = UserFactory(name="周晓岚")
    case: Case = running_case(worker, days=OVERDUE, person=PersonFactory(name="陈海生"))
    page = desk.open("/today/?tab=late", worker)
    page.locator(".paperwork summary").click()
    line(page, "半年小结").get_by_role("link", name="填写小结").click()
    for name in ("progress_words", "difficulty_words", "help_words"):
        page.locator(f"[name={name}]").fill("平稳，正在找工作")
    page.locator("main button.btn-primary").click()
    expect(page.locator("[name=said_words][aria-invalid=true]")).to_be_visible()
    page.locator("[name=said_words]").fill("想学一门手艺")
    page.locator("main button.btn-primary").click()
    expect(line(page, "半年小结")).to_have_count(0)
    assert HalfYearSummary.objects.get().said_words == "想学一门手艺"
    assert last_done(case, "summary") == ["done"]


def test_a_sample_goes_its_way_by_one_button_after_the_other(desk: Desk) -> None:
    worker = UserFactory(name="周晓岚")
    case: Case = running_case(worker, days=100, person=PersonFactory(name="陈海生", sex="1"))
    test = lab_test(case.person, today(), by=worker)
    kit = kit_of("MOP", "MET", expires=today())
    page = desk.open(reverse("drugtests:detail", args=[test.public_id]), worker, width=390)
    following = page.locator("[data-next] a.btn-primary")
    following.click()
    page.locator("[name=kit]").select_option(str(kit.pk))
    page.locator("[name=control_line]").select_option("yes")
    page.locator("[name=result_MOP]").select_option("positive")
    page.locator("[name=result_MET]").select_option("negative")
    page.locator("main button.btn-primary").click()
    page.get_by_text("其他步骤").click()
    page.get_by_role("link", name="封存A、B样").click()
    page.locator("[name=second_name]").fill("周晓岚")
    page.locator("[name=a_seal]").fill("A-77")
    page.locator("[name=b_seal]").fill("B-77")
    page.locator("main button.btn-primary").click()
    expect(page.get_by_text("须两人办理")).to_be_visible()
    expect(page.locator("[name=b_seal]")).to_have_value("B-77")
    page.locator("[name=second_name]").fill("符丽")
    page.locator("main button.btn-primary").click()
    expect(following).to_have_text("登记：告知结果")
    following.click()
    page.locator("[name=place_words]").select_option(index=1)
    page.locator("main button.btn-primary").click()
    expect(page.get_by_text("异议期剩余")).to_be_visible()
    # What Today asks for comes first, and what the person may do beside it.
    expect(following).to_have_text("登记：A样送检")
    expect(page.locator("[data-next]")).to_contain_text("对现场结果的异议")
    expect(page.locator(".way li")).to_have_count(5)
    page.goto(reverse("campaigns:day"))
    page.locator("[name=number]").fill(f"{test.dossier.number}-A")
    page.keyboard.press("Enter")
    page.locator(f"a[href$='/drug-tests/{test.public_id}/']").first.click()
    expect(page.locator(".seal b").first).to_have_text("A-77")
