"""The README's three steps, on the demo, as a stranger follows them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from apps.accounts.models import User
from apps.demo.loading import load_demo
from tests.demo.conftest import demo  # noqa: F401 - the fixture
from tests.e2e.conftest import Desk

README = Path(settings.BASE_DIR / "README.md")


@pytest.mark.usefixtures("demo")
def test_the_three_steps_of_the_readme(desk: Desk) -> None:
    load_demo(persons=100)  # a third of it, in a third of the time
    said = " ".join(README.read_text("utf-8").split())
    for words in (
        "tap **In person** in the first line of *Today* that offers it, then **Undo**",
        "*Why?* in the same line",
        "tap a name, then *Open the file*",
        "(`demo-county`), open *Dashboard*, and click a figure",
    ):
        assert words in said
    worker, county = (User.objects.get(username=f"demo-{who}") for who in ("worker", "county"))

    page = desk.open("/today/", worker, lang="en")
    line = page.locator(".due[data-row]:has(button[value=in_person])").first
    name = line.locator(".name").inner_text()
    line.get_by_role("button", name="In person").click()
    saved = page.locator(".saved", has_text=name)
    expect(saved).to_contain_text("Saved")
    saved.get_by_role("button", name="Undo").click()
    line = page.locator(".due:has(button[value=in_person])", has_text=name).first
    expect(line).to_be_visible()
    line.get_by_role("link", name="Why?").click()
    expect(page.locator(".rule")).to_contain_text("Rule:")
    page.get_by_role("link", name="Back").last.click()
    expect(page).to_have_url(re.compile("/today/"))

    page.get_by_role("link", name=name).first.click()
    page.locator("#panel").get_by_role("link", name="Open the file").click()
    expect(page.locator("h1")).to_contain_text(name)

    page = desk.open("/today/", county, lang="en")
    page.get_by_role("navigation", name="Main", exact=True).get_by_role(
        "link", name="Dashboard"
    ).click()
    opens = page.get_by_role("link", name="Orders in force", exact=True)
    figure = page.locator(".groups li").filter(has=opens)
    number = int(re.sub(r"\D", "", figure.locator("b").inner_text()))
    figure.get_by_role("link").first.click()
    rows = page.locator("table.list tbody tr")
    expect(rows).to_have_count(min(number, 50))
