"""What is out of sight at a width, asked of a page that is open: nothing is loaded again."""

from playwright.sync_api import Page

WIDTHS = (390, 1024, 1366)
DESK = 769
# What stands out of its card, though nothing scrolls.
SPILT = """() => Array.from(document.querySelectorAll(".card")).flatMap((card) => {
  const edge = card.getBoundingClientRect().right;
  return Array.from(card.querySelectorAll("*"))
    .filter((part) => part.offsetParent && !part.closest(".tabs, .btns, .table-wrap, .panel, .sr"))
    .filter((part) => part.getBoundingClientRect().right > edge + 1)
    .map((part) => part.className || part.tagName);
}).slice(0, 3)"""
# At the desk nobody looks for what a strip or a table pushes out of sight, nor reads a column of
# three characters.
PUSHED = """() => Array.from(document.querySelectorAll(".tabs, .table-wrap"))
  .filter((part) => part.offsetParent && part.scrollWidth > part.clientWidth + 1)
  .map((part) => `${part.className}: ${part.scrollWidth} px in ${part.clientWidth}`)
  .concat(Array.from(document.querySelectorAll(".band > div, td.words"))
    .filter((part) => part.offsetParent && part.clientWidth < 200)
    .map((part) => `${part.innerText.slice(0, 20)} in ${part.clientWidth} px`)).slice(0, 3)"""
OUT_OF_SIGHT = f"""() => [document.documentElement.scrollWidth, window.innerWidth,
  ({SPILT})(), ({PUSHED})()]"""


def show(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def too_wide(page: Page) -> list[str]:
    """What is out of sight at any width."""
    page.wait_for_load_state("load")
    found = []
    for width in WIDTHS:
        show(page, width)
        wide, window, spilt, pushed = page.evaluate(OUT_OF_SIGHT)
        if wide > window:
            found.append(f"{page.url} is {wide} px wide in a window of {window}")
        if spilt:
            found.append(f"{page.url} at {width}: {spilt} out of their card")
        if width >= DESK and pushed:
            found.append(f"{page.url} at {width}: {pushed}")
    return found
