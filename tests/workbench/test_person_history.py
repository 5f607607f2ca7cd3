"""The history of a file tells every tracked row about the person, but what is confidential."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from apps.accounts.permissions import Permission
from apps.breaches.services import withdraw_breach
from apps.core.days import today
from apps.core.records import FileRows, every
from apps.needs.services import close_need, record_need, reopen_need
from apps.persons.merging.rows import references
from apps.persons.models import Person
from apps.workbench.person_history import is_tracked, told_models
from tests.factories.accounts import UserFactory
from tests.factories.breaches import recorded
from tests.factories.drugtests import sampled
from tests.factories.schedule import case_of

# In no person's history: see apps/assessments/models/flags.py.
# Packages and arrivals are sealed wholes of a file: their pages tell what became of them.
CONFIDENTIAL = {"SealedFlag", "SessionNotes", "Package", "Arrival"}


def test_every_tracked_model_of_a_person_is_told_or_confidential() -> None:
    tracked = {
        one.model.__name__ for one in references(left_out=(Person,)) if is_tracked(one.model)
    }
    told = {model.__name__ for model, _mine, _permission in told_models()}
    assert told == tracked - CONFIDENTIAL
    assert {"CheckIn", "Meeting", "DrugTest", "Need", "Assessment", "IssuedDocument"} <= told


def test_what_differs_is_said_of_models_that_would_be_told() -> None:
    names = {one.model for one in references(left_out=())}
    assert {rows.model for rows in every(FileRows)} <= names
    assert {model for model in apps.get_models() if model.__name__ in CONFIDENTIAL} <= names


def test_papers_are_told_to_those_who_see_papers() -> None:
    asked = {model.__name__: permission for model, _mine, permission in told_models() if permission}
    assert asked == dict.fromkeys(("IssuedDocument", "Attachment"), Permission.DOCUMENT_VIEW)


@pytest.mark.django_db
def test_fifty_changes_stand_on_a_page(client: Client) -> None:
    worker = UserFactory()
    person = case_of(worker).person
    for number in range(50):
        Person.objects.filter(pk=person.pk).update(name=f"陈海{number}")
    sampled(person, date(2024, 4, 2), by=worker)
    client.force_login(worker)
    url = reverse("persons:history", args=[person.public_id])
    first: Any = client.get(url, secure=True, headers={"Accept-Language": "en"})
    told = first.context["entries"]
    assert (len(told), told[0].subject, told[0].who) == (50, "drug test", worker.name)
    rest = client.get(url, {"from": 50}, secure=True).context["entries"]
    assert rest
    assert not {(one.subject, one.when) for one in rest} & {(one.subject, one.when) for one in told}


@pytest.mark.django_db
def test_a_reason_stands_once_and_no_sealed_words_stand_among_the_changes(client: Client) -> None:
    """What is stored encrypted is told as the reason of its act or as changed: never as both."""
    worker, boss = UserFactory(), UserFactory(town_supervisor=True)
    case = case_of(worker)
    breach = recorded(case, worker)
    withdraw_breach(breach=breach, by=worker, reason="记错了日期")
    need = record_need(
        person=case.person, by=worker, kind="work", said_on=today(), urgency="normal",
        said_by="person", words="想找活干",
    )  # fmt: skip
    close_need(need=need, by=worker, outcome="met", on=today(), note="已上岗")
    reopen_need(need=need, by=worker, reason="三天后被辞退")
    client.force_login(boss)
    page: Any = client.get(
        reverse("persons:history", args=[case.person.public_id]), secure=True,
        headers={"Accept-Language": "en"},
    )  # fmt: skip
    told = {entry.why: entry for entry in page.context["entries"]}
    labels = [change.label for change in told["记错了日期"].what]
    assert "reason of the decision" not in labels
    assert "decision" in labels
    text = page.content.decode()
    assert text.count("记错了日期") == text.count("三天后被辞退") == 1
    assert not [words for words in ("已上岗", "想找活干", breach.facts) if words in text]
