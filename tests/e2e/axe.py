"""What every page must pass: axe without a finding, and nothing that scrolls sideways.

`make soak` (WHOLE_SWEEP=1) asks axe for the colours of every element, not of one of each kind.
"""

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.architecture.visitors import WHOLE_SWEEP

# Where pictures of the pages go; nothing is written without it.
PICTURES = os.environ.get("PICTURES", "")
# Names of pages: the walks open these alone.
ONLY = frozenset(os.environ.get("PICTURES_OF", "").split())
# Three quarters of axe's time are spent on colours, most of it on rows of a table that are alike.
# Of what has the same names, colours and grounds all the way up, the first and the last are asked.
ALIKE = """() => {
  const looks = new Map(), first = new Map(), last = new Map();
  const look = (part) => { if (part && !looks.has(part)) { const css = getComputedStyle(part);
      looks.set(part, [part.tagName, part.className, part.type, css.color, css.backgroundColor,
        css.backgroundImage, css.opacity, css.textShadow, css.fontSize, css.fontWeight,
        css.position, part.ariaDisabled, look(part.parentElement)].join("|")); }
    return looks.get(part); };
  const sort = (part, words) => { if (!part.checkVisibility({visibilityProperty: true})) return;
    const off = Boolean(part.closest(":disabled") || part.closest("label")?.control?.disabled);
    // Of a single character axe does not say whether it can be read.
    const kind = [look(part), off, words.trim().length > 1].join("|");
    if (!first.has(kind)) first.set(kind, part);
    last.set(kind, part); };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (walk.currentNode.data.trim()) sort(walk.currentNode.parentElement, walk.currentNode.data);
  document.querySelectorAll("input, select, textarea").forEach((part) => sort(part, part.value));
  for (const part of [...first.values(), ...last.values()]) part.dataset.asked = "";
  axe.configure({rules: [{id: "color-contrast", selector: "[data-asked]"}]}); }"""
# Asked for what is wrong alone: what is right, with a selector for each of its elements, takes
# longer to write down and to send than to find. Style sheets are not fetched again: the policy
# forbids what axe would do with an @import.
RUN_AXE = f"""{AXE_SCRIPT};
{"" if WHOLE_SWEEP else f"({ALIKE})();"}
axe.run({{preload: false, selectors: false, resultTypes: ["violations"]}})
  .then((found) => found.violations)"""
# All that is measured on the page, asked at once.
MEASURED = """() => { const head = document.querySelector(".phone-head b"),
    root = document.documentElement;
  return {titles: Array.from(document.querySelectorAll("h1"), (title) => title.innerText),
    head: head?.checkVisibility({visibilityProperty: true}) ? head.innerText : "",
    wide: root.scrollWidth, window: window.innerWidth}; }"""


def wait_for_styles(page: Page) -> None:
    """After a click the words may be there before the sheets, on a busy machine alone."""
    page.wait_for_load_state("load")


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.0 to 2.2 A and AA, nor of axe's good practice."""
    wait_for_styles(page)
    found = page.evaluate(RUN_AXE)
    lines = [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}\n  {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not found, f"{page.url}\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """The page is no wider than the window."""
    wait_for_styles(page)
    _assert_fits(page, page.evaluate(MEASURED))


def _assert_fits(page: Page, measured: Any) -> None:
    wide, window = measured["wide"], measured["window"]
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window}"


def take_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """A picture for docs/ and for those who look at the page."""
    if not PICTURES:
        return
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    lang = page.evaluate("document.documentElement.lang")
    width = page.viewport_size["width"] if page.viewport_size else 0
    size = page.viewport_size
    if whole and size and width < 800:
        # The bottom bar belongs at the bottom of the whole picture.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(height, 3000)})
    page.screenshot(path=folder / f"{name}-{lang}-{width}.png", full_page=whole)
    if size and page.viewport_size != size:
        page.set_viewport_size(size)


def assert_good_page(page: Page, name: str, *, asks_axe: bool = True) -> None:
    """One title, which on the phone the dark head says; and what stands above."""
    wait_for_styles(page)
    measured = page.evaluate(MEASURED)
    assert len(measured["titles"]) == 1, measured["titles"]
    assert measured["head"] not in {"归途", "Homeward"}, "block phone_title is missing"
    _assert_fits(page, measured)
    take_picture(page, name)
    if asks_axe:
        assert_accessible(page)
