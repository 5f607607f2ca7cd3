"""Papers of a campaign: one number for the whole life of a sample, one page a person."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from apps.accounts.models import User
from apps.campaigns.models import Campaign
from apps.core.days import today
from apps.drugtests.services import withdraw_test
from tests.drugtests.ways import step
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=1), kind="on_site")


def row_of(campaign: Campaign, name: str) -> Any:
    return listed(campaign, running_case(person=PersonFactory(sex="1", name=name)).person)


def taken(row: Any, **facts: Any) -> Any:
    return entered(row, occurred_at=at(today(), "00:00"), **facts).test


def test_the_number_on_the_label_is_that_of_the_sample(boss: User, campaign: Campaign) -> None:
    row, other = row_of(campaign, "陈一"), row_of(campaign, "陈二")
    printed = row.number_words
    assert printed != other.number_words
    test = taken(row, outcome="pending")
    assert test.dossier.number == printed
    withdraw_test(test=test, by=boss, reason="记错了人，已另记")
    again = taken(row, outcome="pending")
    row.refresh_from_db()
    assert again.dossier.number == row.number_words != printed


def test_labels_name_nobody_and_have_a_picture_for_a_and_b(boss: User, campaign: Campaign) -> None:
    row = row_of(campaign, "陈海生")
    page = signed_in(boss).get(reverse("campaigns:labels", args=[campaign.public_id]), secure=True)
    body = page.content.decode().split("<main")[1]
    labels = re.findall(r'class="label">(.*?)</div></div>', body, re.S)
    assert len(labels) == 2
    assert all(row.number_words in label and "<svg" in label for label in labels)
    assert "陈海生" not in body


def test_a_sheet_a_person_on_the_page_and_in_the_file(boss: User, campaign: Campaign) -> None:
    rows = [row_of(campaign, name) for name in ("陈一", "陈二", "陈三")]
    step(taken(rows[0]), "sealed")
    client = signed_in(boss, headers={"accept-language": "en"})
    page = client.get(reverse("campaigns:sheets", args=[campaign.public_id]), secure=True)
    sheets = re.findall(r"one-page(.*?)</article>", page.content.decode(), re.S)
    assert len(sheets) == 3
    for sheet in sheets:
        assert sum(row.person.name in sheet for row in rows) == 1
    answer = client.get(
        reverse("documents:campaign-custody", args=[campaign.public_id]), secure=True
    )
    file = Document(BytesIO(answer.content))
    assert answer["content-disposition"].startswith("attachment")
    facts = [table for number, table in enumerate(file.tables) if number % 2 == 0]
    for sheet, table in zip(sheets, facts, strict=True):
        shown = re.findall("<dd>(.*?)</dd>", sheet)
        written = [cell.text or "＿＿＿＿＿＿" for cell in table.columns[1].cells]
        assert written == shown
    mine = next(n for n, table in enumerate(facts) if "陈一" in table.columns[1].cells[1].text)
    assert file.tables[2 * mine + 1].rows[2].cells[1].text == "Sealed as A and B"
    assert "Drug" not in "".join(paragraph.text for paragraph in file.paragraphs)


def test_a_list_of_nobody_has_no_file(boss: User, campaign: Campaign) -> None:
    client = signed_in(boss)
    address = reverse("documents:campaign-custody", args=[campaign.public_id])
    assert client.get(address, secure=True).status_code == 404
    for name in ("labels", "sheets", "slips"):
        shown = client.get(reverse(f"campaigns:{name}", args=[campaign.public_id]), secure=True)
        assert shown.status_code == 200
