"""Every page, in both languages, at the desk and on the phone: axe finds nothing, nothing
scrolls sideways. With PICTURES=folder the pictures are kept."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.models import User
from apps.guide.pages import JOBS
from tests.e2e.axe import ONLY, PICTURES, assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.story import Story, told
from tests.factories.accounts import UserFactory

# Chinese at the desk, and on the phone the longer English words.
LOOKS = [("zh-hans", 1440), ("en", 390)]
if PICTURES:
    LOOKS += [("en", 1440), ("zh-hans", 390)]
PERSON, NEED, CHECKIN, NOTHING = "person", "need", "checkin", ""


@dataclass(frozen=True)
class Shown:
    """A page: who opens it (stranger, worker, supervisor or a trait) and whom it is about."""

    url: str
    by: str = "worker"
    about: str = NOTHING
    query: str = ""
    args: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "-".join([self.url.replace(":", "-"), *self.args])


ABOUT_NOBODY = [
    Shown("accounts:sign-in", "stranger"),
    Shown("accounts:redeem-code", "stranger"),
    Shown("accounts:password"),
    Shown("accounts:me"),
    Shown("accounts:second-list", "system_admin"),
    Shown("admin:index", "system_admin"),
    Shown("plans:list", "system_admin"),
    Shown("plans:new", "system_admin"),
    Shown("assessments:validity", "system_admin"),
    Shown("assessments:validity-new", "system_admin", query="?tier=medium"),
    Shown("guide:index"),
    *[Shown("guide:page", args=(slug,)) for slug in JOBS],
    # What is refused: no such page, and a page of others.
    Shown("guide:page", args=("nothing",)),
    Shown("reports:dashboard"),
]
OF_AN_OFFICE = [
    Shown("workbench:today"),
    Shown("checkins:round"),
    Shown("checkins:round-print"),
    Shown("checkins:list"),
    Shown("checkins:create", about=PERSON),
    Shown("needs:list"),
    Shown("reports:dashboard", "supervisor"),
    Shown("persons:lookups", "supervisor"),
    Shown("persons:checkins", about=PERSON),
    Shown("persons:needs", about=PERSON),
    Shown("persons:access", "supervisor", about=PERSON),
    Shown("needs:create", about=PERSON),
    Shown("accounts:staff-list", "supervisor"),
    Shown("covers:list", "supervisor"),
    Shown("covers:begin", "supervisor"),
    Shown("persons:list"),
    Shown("persons:create"),
    Shown("workbench:search", query="?q=chs"),
    Shown("cases:unassigned", "supervisor"),
    Shown("approvals:list", "supervisor"),
    Shown("cases:gaps", "supervisor"),
    Shown("workbench:person", about=PERSON),
    Shown("cases:case", about=PERSON),
    Shown("persons:contacts", about=PERSON),
    Shown("persons:history", about=PERSON),
    Shown("persons:edit", about=PERSON),
    Shown("persons:reveal", "supervisor", about=PERSON),
    Shown("workbench:person-print", about=PERSON),
    Shown("assessments:person", about=PERSON),
    Shown("assessments:create", about=PERSON),
    Shown("assessments:list"),
    Shown("visits:lost"),
    Shown("visits:lost-new", about=PERSON),
    Shown("drugtests:list"),
    Shown("drugtests:person", about=PERSON),
    Shown("drugtests:create", about=PERSON),
    Shown("drugtests:not-taken", about=PERSON),
    Shown("assessments:rounds"),
    Shown("plans:list", "supervisor"),
    Shown("documents:templates", "supervisor"),
]


def tour(
    desk: Desk, pages: list[Shown], users: dict[str, User | None], story: Story | None, **look: Any
) -> list[str]:
    """Opens every page; what was found wrong, by page."""
    found = []
    windows = {name: desk.window(user, **look) for name, user in users.items()}
    for shown in (shown for shown in pages if not ONLY or shown.name in ONLY):
        person = [story.first.person.public_id] if story and shown.about == PERSON else []
        args = [*person, *shown.args]
        page = windows[shown.by].new_page()
        page.goto(reverse(shown.url, args=args) + shown.query)
        try:
            assert_good_page(page, shown.name)
        except AssertionError as error:
            found.append(f"{shown.name}: {error}")
        page.close()
    return found


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_pages_about_nobody(desk: Desk, settings: Any, lang: str, width: int) -> None:
    settings.DEMO = True  # with its banner
    users = {
        "stranger": None,
        "worker": UserFactory(name="周晓岚"),
        "system_admin": UserFactory(system_admin=True, name="管理员"),
    }
    assert tour(desk, ABOUT_NOBODY, users, None, lang=lang, width=width) == []


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_pages_of_an_office(desk: Desk, lang: str, width: int) -> None:
    story = told()
    users: dict[str, User | None] = {"worker": story.worker, "supervisor": story.supervisor}
    assert tour(desk, OF_AN_OFFICE, users, story, lang=lang, width=width) == []


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_pages_of_what_did_not_go_well(desk: Desk, lang: str, width: int) -> None:
    """Too busy to answer; a need that is sent again with other words."""
    story = told()
    page = desk.open("/", story.worker, lang=lang, width=width)
    page.set_content(render_to_string("core/503.html"), wait_until="load")
    assert_good_page(page, "busy")
    form = reverse("needs:create", args=[story.first.person.public_id])
    key = ""
    for words in ("words", "other words"):
        page.goto(form)
        for choice in page.locator("main select").all():
            choice.select_option(index=1)
        page.locator("textarea").first.fill(words)
        # The same form again, as after the way back.
        key = key or page.locator("[name=uuid]").input_value()
        page.evaluate("key => { document.querySelector('[name=uuid]').value = key; }", key)
        page.locator("main form .btn-primary").last.click()
        page.locator("main .note-box, main [role=status]:not(:empty)").first.wait_for()
    assert page.locator("[data-differs]").is_visible()
    assert_good_page(page, "differs")
