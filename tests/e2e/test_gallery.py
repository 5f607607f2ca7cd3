import pytest

from tests.e2e.axe import assert_fits, assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.widths import show
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_component_is_accessible(desk: Desk, lang: str) -> None:
    page = desk.open("/ui/", UserFactory(name="周晓岚"), lang=lang)
    for width in (1440, 390):
        show(page, width)
        assert_good_page(page, "gallery")


def test_nothing_scrolls_sideways_at_400_per_cent(desk: Desk) -> None:
    assert_fits(desk.open("/ui/", UserFactory(), width=320))


def test_keys_move_between_rows_and_slash_finds_the_search(desk: Desk) -> None:
    page = desk.open("/ui/", UserFactory())
    current = page.locator("[data-row][aria-current]")
    assert "陈海生" in current.inner_text()
    page.keyboard.press("j")
    assert "符启明" in current.inner_text()
    page.keyboard.press("k")
    assert "陈海生" in current.inner_text()


def test_a_menu_opens_without_javascript(desk: Desk) -> None:
    page = desk.open("/ui/", UserFactory(), javascript=False)
    menu = page.locator("details.menu", has_text="住院").first
    assert not menu.locator(".panel").is_visible()
    menu.locator("summary").click()
    assert menu.locator(".panel").is_visible()


def test_the_language_switch_outlasts_the_browser_language(desk: Desk) -> None:
    page = desk.open("/ui/", UserFactory())
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.get_by_role("button", name="English").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url.endswith("/ui/")


def test_an_unknown_address_answers_in_words(desk: Desk) -> None:
    page = desk.open("/no-such-page/", UserFactory())
    assert page.locator("h1").inner_text() == "没有这个页面，或不在您的范围内"
    assert_good_page(page, "not-found")


def test_undo_is_offered_for_ten_seconds(desk: Desk) -> None:
    page = desk.window(UserFactory(), altered=True).new_page()
    page.clock.install()
    page.goto("/ui/")
    undo = page.locator("[data-undo-button]")
    page.clock.run_for(3_000)
    assert "7" in undo.inner_text()
    page.clock.run_for(8_000)
    assert undo.count() == 0


def test_escape_closes_a_menu(desk: Desk) -> None:
    page = desk.open("/ui/", UserFactory())
    menu = page.locator("details.menu", has_text="住院").first
    menu.locator("summary").click()
    assert menu.locator(".panel").is_visible()
    page.keyboard.press("Escape")
    assert not menu.locator(".panel").is_visible()
