import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.template.loader import render_to_string
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation

from apps.audit.models import AccessCheck, AccessLog, Action
from apps.audit.services import log_access
from apps.audit.words import kind_words, page_words
from apps.persons.forms import PurposeForm
from apps.persons.models import Person
from tests.architecture.test_url_matrix import names
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


@pytest.fixture
def person() -> Person:
    row: Person = PersonFactory()
    reader = UserFactory(name="符读者", username="reader1", town_supervisor=True)
    log_access(reader, persons=[row], action=Action.REVEAL, purpose="住院核对")
    log_access(reader, persons=[row, PersonFactory()], action=Action.LIST)
    return row


def test_the_tab_says_role_unit_and_why_but_not_who(client: Client, person: Person) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    page = client.get(reverse("persons:access", args=[person.public_id])).content.decode()
    assert "住院核对" in page
    assert "嘉积镇" in page
    assert "符读者" not in page
    assert "reader1" not in page
    # What the form promises before a number is shown says the same.
    with translation.override("en"):
        promise = str(PurposeForm.base_fields["purpose"].help_text)
    for told in ("this reason", "role and unit", "by a number", "auditor reads your name"):
        assert told in promise


def who_read(client: Client, person: Person, **query: str) -> list[str]:
    page = client.get(reverse("persons:access", args=[person.public_id]), query, headers=EN)
    cells = re.findall(r'data-label="Who">(.*?)</td>', page.content.decode())
    return [cell.partition(" · ")[0] for cell in cells][1:]  # the first is the own look


def test_two_of_one_role_and_unit_are_told_apart_by_a_number_that_stays(client: Client) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    person, other = PersonFactory(), PersonFactory()
    one, two, boss = UserFactory(), UserFactory(), UserFactory(town_supervisor=True)

    def read(user: Any, *, of: Person = person, action: Action = Action.CALL) -> None:
        log_access(user, persons=[of], action=action, purpose="联系不上")

    read(two, of=other)
    read(one)
    assert who_read(client, person) == ["Case worker"]
    read(two, action=Action.LIST)
    read(boss)
    read(one)
    told = ["Case worker 1", "Town supervisor", "Case worker 1"]
    assert [who for who in who_read(client, person) if "County" not in who] == told
    read(two)
    mixed = [who for who in who_read(client, person, lists="1") if "County" not in who]
    assert mixed == ["Case worker 2", *told[:2], "Case worker 2", told[2]]


def test_the_log_says_that_a_number_was_shown_and_not_that_somebody_called() -> None:
    with translation.override("en"):
        assert str(Action.CALL.label) == "Showed the phone number"
    with translation.override("zh-hans"):
        assert str(Action.CALL.label) == "查看电话号码"


def test_lists_are_told_when_asked_for(client: Client, person: Person) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    url = reverse("persons:access", args=[person.public_id])
    few = len(client.get(url).context["rows"])
    assert len(client.get(url, {"lists": "1"}).context["rows"]) == few + 2


def test_reading_the_log_is_logged(client: Client, person: Person) -> None:
    boss = UserFactory(county_supervisor=True)
    client.force_login(boss)
    client.get(reverse("persons:access", args=[person.public_id]))
    assert AccessLog.objects.filter(user_id=boss.pk, fields_seen="access_log").exists()


def rows(client: Client, **query: str) -> list[AccessLog]:
    """As the form of the filters asks: posted, for a name stands in no address."""
    moved = client.post(reverse("audit:log"), query | {"filter": "1"})
    return list(client.get(reverse("audit:log") + moved["Location"]).context["page"].rows)


@pytest.mark.usefixtures("person")
def test_the_auditor_finds_by_day_account_act_and_person(client: Client) -> None:
    client.force_login(UserFactory(auditor=True))
    person = Person.objects.order_by("pk")[0]
    assert len(rows(client)) == 2
    assert len(rows(client, action="reveal")) == 1
    assert len(rows(client, username="reader1")) == 2
    assert rows(client, username="nobody") == []
    assert rows(client, last="2020-01-01") == []
    for words in (person.name, str(person.public_id)):
        answer = client.post(reverse("audit:log"), {"who": words})
        assert person.name not in answer["Location"]
        found = client.get(answer["Location"]).context["page"].rows
        assert sum(row.username == "reader1" for row in found) == 2
    nobody = client.post(reverse("audit:log"), {"who": "无此人"})
    assert client.get(nobody["Location"]).context["page"].rows == []
    asked = AccessLog.objects.filter(action=Action.SEARCH, fields_seen="access_log")
    assert asked.count() == 3


@pytest.mark.usefixtures("person")
def test_the_log_speaks_in_words(client: Client) -> None:
    """Every page that can stand in it, and every kind of data that the code names."""
    views = set(names(get_resolver().url_patterns))
    assert len(views) > 150
    assert [name for name in views if ":" in name and page_words(name) == name] == []
    kinds = {
        kind
        for file in Path(settings.BASE_DIR / "apps").rglob("*.py")
        for kind in re.findall(r'\b(?:fields_)?seen="([a-z_ -]+)"', file.read_text("utf-8"))
    }
    kinds |= {shown.opts.model_name for shown in admin.site._registry.values()}
    assert len(kinds) > 60
    assert {kind for kind in kinds if kind_words(kind) == kind} == set()
    client.force_login(UserFactory(auditor=True))
    page = client.get(reverse("audit:log")).content.decode()
    assert "嘉积镇" in page
    assert "469002100" not in page


@pytest.mark.parametrize(
    ("seals", "english", "chinese"),
    [(0, "nothing of this log has been sealed yet", "本日志尚无封存的记录"),
     (1, "minute by minute (1 seal)", "按分钟封存，共 1 段，与封存时一致"),
     (1200, "minute by minute (1200 seals)", "按分钟封存，共 1200 段，与封存时一致")],
)  # fmt: skip
def test_the_page_says_how_much_was_checked(seals: int, english: str, chinese: str) -> None:
    check = AccessCheck(at=datetime(2024, 3, 4, 2, tzinfo=UTC), seals=seals)
    for language, words in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert words in render_to_string("audit/seals.html", {"check": check, "faults": [],
                                             "breaks": [], "check_is_late": False})  # fmt: skip


def test_nobody_else_reads_the_log(client: Client) -> None:
    client.force_login(UserFactory(records_admin=True))
    assert client.get(reverse("audit:log")).status_code == 403
