"""The demo: a county's year, the same each time, only where every person is invented."""

from collections import Counter
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from apps.accounts.models import AccountProposal, User
from apps.core.days import today
from apps.core.models import NightlyRun
from apps.demo import loading
from apps.demo.lives import PERSONS, STATES, dates_for, states
from apps.demo.loading import load_demo
from apps.demo.people import invent
from apps.demo.staff import create_demo_accounts, demo_accounts, demo_workers
from apps.demo.twins import FILES
from apps.drugtests.following import asks_for_more
from apps.drugtests.models import DrugTest
from apps.persons.identity import check_resident
from apps.persons.models import Person
from tests.demo.told import FILED, told

pytestmark = pytest.mark.django_db
FEW = 20


def test_outside_demo_mode_it_is_refused(settings):
    settings.DEMO = False
    for command in ("load_demo", "demo_accounts"):
        with pytest.raises(CommandError, match="demo mode"):
            call_command(command)
    assert not Person.objects.exists()


def test_cut_short_it_goes_on_where_it_stopped_and_comes_to_the_same(demo, monkeypatch):
    """Names, days, numbers of papers, what waits for a decision: as of a load without a break."""
    monkeypatch.setattr(loading, "PIECE", 10)
    with transaction.atomic():
        load_demo(persons=FEW)
        whole = told()
        transaction.set_rollback(True)
    assert len(whole) > 300
    bring_in = loading.bring_in_checkins
    calls = []

    def break_off(*args, **kwargs):
        calls.append(args)
        if len(calls) > 12:
            raise KeyboardInterrupt
        return bring_in(*args, **kwargs)

    with monkeypatch.context() as cut:
        cut.setattr(loading, "bring_in_checkins", break_off)
        with pytest.raises(KeyboardInterrupt):
            load_demo(persons=FEW)
    assert 0 < Person.objects.count() < FEW
    assert NightlyRun.objects.get(name="load_demo").counts["persons"] == Person.objects.count()
    load_demo(persons=FEW)
    assert Person.objects.count() == FEW + FILED + FILES
    # Whatever asks for more than its record has its dossier.
    bare = DrugTest.objects.valid().filter(source="page", outcome="taken", dossier=None)
    assert not [test for test in bare if asks_for_more(test)]
    assert told() == whole


def test_every_role_has_an_account_that_is_printed(demo):
    create_demo_accounts()
    assert [account.username for account in demo_accounts()] == [
        "demo-worker", "demo-town", "demo-county", "demo-records", "demo-province", "demo-system",
        "demo-auditor",
    ]  # fmt: skip
    assert len(demo_workers()) == 12
    assert demo_workers()[0].check_password(demo_accounts()[0].password)
    for _ in range(2):
        for name in ("demo-county", "demo-records"):
            decider = User.objects.get(username=name)
            assert AccountProposal.objects.decidable_by(decider).count() == 1
        create_demo_accounts()
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    assert "demo-auditor" in out.getvalue()


def test_three_hundred_lives_in_every_state():
    spread = Counter(states())
    assert spread.total() == PERSONS
    assert {state: spread[state] for state in STATES} == STATES
    assert states() == states()


def test_invented_numbers_are_right_and_belong_to_nobody():
    people = [invent(n, Random(n), today()) for n in range(PERSONS)]
    assert len({who.number for who in people}) == PERSONS
    for who in people:
        assert check_resident(who.number).number.startswith("469098")
        assert who.phone == "" or who.phone.startswith("100")


@pytest.mark.parametrize("state", [*STATES, "in_force"])
def test_dates_follow_the_law_in_every_state(state):
    for seed in range(60):
        dates = dates_for(state, Random(seed), today())
        known = [day for day in (dates.decided, dates.reported, dates.agreed) if day]
        assert known == sorted(known)
        assert known[-1] <= today()
