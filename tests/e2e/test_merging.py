"""Two files of one person: found on the list, compared, merged with a preview, and undone."""

import pytest
from playwright.sync_api import Page, expect

from apps.core.days import today
from apps.needs.services import record_need
from apps.persons.models import Merge, Person
from tests.e2e.axe import assert_fits, assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.widths import show
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.persons import PersonFactory

WORDS = {
    "zh-hans": ("是同一个人：保留", "合并档案", "撤销", "撤销合并"),
    "en": ("One person: keep", "Merge the files", "Undo", "Undo the merge"),
}


@pytest.mark.parametrize(
    ("lang", "width", "javascript"),
    [("zh-hans", 1440, True), ("en", 390, True), ("zh-hans", 390, False)],
)
def test_from_the_list_to_one_file_and_back(
    desk: Desk, lang: str, width: int, javascript: bool
) -> None:
    keep, merge, undo, undo_merge = WORDS[lang]
    records = UserFactory(name="林档案", records_admin=True, area=area(QIONGHAI))
    kept, merged = PersonFactory(name="王小明"), PersonFactory(name="王小明")
    record_need(
        person=merged, by=records, kind="work", said_on=today(), urgency="normal", said_by="person"
    )
    look = {"lang": lang, "width": width, "javascript": javascript}
    page = desk.open("/persons/alike/", records, **look)
    good(page, "alike", look)
    page.locator(".alike a").first.click()
    good(page, "compare", look)
    page.get_by_role("link", name=keep).first.click()
    good(page, "merge", look)
    reason = page.locator("[name=reason]")
    reason.fill("户籍核实为同一人")
    page.get_by_role("button", name=merge).click()
    expect(reason).to_have_value("户籍核实为同一人")
    good(page, "merge-asked", look)
    for fact in ("document_number", "phone"):
        page.locator(f"input[name={fact}][value=kept]").check()
    page.get_by_role("button", name=merge).click()
    expect(page).to_have_url(f"{desk.base}/persons/{kept.public_id}/")
    expect(page.locator("#messages")).to_be_visible()
    good(page, "merged", look)

    page.goto(f"/persons/{merged.public_id}/")
    expect(page).to_have_url(f"{desk.base}/persons/{kept.public_id}/")
    page.goto("/persons/merges/")
    good(page, "merges", look)
    page.get_by_role("link", name=undo, exact=True).click()
    good(page, "undo", look)
    page.locator("[name=reason]").fill("弄错了人")
    page.get_by_role("button", name=undo_merge).click()
    expect(page.locator("#messages")).to_be_visible()
    assert Merge.objects.get().undone_by == records
    assert Person.objects.count() == 2
    page.goto(f"/persons/{merged.public_id}/")
    expect(page).to_have_url(f"{desk.base}/persons/{merged.public_id}/")


def good(page: Page, name: str, look: dict[str, object]) -> None:
    """Without scripts axe would wait for ever. Files side by side fit the smallest desk, too."""
    if look["javascript"]:
        assert_good_page(page, name)
        size = page.viewport_size
        assert size
        show(page, 1024)
        assert_fits(page)
        page.set_viewport_size(size)
