"""精神卫生法 art. 4, 艾滋病防治条例 art. 39: one page shows it, and no other door."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.assessments.models import SealedFlag
from apps.assessments.services import end_sealed, set_sealed
from apps.audit.models import AccessLog
from apps.core.refusals import Refused
from apps.persons.models import Person
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
WORDS = "定期到市三院就诊"
SHOWN = ("Mental illness", "HIV", WORDS)
EN = {"Accept-Language": "en"}


@pytest.fixture
def flag(person: Person, boss: User) -> SealedFlag:
    days = {"since": date(2024, 5, 1), "agreed_on": date(2024, 5, 1)}
    set_sealed(person=person, by=boss, kind="hiv", words=WORDS, **days)
    return set_sealed(person=person, by=boss, kind="mental", words=WORDS, **days)


def test_only_those_with_the_permission_hold_it() -> None:
    holders = {
        role for role, facts in ROLES.items() if Permission.SEALED_FLAGS in facts.permissions
    }
    assert holders == {Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR}


def test_one_page_shows_it_and_each_look_is_logged(
    client: Client, flag: SealedFlag, boss: User
) -> None:
    client.force_login(boss)
    url = reverse("assessments:sealed", args=[flag.person.public_id])
    page = client.get(url, secure=True, headers=EN).content.decode()
    assert all(words in page for words in SHOWN)
    assert AccessLog.objects.order_by("-id")[0].fields_seen == "confidential"


@pytest.mark.parametrize(
    "name",
    [
        "workbench:person", "workbench:person-print", "cases:case", "persons:needs",
        "persons:history", "persons:access", "assessments:person", "documents:person",
    ],
)  # fmt: skip
def test_no_page_of_the_person_shows_it(
    client: Client, flag: SealedFlag, boss: User, name: str
) -> None:
    client.force_login(boss)
    url = reverse(name, args=[flag.person.public_id])
    page = client.get(url, secure=True, headers=EN).content.decode()
    assert not any(words in page for words in SHOWN)


@pytest.mark.parametrize("name", ["persons:list", "assessments:list", "needs:list"])
def test_no_list_and_no_export_shows_it(
    client: Client, flag: SealedFlag, boss: User, name: str
) -> None:
    client.force_login(boss)
    listed = client.get(reverse(name), secure=True, headers=EN).content.decode()
    data = {"purpose": "月度核对", "format": "csv", "whole": "1"}
    sheet = client.post(reverse(name), data, secure=True, headers=EN)
    leaves = b"".join(sheet) if sheet.streaming else sheet.content
    for words in SHOWN:
        assert words not in listed
        assert words.encode() not in leaves


def test_no_search_finds_it(client: Client, flag: SealedFlag, boss: User) -> None:
    client.force_login(boss)
    for words in ("HIV", "三院", "Mental"):
        url = reverse("workbench:search")
        there = client.post(url, {"q": words}, secure=True)["Location"]
        page = client.get(there, secure=True, headers=EN).content.decode()
        assert flag.person.name not in page


def test_no_figure_counts_it(flag: SealedFlag) -> None:
    out = StringIO()
    days = ("--from=2024-05-01", "--to=2024-05-31")
    call_command("indicators", "--area=469002", *days, "--format=json", stdout=out)
    assert not any(word in out.getvalue().lower() for word in ("hiv", "mental", "sealed"))


def test_no_admin_opens_it() -> None:
    assert not admin.site.is_registered(SealedFlag)
    registered = {model.__name__ for model in apps.get_models() if admin.site.is_registered(model)}
    assert "SealedFlag" not in registered


def test_the_database_does_not_know_what_it_is_about(flag: SealedFlag) -> None:
    for table in ("assessments_sealedflag", "assessments_sealedflagevent"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows = " ".join(row for (row,) in cursor.fetchall()).lower()
        assert rows
        for kind in ("hiv", "mental"):
            assert kind not in rows
            assert kind.encode().hex() not in rows


def test_others_can_neither_set_nor_end_it(client: Client, flag: SealedFlag, worker: User) -> None:
    client.force_login(worker)
    for method, url in (
        ("get", reverse("assessments:sealed", args=[flag.person.public_id])),
        ("post", reverse("assessments:sealed-end", args=[flag.public_id])),
    ):
        assert getattr(client, method)(url, secure=True, headers=EN).status_code == 403
    records = UserFactory(records_admin=True)
    for by in (worker, records, User.objects.system()):
        with pytest.raises(Refused, match="permission of their own"):
            set_sealed(person=flag.person, by=by, kind="hiv", since=NOW, agreed_on=NOW)
        with pytest.raises(Refused, match="permission of their own"):
            end_sealed(flag=flag, by=by, on=NOW)


def test_it_needs_the_agreement_of_the_person(client: Client, person: Person, boss: User) -> None:
    client.force_login(boss)
    url = reverse("assessments:sealed", args=[person.public_id])
    data = {"kind": "hiv", "since": "2024-06-01", "agreed_on": ""}
    assert client.post(url, data, secure=True, headers=EN).status_code == 422
    client.post(url, data | {"agreed_on": "2024-06-01"}, secure=True, headers=EN)
    row = SealedFlag.objects.get()
    client.post(
        reverse("assessments:sealed-end", args=[row.public_id]), {"on": "2024-06-03"}, secure=True
    )
    row.refresh_from_db()
    assert (row.kind, row.ended_on) == ("hiv", NOW)
