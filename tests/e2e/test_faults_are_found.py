"""What every page must pass can fail: a fault that is put into a good page is found."""

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.axe import assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.widths import PUSHED, show, too_wide
from tests.factories.accounts import UserFactory

WIDE = """const strip = document.createElement("div"); strip.style.width = "1500px";
strip.append("wide"); document.querySelector("main").append(strip)"""
# Between its like: only the first and the last of a kind are asked for their colours.
PALE = """const list = document.createElement("ul");
for (let i = 0; i < 9; i++) { const line = document.createElement("li"); line.append("a line");
  if (i === 4) line.style.color = "rgb(220, 220, 220)";
  list.append(line); }
document.querySelector("main").append(list)"""
NO_LABEL = "document.querySelector('main').append(document.createElement('input'))"
NO_WORDS = "document.querySelector('main').append(document.createElement('button'))"
TWO_TITLES = """const title = document.createElement("h1"); title.append("another");
document.querySelector("main").append(title)"""


@pytest.fixture
def page(desk: Desk) -> Page:
    return desk.open("/account/", UserFactory(name="周晓岚"))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (WIDE, "px wide in a window of"),
        (PALE, "color-contrast"),
        (NO_LABEL, "label (critical)"),
        (NO_WORDS, "button-name"),
        (TWO_TITLES, "another"),
    ],
    ids=["wide", "pale", "no label", "no words", "two titles"],
)
def test_a_fault_of_the_page_is_found(page: Page, fault: str, said: str) -> None:
    assert_good_page(page, "account")
    page.evaluate(f"() => {{ {fault}; }}")
    with pytest.raises(AssertionError, match=said.replace("(", r"\(").replace(")", r"\)")):
        assert_good_page(page, "account")


def test_a_page_is_not_measured_before_its_styles_came(desk: Desk) -> None:
    """On a busy machine a link's page is there before its sheet: wider, with both bars in sight."""
    page = desk.open("/account/", UserFactory(name="周晓岚"), width=390)

    def come_late(route: Route) -> None:
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/*.css", come_late)
    page.get_by_role("link").filter(visible=True).last.click()
    assert_good_page(page, "after-late-styles")


def test_what_is_out_of_sight_at_one_width_alone_is_found(page: Page) -> None:
    assert too_wide(page) == []
    page.evaluate(f"() => {{ {WIDE.replace('1500', '1100')}; }}")
    assert [line.rpartition(" ")[2] for line in too_wide(page) if "wide in" in line] == [
        "390", "1024",
    ]  # fmt: skip
    show(page, 1440)
    assert page.evaluate(PUSHED) == []


def test_a_script_that_the_policy_forbids_and_an_error_of_a_script_are_found(
    desk: Desk, page: Page
) -> None:
    page.evaluate(
        """() => { const script = document.createElement("script");
        script.textContent = "window.ran = true"; document.head.append(script);
        setTimeout(() => { throw new Error("a fault of ours") }, 0); }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    policy, error = sorted(desk.faults, key=lambda fault: "a fault of ours" in fault)
    assert "Content Security Policy" in policy
    assert "a fault of ours" in error
    desk.faults.clear()
