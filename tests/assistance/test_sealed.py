"""Restricted help: without the permission nothing anywhere differs from a file that has none."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.assistance.codes import SEALED_KINDS
from apps.assistance.models import Assistance, AssistanceStep, Look, Payment, SameHelpQuestion
from apps.assistance.services import ask_for_same_help, set_budget
from apps.core.days import today
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, helped, looked, paid, programme
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
MODELS = (Assistance, AssistanceStep, Payment, Look, SameHelpQuestion)
# What changes with each drawing and tells nothing.
DRAWN = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|nonce="[^"]+"|\d\d:\d\d'
    r"|[0-9a-f]{8}-[0-9a-f-]{27}"
)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def person() -> Any:
    return PersonFactory()


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def pages_of(user: User, person: Any) -> dict[str, str]:
    """Everything that shows help, as one user sees it."""
    client: Client = signed_in(user)
    of_person = ("assistance:person", "assistance:create", "workbench:person", "persons:history")
    urls = [reverse(name, args=[person.public_id]) for name in of_person]
    urls += [reverse(name) for name in ("assistance:list", "workbench:today")]
    if user.may(Permission.ASSISTANCE_LEDGER):
        urls += [reverse(f"assistance:{name}") for name in ("ledger", "budget", "elsewhere")]
        days = f"?from={today() - timedelta(days=90)}&to={today()}"
        names = ("dashboard", "assistance_persons", "assistance_person_times")
        urls += [reverse(f"reports:{name}") + days for name in names]
    if user.may(Permission.ADMIN_RECORDS):
        models = ("assistance", "assistancestep", "payment", "look", "samehelpquestion",
                  "programme", "budget")  # fmt: skip
        urls += [reverse(f"admin:assistance_{name}_changelist") for name in models]
    found = {}
    for url in urls:
        answer = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == 200, url
        found[url] = DRAWN.sub("", answer.content.decode())
    return found


def differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Lines of a page that were not there before, or are no more."""
    return [
        f"{url}: {line.strip()[:300]}"
        for url, text in after.items()
        for line in set(text.splitlines()) ^ set(before[url].splitlines())
    ]


def sealed_for(person: Any, boss: User) -> Assistance:
    """Of each kind; one of them received long ago and looked at."""
    day = today() - timedelta(days=40)
    rows = [helped(kind, person=person, by=boss, found_on=day) for kind in SEALED_KINDS]
    paid(rows[0], None, how="service", paid_on=day, by=boss)
    paid(rows[1], None, how="service", paid_on=day, by=boss)
    looked(rows[0], by=boss)
    ask_for_same_help(assistance=rows[2], by=boss, first=today(), last=today())
    set_budget(
        programme=programme("hiv"), area=area(QIONGHAI), year=today().year, amount_fen=1000, by=boss
    )
    return rows[0]


@pytest.mark.parametrize("role", ["worker", "records_admin"])
def test_nothing_differs_for_who_lacks_the_permission(role: str, person: Any, boss: User) -> None:
    user = UserFactory() if role == "worker" else UserFactory(records_admin=True)
    if role == "worker":
        AssignmentFactory(person=person, worker=user, by=boss)
    paid(approved(person=person, by=boss), by=boss)
    before = pages_of(user, person)
    row = sealed_for(person, boss)
    assert differing(before, pages_of(user, person)) == []
    for model in MODELS:
        assert not model.objects.visible_to(user).filter(restricted=True).exists()
    for name in ("detail", "pay", "look", "ask"):
        url = reverse(f"assistance:{name}", args=[row.public_id])
        assert signed_in(user).get(url, secure=True).status_code == 404


def test_who_holds_the_permission_sees_it_and_figures_call_it_medical(
    person: Any, boss: User
) -> None:
    row = sealed_for(person, boss)
    client = signed_in(boss)
    text = client.get(
        reverse("assistance:detail", args=[row.public_id]), secure=True, HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()
    assert "Psychiatric referral" in text
    days = f"?from={today() - timedelta(days=90)}&to={today()}"
    url = reverse("reports:assistance_person_times") + days
    rows = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Medical aid" in rows
    assert "Psychiatric" not in rows
    medical = client.get(f"{url}&kind=medical", secure=True).content.decode()
    assert person.name in medical
    other = client.get(f"{url}&kind=relief", secure=True).content.decode()
    assert person.name not in other


def test_an_export_calls_it_medical(person: Any, boss: User) -> None:
    sealed_for(person, boss)
    answer = signed_in(boss).post(
        reverse("assistance:list"), {"purpose": "季度汇总", "format": "csv", "whole": "1"},
        secure=True, HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    text = b"".join(answer.streaming_content).decode()
    assert text.count("Medical aid") == len(SEALED_KINDS)
    assert not any(word in text for word in ("Psychiatric", "HIV", "Hepatitis"))


def test_an_export_of_what_help_changed_carries_nobody_s_words(person: Any, boss: User) -> None:
    day = today() - timedelta(days=40)
    plain = approved(person=person, by=boss, found_on=day)
    paid(plain, paid_on=day, by=boss)
    looked(plain, by=boss, words="本人说不再吸毒")
    sealed_for(person, boss)
    answer = signed_in(boss).post(
        reverse("assistance:changes"),
        {"purpose": "季度汇总", "format": "csv", "whole": "1"}, secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    text = b"".join(answer.streaming_content).decode()
    assert ("Medical aid" in text, "Temporary relief" in text) == (True, True)
    assert not any(word in text for word in ("毒", "Psychiatric", "HIV"))


def test_the_permission_is_one_of_its_own() -> None:
    holders = {role for role in Role if Permission.ASSISTANCE_SEALED in ROLES[role].permissions}
    assert holders == {Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR}


def test_a_worker_does_not_begin_one(person: Any) -> None:
    worker = UserFactory()
    AssignmentFactory(person=person, worker=worker, on=date(2024, 1, 1))
    answer = signed_in(worker).post(
        reverse("assistance:create", args=[person.public_id]),
        {"programme": programme("hiv").pk, "beneficiary": "person", "found_on": today(),
         "client_uuid": uuid4()}, secure=True,
    )  # fmt: skip
    assert answer.status_code == 422
    assert not Assistance.objects.exists()
