"""Words, tags and buttons where two things stand side by side: each has room for what it says."""

from typing import Any

from playwright.sync_api import Page

from tests.e2e.conftest import Desk
from tests.e2e.story import told
from tests.e2e.widths import PUSHED, show
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory, merged_into

# Lines whose words have no room, tags that their words leave, buttons that their words touch.
CRAMPED = """(within) => {
  const wide = (part) => { const text = document.createRange(); text.selectNodeContents(part);
    return text.getBoundingClientRect(); };
  const space = (part) => { const edge = part.getBoundingClientRect(), words = wide(part);
    return Math.round(Math.min(words.left - edge.left, edge.right - words.right)); };
  const seen = (what) => Array.from(document.querySelectorAll(`${within} ${what}`))
    .filter((part) => part.offsetParent && !part.closest(".panel"));
  return seen(".line-row > div:nth-child(2)").filter((part) => part.clientWidth < 180)
    .map((part) => `${part.innerText.slice(0, 20)} in ${part.clientWidth} px`)
    .concat(seen(".tag").filter((tag) => wide(tag).right > tag.getBoundingClientRect().right)
      .map((tag) => `tag ${tag.innerText}`))
    .concat(seen(".due-acts .btn").filter((button) => space(button) < 5)
      .map((button) => `button ${button.innerText}: ${space(button)} px`)); }"""


def cramped(page: Page, within: str) -> list[str]:
    found = []
    for width in (390, 1024, 1200, 1366):
        show(page, width)
        found += [f"{width}: {what}" for what in page.evaluate(CRAMPED, within)]
    return found


def broken(page: Page, width: int) -> list[str]:
    """At the desk tabs are two lines at most; on the phone the head says all and the printer has
    company.
    """
    show(page, width)
    tabs, found = page.locator(".tabs").bounding_box(), []
    if tabs is None or tabs["height"] > 100:
        found.append(f"{width}: tabs break: {tabs}")
    if width < 769:
        head = page.locator(".phone-head .clip")
        if head.evaluate("(part) => part.scrollHeight > part.clientHeight + 1"):
            found.append(f"{width}: the head is cut")
        printer = page.locator(".band-foot .btn-icon").bounding_box()
        name = page.locator(".band h1").bounding_box()
        if printer is None or name is None or printer["y"] > name["y"] + name["height"]:
            found.append(f"{width}: the printer stands below the name: {printer}")
    return found


def test_duties_and_today_leave_room_for_words_tags_and_buttons(desk: Desk) -> None:
    story, found = told(), []
    for lang in ("en", "zh-hans"):
        page = desk.open("/today/", story.worker, lang=lang)
        found += cramped(page, ".due-list")
        for case in story.cases[:6]:
            page.goto(f"/persons/{case.person.public_id}/")
            found += cramped(page, ".grid-2")
        found += [what for width in (1366, 390) for what in broken(page, width)]
    assert not found, "\n".join(sorted(set(found)))


def test_a_long_reason_leaves_the_buttons_of_its_line_in_sight(desk: Desk) -> None:
    boss: Any = UserFactory(records_admin=True)
    merge = merged_into(PersonFactory(), PersonFactory(), boss)
    page = desk.window(boss, lang="en").new_page()
    for reason in (
        "同一个人，两个名字，身份证号码也一样。" * 15,
        "a" * 300,
        "one person, two names " * 14,
    ):
        merge.reason = reason
        merge.save()
        page.goto("/persons/merges/")
        for width in (1024, 1366):
            show(page, width)
            assert page.evaluate(PUSHED) == []
            edge = page.get_by_role("link", name="Undo").bounding_box()
            assert edge is not None
            assert edge["x"] + edge["width"] < width
