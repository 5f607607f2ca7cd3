"""Each story of the demo ends as it should, and everybody who shows the product meets it."""

from datetime import timedelta
from random import Random

import pytest
from django.test import override_settings

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.areas.models import Area
from apps.assessments.models import Assessment, LifeEvent, Round, SealedFlag
from apps.breaches.models import Breach, Response
from apps.cases.models import Case, PoliceReport, Suspension
from apps.core.days import today
from apps.demo.arrivals import EXPECTED, expect_releases
from apps.demo.assessing import open_rounds
from apps.demo.clock import on_day
from apps.demo.staff import create_demo_accounts, demo_workers
from apps.demo.stories import endings, moves, turns, wrongs
from apps.demo.stories.casting import ARRIVING, STORIES, cast, of_demo_worker
from apps.demo.stories.scene import Scene
from apps.intake.codes import ReleaseState
from apps.intake.models import Release
from apps.persons.services import assign_worker
from apps.transfers.models import Transfer
from tests.demo.conftest import make_villages
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.once import once

pytestmark = pytest.mark.django_db
WORKERS = 12


@pytest.fixture(scope="module")
def _staff(django_db_setup, django_db_blocker):
    def make():
        make_villages()
        create_demo_accounts()

    with override_settings(DEMO=True), once(django_db_blocker, make):
        yield


@pytest.fixture
def scenes(_staff):
    """A new person of the demo worker for each story."""
    workers = demo_workers()
    users = User.objects.select_related("area").in_bulk(field_name="username")

    def make(sequence: int, **dates: object) -> Scene:
        since = today() - timedelta(days=400)
        person = PersonFactory(area=Area.objects.get(code="469002100201"))
        facts = {"decided_on": since, "received_on": since, "reported_on": since,
                 "agreement_on": since, "measure": "SQJD"}  # fmt: skip
        case = CaseFactory(person=person, **(facts | dates))
        assign_worker(persons=[person], worker=workers[0], by=users["demo-county"], on=since)
        return Scene(
            today(), sequence, person, case, workers[0], users["demo-town"], users["town101"],
            Random(sequence),
        )  # fmt: skip

    return make


def breaches(scene: Scene) -> list[str]:
    return list(
        Breach.objects.filter(case=scene.case).order_by("pk").values_list("decision", flat=True)
    )


def waiting(scene: Scene) -> list[str]:
    rows = Proposal.objects.filter(person=scene.person, decision="")
    return list(rows.values_list("kind", flat=True))


def test_breaches_stand_in_every_stage(scenes):
    """戒毒条例 art. 20: heard first, decided by a supervisor, and only then answered."""
    wanted = {
        wrongs.spoken_to: (["confirmed"], [], ["education"]),
        wrongs.admonished: (["confirmed"], [], ["admonition"]),
        wrongs.warned: (["confirmed"] * 2, [], ["admonition", "warning"]),
        wrongs.believed: (["not_confirmed"], [], []),
        wrongs.to_be_heard: ([""], [], []),
        wrongs.to_be_decided: ([""], ["breach"], []),
        wrongs.not_to_be_found: ([""], [], []),
        wrongs.serious: (["confirmed"] * 3, [], ["education", "admonition"]),
        wrongs.reported: (["confirmed"] * 3, [], []),
        wrongs.to_be_reported: (["confirmed"] * 3, ["police_report"], []),
    }
    for number, (story, (decisions, waits, answers)) in enumerate(wanted.items()):
        scene = scenes(number)
        story(scene)
        assert (breaches(scene), waiting(scene)) == (decisions, waits), story.__name__
        given = Response.objects.filter(person=scene.person).order_by("pk")
        assert list(given.values_list("kind", flat=True)) == answers, story.__name__
    reports = PoliceReport.objects.order_by("pk").values_list("outcome", "reported_on")
    assert [(outcome, on is not None) for outcome, on in reports] == [
        ("warned", True), ("", True), ("", False),
    ]  # fmt: skip


def test_transfers_stand_in_every_stage(scenes):
    """戒毒条例 art. 22."""
    wanted = {
        moves.asked: "asked", moves.handed_over: "handed_over", moves.sent_back: "refused",
        moves.arrived: "accepted", moves.awaited: "accepted", moves.late: "accepted",
    }  # fmt: skip
    for number, (story, state) in enumerate(wanted.items()):
        scene = scenes(number)
        story(scene)
        assert Transfer.objects.get(case=scene.case).state == state, story.__name__
    assert Transfer.objects.exclude(agreement_on=None).count() == 1
    assert Transfer.objects.overdue_on(today()).count() == 1
    assert {case.town.code for case in Case.objects.filter(transfers__state="accepted")} == {
        "469002101"
    }


def test_turns_of_a_life_are_on_file(scenes):
    for number, story in enumerate(
        (turns.held, turns.high_waits, turns.objects, turns.something_happened, turns.confided)
    ):
        story(scenes(number))
    assert Suspension.objects.exclude(ended_on=None).count() == 1
    assert Assessment.objects.filter(standing="waiting", risk_level="high").count() == 1
    assert Assessment.objects.exclude(objected_on=None).count() == 1
    assert LifeEvent.objects.count() == 2
    assert SealedFlag.objects.count() == 1


def test_orders_end_with_the_notice_and_the_end_of_control(scenes):
    """戒毒条例 arts. 7, 23."""
    since = today() - timedelta(days=1130)
    for number, story in enumerate((endings.control_to_end, endings.control_ended)):
        story(
            scenes(number, decided_on=since, received_on=since, reported_on=since,
                   agreement_on=since)
        )  # fmt: skip
    assert Case.objects.filter(closure_reason="released").count() == 2
    assert sorted(Proposal.objects.values_list("decision", flat=True)) == ["", "approved"]


def test_releases_and_rounds_are_there(scenes):
    """戒毒条例 art. 34; one comes late, one was received, files were opened."""
    county = Area.objects.get(code="469002")
    scenes(0)
    boss = User.objects.get(username="demo-county")
    towns = list(Area.objects.filter(parent=county, level="town").order_by("code"))
    expect_releases(towns, boss, today())
    states = [release.state_on(today()) for release in Release.objects.order_by("pk")]
    assert len(states) == len(EXPECTED)
    assert set(states) >= {
        ReleaseState.EXPECTED,
        ReleaseState.OVERDUE,
        ReleaseState.TO_OPEN,
        ReleaseState.TO_REPORT,
        ReleaseState.OFF,
    }
    open_rounds(county, boss, today())
    assert Round.objects.filter(first__lte=today(), last__gte=today()).count() == 1


def test_the_demo_worker_meets_every_story_and_others_come_from_elsewhere():
    told = cast(WORKERS)
    own = [story for number, story in told.items() if of_demo_worker(number, WORKERS)]
    assert set(own) >= set(STORIES)
    assert set(told.values()) >= {*ARRIVING, wrongs.never_came, endings.control_to_end}


def test_the_clock_of_the_demo_goes_back_to_now():
    day = today()
    with on_day(day - timedelta(days=40)):
        assert today() == day - timedelta(days=40)
    assert today() == day
