"""The demo: a county's year, the same each time, only where every person is invented."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from apps.accounts.models import AccountProposal, User
from apps.approvals.models import Proposal
from apps.assessments.models import Assessment, HelpFlag
from apps.breaches.models import Breach, Response
from apps.cases.models import Case, PoliceReport
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.models import NightlyRun
from apps.demo import loading
from apps.demo.arrivals import EXPECTED
from apps.demo.lives import PERSONS, STATES, dates_for, states
from apps.demo.loading import load_demo
from apps.demo.people import invent
from apps.demo.staff import create_demo_accounts, demo_accounts, demo_workers
from apps.demo.twins import FILES, MEN
from apps.documents.models import IssuedDocument
from apps.intake.models import Release
from apps.persons.alike import likely_pairs, reasons
from apps.persons.identity import check_resident
from apps.persons.models import Person
from apps.transfers.models import Transfer

pytestmark = pytest.mark.django_db
FEW = 30
# Of the releases that are announced those whose file was opened: persons beyond the few.
FILED = sum(row[-1] == "filed" for row in EXPECTED)


def told() -> list[tuple[object, ...]]:
    """What was loaded, without the ids that every run makes anew."""
    return [
        row
        for rows, names in (
            (Person.objects, ("name", "name_pinyin", "life_status", "town__code")),
            (CheckIn.objects, ("day", "method", "person__name")),
            (Breach.objects, ("starts_on", "kind", "decision", "person__name", "client_uuid")),
            (Response.objects, ("on", "kind", "paper__number")),
            (Assessment.objects, ("assessed_on", "tier", "standing", "told_on", "person__name")),
            (HelpFlag.objects, ("since", "kind", "ended_on")),
            (Transfer.objects, ("asked_on", "state", "decided_on", "person__name")),
            (PoliceReport.objects, ("ground", "reported_on", "outcome")),
            (Release.objects, ("name", "expected_on", "received_on")),
            (IssuedDocument.objects, ("number", "issued_on", "person__name")),
            (Proposal.objects, ("kind", "decision", "proposed_at", "person__name")),
        )
        for row in rows.order_by("pk").values_list(*names)
    ]


def test_outside_demo_mode_it_is_refused(settings):
    settings.DEMO = False
    for command in ("load_demo", "demo_accounts"):
        with pytest.raises(CommandError, match="demo mode"):
            call_command(command)
    assert not Person.objects.exists()


def test_a_year_of_work_is_loaded_and_a_second_start_adds_nothing(demo):
    loaded = load_demo(persons=FEW)
    assert (loaded.before, loaded.added) == (0, FEW)
    assert Person.objects.count() == FEW + FILED + FILES
    assert Case.objects.in_force_on(today()).exists()
    assert CheckIn.objects.filter(day__lt=today() - timedelta(days=200)).exists()
    assert not CheckIn.objects.filter(day__gt=today()).exists()
    three_men_have_two_files_each()
    before = told()
    again = load_demo(persons=FEW)
    assert (again.before, again.added) == (FEW, 0)
    assert told() == before


def three_men_have_two_files_each():
    """Seen by the worker who has both, by the records administration all; each for its reason."""
    pairs = {
        who: likely_pairs(User.objects.get(username=f"demo-{who}")) for who in ("worker", "records")
    }
    with translation.override("en"):
        said = {(pair.one.name, pair.other.name): reasons(pair.one, pair.other)
                for pair in pairs["records"]}  # fmt: skip
    assert {(man.name, man.second_name) for man in MEN} <= set(said)
    assert said["符文光", "符文光"] == ["same name", "same date of birth", "one file has no number"]
    assert said["吴国明", "吴国铭"] == ["sounds the same", "same date of birth", "same phone"]
    assert said["陈福山", "陈福川"] == [
        "one character of the name differs", "same date of birth", "same phone",
    ]  # fmt: skip
    assert [pair.one.name for pair in pairs["worker"]] == ["符文光"]


def test_cut_short_it_goes_on_where_it_stopped(demo, monkeypatch):
    monkeypatch.setattr(loading, "PIECE", 10)
    bring_in = loading.bring_in_checkins
    calls = []

    def break_off(*args, **kwargs):
        calls.append(args)
        if len(calls) > 12:
            raise KeyboardInterrupt
        return bring_in(*args, **kwargs)

    monkeypatch.setattr(loading, "bring_in_checkins", break_off)
    with pytest.raises(KeyboardInterrupt):
        load_demo(persons=FEW)
    assert 0 < Person.objects.count() < FEW
    assert NightlyRun.objects.get(name="load_demo").counts["persons"] == Person.objects.count()
    monkeypatch.setattr(loading, "bring_in_checkins", bring_in)
    load_demo(persons=FEW)
    assert Person.objects.count() == FEW + FILED + FILES


def test_loaded_anew_it_is_the_same(demo):
    """Names, days, numbers of papers, what waits for a decision."""
    runs = []
    for _run in range(2):
        with transaction.atomic():
            load_demo(persons=14)
            runs.append(told())
            transaction.set_rollback(True)
    assert runs[0] == runs[1]
    assert len(runs[0]) > 300


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
