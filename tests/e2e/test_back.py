"""The browser's Back leads to a page of ours, whatever was sent; nothing is kept on the disk."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.persons import AssignmentFactory, PersonFactory


def back(page: Page) -> None:
    page.go_back()
    expect(page.locator("main h1")).to_be_visible()


def test_back_to_a_form_that_was_refused_opens_the_form(desk: Desk) -> None:
    worker: Any = UserFactory()
    page = desk.open("/persons/new/", worker)
    save = page.locator("main form[method=post] .btn-primary").last
    save.click()
    expect(page.locator(".note-box.err")).to_be_visible()
    page.get_by_label("姓名").fill("陈海生")
    page.goto("/persons/")
    back(page)
    assert page.url.endswith("/persons/new/")
    # Not from a store on the disk: what was typed is gone.
    expect(page.get_by_label("姓名")).to_have_value("")
    expect(page.locator(".note-box.err")).to_have_count(0)


def test_back_from_what_was_saved_after_a_refusal_opens_the_form(desk: Desk) -> None:
    worker: Any = UserFactory()
    person = AssignmentFactory(person=PersonFactory(), worker=worker).person
    page = desk.open(f"/persons/{person.public_id}/edit/", worker)
    page.get_by_label("姓名", exact=True).fill("")
    page.locator("main form[method=post] .btn-primary").last.click()
    expect(page.locator(".is-wrong").first).to_be_visible()
    page.goto(f"/persons/{person.public_id}/")
    back(page)
    expect(page.get_by_label("姓名", exact=True)).to_have_value(person.name)
