"""A subject that is declared in its own folder is found in every place: see docs/adr/0037."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.cases.models import Case
from apps.core.text import mask_name
from apps.imports.models import LedgerSynonym
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.schedule import case_of, plan
from tests.imports.sheets import write_xlsx
from tests.toy_letters.models import Letter
from tests.toy_letters.services import answer_letter, record_letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.toy_letters.site_urls")]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def case(worker: User) -> Case:
    return case_of(worker)


@pytest.fixture
def person(case: Case) -> Person:
    found: Person = case.person
    return found


@pytest.fixture
def letter(person: Person, worker: User) -> Letter:
    day = date(2024, 5, 20)
    return record_letter(person=person, by=worker, received_on=day, words="想见孩子")


@pytest.fixture
def _signed_in(client: Client, worker: User) -> None:
    client.force_login(worker)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args), secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("_signed_in")
def test_the_file_has_its_tab_with_a_count(client: Client, person: Person, letter: Letter) -> None:
    found = page(client, "workbench:person", person.public_id)
    url = reverse("toy_letters:person", args=[person.public_id])
    assert f'<a href="{url}">来信 <span class="count">1</span></a>' in found
    assert "想见孩子" in page(client, "toy_letters:person", person.public_id)


@pytest.mark.usefixtures("_signed_in")
def test_the_stream_tells_it_under_its_chip(
    client: Client, person: Person, letter: Letter, worker: User
) -> None:
    answer_letter(letter=letter, by=worker, on=date(2024, 5, 30))
    address = reverse("workbench:person", args=[person.public_id])
    shown: Any = client.get(address, {"kind": "letter"}, secure=True).context
    assert [event.title for event in shown["events"]] == ["已答复", "来信"]
    assert [(chip["label"], chip["n"]) for chip in shown["chips"] if chip["current"]] == [
        ("来信", 2)
    ]


@pytest.mark.usefixtures("_signed_in")
def test_the_history_of_the_file_tells_it(client: Client, person: Person, letter: Letter) -> None:
    assert "<b>来信</b>" in page(client, "persons:history", person.public_id)


@pytest.mark.usefixtures("_signed_in")
def test_its_duty_stands_in_today_with_its_acts_until_it_is_done(
    client: Client, case: Case, person: Person
) -> None:
    plan("1m", kind="letter", from_day=date(2024, 3, 1))
    url = reverse("toy_letters:create", args=[person.public_id])
    assert f'href="{url}"' in page(client, "workbench:today")
    data = {"received_on": "2024-06-02", "words": "一切都好"}
    assert client.post(url, data, secure=True).status_code == 302
    assert f'href="{url}"' not in page(client, "workbench:today")
    item = case.due_items.filter(kind="letter", outcome="done").get()
    assert item.get_kind_display() == "来信"
    why = page(client, "schedule:why", item.pk)
    assert "每月来信一次" in why


@pytest.mark.usefixtures("_signed_in")
def test_what_waits_stands_in_today_with_its_reason_until_it_is_done(
    client: Client, letter: Letter
) -> None:
    url = reverse("toy_letters:answer", args=[letter.public_id])
    found = page(client, "workbench:today")
    assert "来信待答复" in found
    assert f'href="{url}">答复</a>' in found
    why = page(client, "workbench:line-why", "letter", letter.public_id)
    assert "来信后尽快答复。" in why
    assert client.post(url, {"on": "2024-05-19"}, secure=True).status_code == 422
    assert "答复早于来信。" in client.post(url, {"on": "2024-05-19"}, secure=True).content.decode()
    assert client.post(url, {"on": "2024-06-03"}, secure=True).status_code == 302
    assert "来信待答复" not in page(client, "workbench:today")


@pytest.mark.usefixtures("_signed_in", "letter")
def test_list_and_export_show_it_in_scope(client: Client, person: Person) -> None:
    assert person.name in page(client, "toy_letters:list")
    data = {"purpose": "月度核对", "format": "csv"}
    sheet = client.post(reverse("toy_letters:list"), data, secure=True)
    leaves = b"".join(sheet) if sheet.streaming else sheet.content  # type: ignore[attr-defined]
    assert mask_name(person.name) in leaves.decode("utf-8-sig")
    client.force_login(UserFactory(area=area(WANQUAN)))
    assert person.name not in page(client, "toy_letters:list")


@pytest.mark.usefixtures("_signed_in", "letter")
def test_the_access_log_names_it_in_words(client: Client, person: Person) -> None:
    from apps.audit.words import kind_words, page_words

    page(client, "toy_letters:person", person.public_id)
    line = AccessLog.objects.get(fields_seen="letters")
    assert line.person_ids == [person.public_id]
    assert (kind_words(line.fields_seen), page_words("toy_letters:person")) == ("来信", "来信")


def test_the_dashboard_counts_it_and_opens_its_list(client: Client, letter: Letter) -> None:
    client.force_login(UserFactory(town_supervisor=True))
    shown: Any = client.get(reverse("reports:dashboard"), secure=True).context
    [cell] = [cell for cell in shown["standing"] if cell.code == "letters_waiting"]
    assert (cell.text, cell.icon) == ("1", "file-text")
    listed: Any = client.get(cell.url, secure=True)
    assert [row.pk for row in listed.context["page"].rows] == [letter.pk]
    assert letter.person.name in listed.content.decode()


def test_a_ledger_brings_it_in(person: Person, tmp_path: Path) -> None:
    head = ["姓名", "身份证号码", "来信日期", "来信内容"]
    line = [person.name, person.document_number, "2024-05-02", "一切都好"]
    path = write_xlsx(tmp_path / "letters.xlsx", [head, line])
    report = import_ledger(
        ledger=ledgers()["letters"], path=path, by=User.objects.system(), area=area(QIONGHAI)
    )
    assert (report.new, report.rejected) == (1, 0)
    assert Letter.objects.get().words == "一切都好"
    assert ("letters", "来信") in LedgerSynonym._meta.get_field("ledger").flatchoices


def test_it_moves_with_the_person(person: Person, letter: Letter) -> None:
    boss = UserFactory(county_supervisor=True)
    move_person(person=person, area=area(WANQUAN), by=boss)
    letter.refresh_from_db()
    assert letter.town == area(WANQUAN)


def test_the_admin_shows_it_to_the_records_office(client: Client, letter: Letter) -> None:
    client.force_login(UserFactory(records_admin=True))
    assert "2024" in page(client, "admin:toy_letters_letter_changelist")
    client.force_login(UserFactory(username="other", town_supervisor=True))
    answer = client.get(reverse("admin:toy_letters_letter_changelist"), secure=True)
    assert answer.status_code != 200
