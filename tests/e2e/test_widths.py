"""Nothing is lost at any width: no page scrolls sideways, and heads stand over their columns."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from apps.core.days import today
from tests.e2e.axe import assert_fits
from tests.e2e.conftest import Desk
from tests.e2e.widths import show
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

# Right edges of what a head says and of what a cell of its column says.
EDGES = """() => {
  const right = (cell) => { const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    let edge = 0;
    while (walk.nextNode()) {
      if (walk.currentNode.parentElement.closest(".sr")) continue;
      const text = document.createRange();
      text.selectNodeContents(walk.currentNode);
      edge = Math.max(edge, text.getBoundingClientRect().right);
    }
    return edge; };
  const rows = (part) => Array.from(document.querySelectorAll(`table.units ${part} tr`));
  const heads = Array.from(rows("thead")[0].children);
  const card = document.querySelector("table.units").closest(".card").getBoundingClientRect();
  return rows("tbody").concat(rows("tfoot")).flatMap((row) => Array.from(row.children).slice(1)
    .map((cell, i) => [heads[i + 1].innerText, right(heads[i + 1]),
      right(cell.querySelector(".value")), card.right]));
}"""


TITLE = re.compile(r"block phone_title %}(.*?){% endblock")
SAID = re.compile(r'{% (?:block)?translate(?: "([^"]+)"|[^%]*%}(.*?){% endblocktranslate)')
# How far the buttons of the phone's head reach, and what of the title is cut off.
HEAD = """(titles) => titles.map((words) => { const head = document.querySelector(".phone-head");
  const title = head.querySelector("b");
  title.textContent = words;
  const edges = Array.from(head.querySelectorAll(".end > *"))
    .map((part) => part.getBoundingClientRect().right);
  return [Math.max(...edges), title.scrollHeight - title.clientHeight]; })"""


def phone_titles() -> set[str]:
    """Every title that a template gives the phone, with the name of a person where one stands."""
    blocks = [
        block
        for file in (settings.BASE_DIR / "templates").rglob("*.html")
        for block in TITLE.findall(file.read_text("utf-8"))
    ]
    return {
        re.sub("{{.*?}}", "欧阳春燕", "".join(found)) + " · 欧阳春燕" * ("· {{" in block)
        for block in blocks
        for found in SAID.findall(block)
    }


def test_no_title_pushes_the_buttons_of_the_phone_out_of_the_window(desk: Desk) -> None:
    user: Any = UserFactory()
    page = desk.open("/today/", user, lang="en")
    show(page, 390)
    lines = "document.querySelector('.phone-head b').clientHeight"
    assert page.evaluate(lines) < 30, "a short title takes one line"
    page.goto("/notices/")
    titles = sorted(phone_titles())
    assert len(titles) > 35
    wrong = []
    for width in (390, 320):
        show(page, width)
        for title, (edge, cut) in zip(titles, page.evaluate(HEAD, titles), strict=True):
            if edge > width:
                wrong.append(f"{title} at {width}: buttons end at {edge}")
            elif cut > 4 and width == 390:
                wrong.append(f"{title}: {cut} px are cut off")
    assert wrong == []


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_the_table_of_units_fits_and_heads_stand_over_their_columns(desk: Desk, lang: str) -> None:
    boss: Any = UserFactory(county_supervisor=True)
    for number in range(12):
        since = today() - timedelta(days=60)
        CaseFactory(
            person=PersonFactory(area=area("469002100200" if number % 2 else WANQUAN)),
            decided_on=since, received_on=since, reported_on=since, agreement_on=since,
        )  # fmt: skip
    page = desk.open("/dashboard/", boss, lang=lang)
    for width in (1024, 1366, 1440, 1920, 390):
        show(page, width)
        assert_fits(page)
        if width == 390:
            continue
        edges = page.evaluate(EDGES)
        assert len(edges) >= 20
        for head, over, under, card in edges:
            assert abs(over - under) <= 4, f"{head} at {width}: {over} over {under}"
            assert under <= card, f"{head} at {width} is out of sight"


LISTS = ("persons:list", "checkins:list", "needs:list", "drugtests:list", "visits:lost")


def test_the_form_of_an_export_stands_in_the_window_of_a_phone(desk: Desk) -> None:
    worker: Any = UserFactory()
    running_case(worker)
    page = desk.open("/today/", worker, width=390)
    for name in LISTS:
        page.goto(reverse(name), wait_until="domcontentloaded")
        menu = page.locator("details.menu.right:has(.panel.form)").first
        menu.locator("summary").click()
        for part in menu.locator(".panel input:visible, .panel .btn").all():
            box = part.bounding_box()
            assert box, name
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= 390, name
            assert box["y"] + box["height"] <= 844 - 60, f"{name}: under the bar at the bottom"
