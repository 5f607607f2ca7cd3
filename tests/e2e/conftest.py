"""Journeys in the Chromium that the system has; signed in by a session, not by the sign-in page."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from apps.accounts.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright keeps a loop running in this thread; Django would refuse the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is a journey; without a browser they are left out, but never in CI."""
    for item in items:
        if "/tests/e2e/" not in item.path.as_posix():
            continue
        item.add_marker("e2e")
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    assert CHROMIUM, "The journeys need Debian's package `chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Look:
    lang: str = "zh-hans"
    width: int = 1440
    javascript: bool = True


class Windows:
    """Windows that stay open from journey to journey: a new one learns fonts, styles and scripts
    anew, which takes a second of the processor. Each keeps one tab, for what was learned ends with
    the last; nobody signed in, nothing typed and no page stays.
    """

    MOST = 8

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.free: list[tuple[Look, BrowserContext]] = []

    def lend(self, look: Look) -> BrowserContext:
        for place, (known, context) in enumerate(self.free):
            if known == look:
                del self.free[place]
                return context
        return self.made(look)

    def made(self, look: Look) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.base,
            locale="zh-CN" if look.lang == "zh-hans" else "en-GB",
            timezone_id="Asia/Shanghai",
            viewport={"width": look.width, "height": 900 if look.width > 800 else 844},
            java_script_enabled=look.javascript,
        )
        context.set_default_timeout(10_000)
        context.new_page().goto(f"{settings.STATIC_URL}img/mark.svg")
        return context

    def take_back(self, look: Look, context: BrowserContext) -> None:
        for page in context.pages[1:]:
            page.close()
        context.clear_cookies()
        self.free.append((look, context))
        if len(self.free) > self.MOST:
            self.free.pop(0)[1].close()


@pytest.fixture(scope="session")
def windows(chromium: Browser, live_server: LiveServer) -> Windows:
    return Windows(chromium, live_server.url)


class Desk:
    """Opens windows on the live server and remembers what went wrong in them."""

    def __init__(self, windows: Windows) -> None:
        self.windows = windows
        self.base = windows.base
        self.faults: list[str] = []
        self.lent: list[tuple[Look, BrowserContext]] = []
        self.own: list[BrowserContext] = []

    def window(
        self,
        user: User | None = None,
        *,
        lang: str = "zh-hans",
        width: int = 1440,
        javascript: bool = True,
        altered: bool = False,
    ) -> BrowserContext:
        """A browser of its own, signed in; open several pages in it for several tabs.

        Whoever alters it for good, its clock for instance, has it closed.
        """
        look = Look(lang, width, javascript)
        context = self.windows.made(look) if altered else self.windows.lend(look)
        context.on("page", self._watch)
        if user is not None:
            cookie: Any = {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session_of(user),
                "url": self.base,
            }
            context.add_cookies([cookie])
        if altered:
            self.own.append(context)
        else:
            self.lent.append((look, context))
        return context

    def leave(self) -> None:
        for look, context in self.lent:
            context.remove_listener("page", self._watch)
            self.windows.take_back(look, context)
        for context in self.own:
            context.close()

    def open(self, path: str, user: User | None = None, **options: Any) -> Page:
        page = self.window(user, **options).new_page()
        page.goto(path)
        return page

    def _watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        """Errors of scripts and of the content security policy."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(message.text)

    def _response(self, response: Response) -> None:
        missing = response.status >= 400 and "/static/" in response.url
        if missing or response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")


def session_of(user: User) -> str:
    """A session as sign-in makes it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@pytest.fixture
def desk(windows: Windows) -> Iterator[Desk]:
    """Fails the journey when a page had an error in its console or broke the policy."""
    own = Desk(windows)
    yield own
    own.leave()
    assert own.faults == []
