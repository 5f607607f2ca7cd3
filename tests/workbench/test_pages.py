"""Smoke: every page answers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.core.days import today
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client: Client):
    boss = UserFactory(town_supervisor=True)
    case = CaseFactory(
        reported_on=today() - timedelta(days=411), agreement_on=today() - timedelta(days=411)
    )
    ContactFactory(person=case.person)
    client.force_login(boss)
    return boss, case


@pytest.mark.parametrize(
    "name",
    [
        "persons:list",
        "persons:create",
        "persons:lookups",
        "cases:unassigned",
        "cases:gaps",
        "workbench:search",
    ],
)
def test_lists(client, world, name):
    r = client.get(reverse(name), secure=True)
    assert r.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "workbench:person",
        "workbench:person-print",
        "persons:edit",
        "persons:life-status",
        "persons:reveal",
        "persons:call",
        "persons:contacts",
        "persons:contact-add",
        "persons:history",
        "cases:case",
        "cases:open",
        "cases:tier",
    ],
)
def test_person(client, world, name):
    r = client.get(reverse(name, args=[world[1].person.public_id]), secure=True)
    assert r.status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "cases:report",
        "cases:agreement",
        "cases:plan",
        "cases:leave",
        "cases:suspend",
        "cases:close",
        "cases:correct",
    ],
)
def test_case(client, world, name):
    r = client.get(reverse(name, args=[world[1].public_id]), secure=True)
    assert r.status_code == 200
