"""A need that comes up in a check-in is met, paid, and looked at after thirty days."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.assistance.models import Assistance, Look, Payment
from apps.core.days import today
from apps.needs.models import Need
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

BEGUN = today() - timedelta(days=33)


def pressed(page: Page) -> None:
    page.locator("main form button.btn-primary").first.click()


def approved_and_paid(page: Page) -> None:
    for step, to in (("Applied", "嘉积镇便民服务中心"), ("Approved", "")):
        page.get_by_role("link", name=step, exact=True).click()
        page.locator("[name=day]").fill(BEGUN.isoformat())
        if to:
            page.locator("[name=to_words]").fill(to)
        pressed(page)
    page.get_by_role("link", name="Record what was received").click()
    page.locator("[name=paid_on]").fill(BEGUN.isoformat())
    page.locator("[name=how]").select_option("bank")
    page.locator("[name=amount_fen]").fill("1,500.50")
    page.locator("[name=receipt]").select_option("signed")
    pressed(page)


def test_a_need_is_met_paid_and_looked_at(desk: Desk) -> None:
    worker = UserFactory()
    person = running_case(worker, days=300, person=PersonFactory(name="陈海生")).person
    page = desk.open(reverse("checkins:create", args=[person.public_id]), worker, lang="en")
    page.locator("[name=outcome]").select_option("done")
    page.locator("[name=method]").select_option("in_person")
    page.locator("[name=need_kind]").select_option("relief")
    page.locator("[name=need_urgency]").select_option("soon")
    page.locator("[name=need_said_by]").select_option("person")
    pressed(page)
    page.wait_for_url(f"**{reverse('workbench:today')}*")
    need = Need.objects.get()
    page.goto(reverse("assistance:person", args=[person.public_id]))
    page.locator("a[href*='need=']").first.click()
    expect(page.locator("[name=need]")).to_have_value(str(need.pk))
    page.locator("[name=programme]").select_option(label="Temporary relief")
    page.locator("[name=beneficiary]").select_option("person")
    page.locator("[name=found_on]").fill(BEGUN.isoformat())
    pressed(page)
    approved_and_paid(page)
    expect(page.locator("main")).to_contain_text("1,500.50")
    page.get_by_role("link", name="Close the need").click()
    page.locator("[name=outcome]").select_option("met")
    pressed(page)
    page.goto(reverse("workbench:today"))
    page.get_by_role("link", name="Look at it").first.click()
    page.locator("[name=changed]").select_option("better")
    page.locator("[name=words]").fill("交了房租，找到了零工")
    pressed(page)
    expect(page.locator("main")).to_contain_text("交了房租")
    help_ = Assistance.objects.get()
    assert (help_.state, help_.look_after) == ("delivered", 90)
    assert Payment.objects.get().amount_fen == 150_050
    assert Look.objects.get().after == 30
    need.refresh_from_db()
    assert need.outcome == "met"
