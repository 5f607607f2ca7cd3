"""What every page must pass: axe without a finding, and nothing that scrolls sideways."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Where pictures of the pages go; nothing is written without it.
PICTURES = os.environ.get("PICTURES", "")
# Names of pages: the walks open these alone.
ONLY = frozenset(os.environ.get("PICTURES_OF", "").split())


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA, nor of axe's good practice."""
    # Style sheets are not fetched again: the policy forbids what axe would do with an @import.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}\n  {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """The page is no wider than the window."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window}"


def take_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture for docs/ and for those who look at the page."""
    if not PICTURES:
        return
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    lang = page.evaluate("document.documentElement.lang")
    width = page.viewport_size["width"] if page.viewport_size else 0
    if whole and width < 800:
        # The bottom bar belongs at the bottom of the whole picture.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, 3000)})
    page.screenshot(path=folder / f"{name}-{lang}-{width}.png", full_page=whole)


def assert_titled(page: Page) -> None:
    """One title; on the phone the dark head says it."""
    titles = page.locator("h1").all_inner_texts()
    assert len(titles) == 1, titles
    head = page.locator(".phone-head b")
    if head.count() and head.is_visible():
        assert head.inner_text() not in {"归途", "Homeward"}, "block phone_title is missing"


def assert_good_page(page: Page, name: str) -> None:
    assert_titled(page)
    take_picture(page, name)
    assert_accessible(page)
    assert_fits(page)
