"""A file goes out sealed, arrives, is refused with a reason; its receipt brings the answer back.

One database is both offices: the person has a file in the unit that sends, which the other does not
see. How a file is accepted elsewhere is proved between two databases (tests/handover).
"""

import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.core.days import today
from apps.core.fields import uuid7
from apps.transfers.codes import TransferState
from apps.transfers.services import ask_transfer, hand_over
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

REASON = "本人已在当地重新报到"


def pressed(page: Page) -> None:
    page.locator("main form button.btn-primary").first.click()


def downloaded(page: Page, button: str, to: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("button", name=button).click()
    found.value.save_as(to)
    return to


def test_a_file_goes_out_and_its_answer_comes_back(desk: Desk, tmp_path: Path) -> None:
    boss = UserFactory(town_supervisor=True)
    receiver = UserFactory(town_supervisor=True, area=area(WENCHENG))
    case = running_case(UserFactory(), days=100, person=PersonFactory(name="陈海生"))
    transfer = ask_transfer(case=case, by=boss, client_uuid=uuid7(), area=area(WENCHENG),
                            on=today(), reason="迁居文昌，就近执行")  # fmt: skip
    hand_over(transfer=transfer, by=boss)

    ours = desk.open(reverse("handover:pack", args=[transfer.public_id]), boss, lang="en")
    ours.locator("[name=reason]").fill("对方使用另一套系统")
    pressed(ours)
    phrase = ours.locator("main strong.num").inner_text()
    assert re.fullmatch(r"(?:\w{4}-){4}\w{4}", phrase)
    sealed = downloaded(ours, "Download the sealed file", tmp_path / "package.hwh")
    assert "陈海生".encode() not in sealed.read_bytes()

    theirs = desk.open(reverse("handover:receive"), receiver, lang="en", width=390)
    theirs.locator("[name=file]").set_input_files(sealed)
    theirs.locator("[name=phrase]").fill("0000-0000-0000-0000-0000")
    pressed(theirs)
    expect(theirs.locator("main")).to_contain_text("does not open this file")
    theirs.locator("[name=file]").set_input_files(sealed)
    theirs.locator("[name=phrase]").fill(phrase.lower().replace("-", " "))
    pressed(theirs)
    expect(theirs.locator("main")).to_contain_text("has a file in another unit here")
    theirs.get_by_role("link", name="Refuse with a reason").click()
    theirs.locator("[name=reason]").fill(REASON)
    pressed(theirs)
    receipt = downloaded(theirs, "Download the receipt", tmp_path / "receipt.json")

    ours.goto(reverse("handover:load"))
    ours.locator("[name=file]").set_input_files(receipt)
    pressed(ours)
    expect(ours.locator("main")).to_contain_text(REASON)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.REFUSED
