"""What was typed survives the end of a session, a line that breaks off and a second tap."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from apps.accounts.models import User
from apps.needs.models import Need
from apps.persons.models import Person
from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.widths import show
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.pages import running_case

FIRST, CHANGED, SECOND = "想学一门手艺", "想学一门手艺，最好在镇上", "家里老人要人照看"


def on_the_form(desk: Desk, worker: User, person: Person, **options: Any) -> Page:
    return desk.open(f"/needs/new/{person.public_id}/", worker, **options)


def fill(page: Page, words: str) -> None:
    page.locator("[name=kind]").select_option("work")
    page.locator("[name=urgency]").select_option("soon")
    page.locator("[name=said_by]").select_option("person")
    page.locator("[name=words]").fill(words)


def send(page: Page) -> None:
    page.locator("main form button.btn-primary").click()


def stored() -> list[str]:
    return [need.words for need in Need.objects.order_by("pk")]


def test_a_session_that_ends_keeps_the_words_through_the_sign_in(desk: Desk) -> None:
    worker = UserFactory()
    person = running_case(worker).person
    page = on_the_form(desk, worker, person, width=390)
    fill(page, FIRST)
    page.context.clear_cookies(name="sid")
    send(page)
    page.locator("[name=username]").fill(worker.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    expect(page.locator("[name=words]")).to_have_value(FIRST)
    expect(page.locator("[name=kind]")).to_have_value("work")
    send(page)
    expect(page.locator("[name=words]")).to_have_count(0)
    assert stored() == [FIRST]


def broken_off(route: Route) -> None:
    """The office stores what was sent; the loading is stopped before its answer comes."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.fulfill(status=204)  # the form stays where it is
    else:
        route.continue_()


@pytest.mark.parametrize(("lang", "width"), [("zh-hans", 390), ("en", 1440)])
def test_other_words_after_a_broken_line_are_shown_beside_the_stored_ones(
    desk: Desk, lang: str, width: int
) -> None:
    worker = UserFactory()
    person = running_case(worker).person
    page = on_the_form(desk, worker, person, lang=lang, width=width)
    form = page.url
    fill(page, FIRST)
    page.route("**/needs/new/**", broken_off)
    with page.expect_response("**/needs/new/**"):
        send(page)
    page.unroute("**/needs/new/**")
    expect(page.locator("[name=words]")).to_have_value(FIRST)
    page.locator("[name=words]").fill(CHANGED)
    send(page)
    said = page.locator("[data-differs]")
    expect(said.locator("[data-stored]")).to_contain_text(FIRST)
    expect(said.locator("[data-sent]")).to_contain_text(CHANGED)
    expect(page.locator("[name=words]")).to_have_value(CHANGED)
    for wide in (1440, 390):
        show(page, wide)
        assert_good_page(page, "sent-twice")
    assert stored() == [FIRST]
    send(page)  # as a new entry, which the page has offered
    page.wait_for_url(lambda url: url != form)
    assert stored() == [FIRST, CHANGED]


def test_a_second_tap_before_the_answer_is_one_entry(desk: Desk) -> None:
    worker = UserFactory()
    person = running_case(worker).person
    page = on_the_form(desk, worker, person, width=390)
    fill(page, SECOND)
    page.locator("main form button.btn-primary").dblclick()
    expect(page.locator("[name=words]")).to_have_count(0)
    assert stored() == [SECOND]
