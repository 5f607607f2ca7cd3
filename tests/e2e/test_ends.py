"""What ends: a breach not confirmed counts for nothing; the last midnight ends all duties."""

import time_machine
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.breaches.models import Breach
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.schedule.models import DueItem
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.breaches import days_ago
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory
from tests.factories.schedule import case_of

LAST = "2027-02-28"  # of three years from 1 March 2024, when every order of the factory begins


def save(page: Page) -> None:
    page.locator("main button.btn-primary").click()


def test_a_breach_heard_and_not_confirmed(desk: Desk) -> None:
    worker, boss = UserFactory(name="周晓岚"), UserFactory(town_supervisor=True, name="符主任")
    case: Case = running_case(worker, days=300, person=PersonFactory(name="陈海生"))
    page = desk.open(reverse("breaches:record", args=[case.person.public_id]), worker)
    page.locator("[name=kind]").select_option("test_refused")
    page.locator("[name=on]").fill(days_ago(3).isoformat())
    page.locator("[name=facts]").fill("通知检测后没有到场")
    save(page)
    breach = Breach.objects.get()
    page.goto(reverse("breaches:hear", args=[breach.public_id]))
    save(page)
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    page.locator("[name=said]").fill("那天在医院，有住院证明")
    save(page)
    office = desk.open("/approvals/", boss, width=390)
    office.get_by_role("link", name="陈海生").click()
    expect(office.locator("main")).to_contain_text("那天在医院")
    office.locator("[name=reason]").fill("住院属实")
    office.locator("button[value=reject]").click()
    page.goto(reverse("breaches:breach", args=[breach.public_id]))
    expect(page.locator("main")).to_contain_text("住院属实")
    page.goto(reverse("breaches:person", args=[case.person.public_id]))
    expect(page.locator("main")).to_contain_text("0/3")
    breach.refresh_from_db()
    assert breach.decision == "not_confirmed"


def test_midnight_in_shanghai_after_the_last_day_ends_every_duty(desk: Desk) -> None:
    worker: User = UserFactory(name="周晓岚")
    with time_machine.travel(f"{LAST}T23:58:00+08:00", tick=False) as moment:
        case: Case = case_of(worker, person=PersonFactory(name="陈海生"))
        page = desk.open("/today/", worker)
        duty = page.locator("[data-row]", has=page.locator(".due-acts button"))
        expect(duty).not_to_have_count(0)
        moment.move_to("2027-03-01T00:00:05+08:00")
        duty.first.locator(".due-acts button").first.click()
        expect(page.locator("body")).to_contain_text("不再有任何义务")
        assert not CheckIn.objects.exists()
        page.goto("/today/")
        expect(duty).to_have_count(0)
        page.goto(reverse("workbench:person", args=[case.person.public_id]))
        expect(page.locator("main")).to_contain_text("期满")
    assert not DueItem.objects.filter(case=case, due_on__gt=LAST).exists()
