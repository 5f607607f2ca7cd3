"""The demo as it is loaded. What is due has one definition: Today, the person page, the figure, the
list and its export.
"""

import os
import re
from collections import defaultdict
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import Area
from apps.campaigns.models import Campaign, CampaignTarget
from apps.care.codes import Doer, StepEnd
from apps.care.models import CareList, CareListEntry, CarePlan, CareStep
from apps.cases.models import Case
from apps.cases.next_steps import AGREEMENT, RELEASE, REPLY, REPORT, RETURN
from apps.cases.order_cards import orders_of
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.navigation import TODAY_COUNT
from apps.counselling.codes import FamilyTold, Ground, Kind as SessionKind
from apps.counselling.models import Session, SessionNotes
from apps.demo.drawing import FORTNIGHTS, WANTED
from apps.demo.lives import PERSONS
from apps.demo.loading import load_demo
from apps.demo.twins import FILES, MEN
from apps.draws.models import Draw, Drawn
from apps.draws.services import result_of
from apps.drugtests.models import Dossier, Step
from apps.employment.codes import Examination, Kind
from apps.employment.models import Enrolment, Placement
from apps.followups.models import FollowUpRound, FollowUpTarget
from apps.followups.querysets import PARTS
from apps.learning.models import LearningRecord, UnitScore
from apps.persons.alike import likely_pairs, reasons
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.reports.indicators import INDICATORS
from apps.schedule.due_lines import LATE, QUIET, TODAY, heads_on, lines_for_person
from apps.schedule.duties import duties
from apps.schedule.models import DueItem
from apps.schedule.waiting_lines import lines
from apps.transfers.models import Transfer
from apps.transfers.services import record_arrival
from apps.treatment.codes import EndReason, Medicine
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.visits.facts import attach_facts
from apps.workbench.order_lines import OF_ORDERS, StepHead
from apps.workbench.persons_list import PersonTable
from apps.workbench.today import TABS, heads_of, page_of, whole_rows
from tests.demo.conftest import make_villages
from tests.demo.told import FILED, told
from tests.factories.pages import signed_in
from tests.once import once

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
# Two thirds of it show every kind of line; `make soak` takes the whole.
NUMBER = PERSONS if SOAK else PERSONS * 2 // 3
# Steps whose last day the person's page shows, too.
OWN_PAGE = {REPORT, AGREEMENT, RETURN, RELEASE}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for all that is asked of it."""

    def make():
        make_villages()
        return load_demo(persons=NUMBER)

    with override_settings(DEMO=True), once(django_db_blocker, make) as found:
        yield found


def test_the_follow_ups_of_the_demo_have_every_outcome(loaded):
    found = FollowUpRound.objects.order_by("first").first()
    parts = FollowUpTarget.objects.all().counted()[found.pk]
    assert all(parts[part] for part in PARTS), parts


def test_work_and_training_of_the_demo_have_every_stage(loaded):
    assert set(Placement.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert Placement.objects.exclude(ended_on=None).exists()
    assert set(Enrolment.objects.values_list("examination", flat=True)) == set(Examination.values)


def test_treatment_and_learning_of_the_demo_have_every_stage(loaded):
    assert set(Treatment.objects.values_list("medicine", flat=True)) == set(Medicine.values)
    reasons = Treatment.objects.values_list("end_reason", flat=True)
    assert set(reasons) == {"", *EndReason.values}
    assert Treatment.objects.exclude(withdrawn_at=None).exists()
    kinds = Clinic.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["centre"] + ["station"] * 4
    assert Attendance.objects.standing().count() > 5
    points = {row.points_text for row in LearningRecord.objects.all()}
    assert points >= {"98.9", "95.50", ""}
    assert LearningRecord.objects.exclude(withdrawn_at=None).exists()
    assert UnitScore.objects.get().points_text == "98.9"


def test_counselling_of_the_demo_has_every_kind_and_stage(loaded):
    rows = Session.objects.all()
    assert {row.kind for row in rows} == set(SessionKind.values)
    assert {row.ground for row in rows} == set(Ground.values)
    assert {row.family_told for row in rows} == {"", *FamilyTold.values}
    assert rows.filter(version__gt=1, withdrawn_at=None).exists()
    assert rows.exclude(withdrawn_at=None).exists()
    assert SessionNotes.objects.exists()


def test_care_of_the_demo_has_every_state(loaded):
    assert set(CareStep.objects.values_list("ended", flat=True)) == {"", *StepEnd.values}
    assert set(CareStep.objects.values_list("doer", flat=True)) == set(Doer.values)
    assert CarePlan.objects.open().exists()
    assert CarePlan.objects.exclude(closed_on=None).exists()
    assert CarePlan.objects.exclude(withdrawn_at=None).exists()
    assert CareListEntry.objects.exclude(withdrawn_at=None).exists()
    counts = CareListEntry.objects.under_order_on(today()).counted(today())
    parts = counts[CareList.objects.get().pk]
    assert parts["whole"] > parts["planned"] > 0


def test_a_campaign_of_the_demo_is_half_done(loaded):
    rows = CampaignTarget.objects.filter(
        campaign=Campaign.objects.get(asks="persons", closed_at=None)
    )
    assert rows.filter(test__isnull=False).count() > 5
    assert rows.filter(test=None, excused_at=None).count() >= 5
    assert rows.exclude(excused_at=None).exists()
    assert rows.exclude(slot=None).count() >= 5
    # Of an earlier one everybody was told, and what was kept is at its date.
    earlier = Dossier.objects.filter(test__campaign_target__campaign__closed_at__isnull=False)
    assert set(earlier.values_list("waits_for", flat=True)) == {"", "keep"}


def test_a_draw_of_the_demo_can_be_made_again(loaded):
    draws = list(Draw.objects.order_by("day"))
    assert len(draws) == FORTNIGHTS + 1
    for made in draws:
        assert result_of(made) == made.drawn
        assert len(made.pool) >= len(made.drawn) == WANTED
    # Yesterday's alone waits, and the page says whether chance has picked on anybody.
    waiting = Drawn.objects.unanswered_on(today())
    assert {row.draw_id for row in waiting} <= {draws[-1].pk}


def test_a_positive_of_the_demo_names_its_strip(loaded):
    found = Step.objects.filter(kind="screened", result="positive", withdrawn_at=None)
    assert found.exists()
    for step in found:
        [read] = step.readings.filter(result="positive")
        assert read.kit is not None
        assert read.control_line is True
        assert read.kit_expires_on >= step.day


def test_a_year_of_work_is_loaded_and_a_second_start_adds_nothing(loaded):
    assert (loaded.before, loaded.added) == (0, NUMBER)
    assert Person.objects.count() == NUMBER + FILED + FILES
    assert Case.objects.in_force_on(today()).exists()
    assert CheckIn.objects.filter(day__lt=today() - timedelta(days=200)).exists()
    assert not CheckIn.objects.filter(day__gt=today()).exists()
    three_men_have_two_files_each()
    before = told()
    again = load_demo(persons=NUMBER)
    assert (again.before, again.added) == (NUMBER, 0)
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


def test_every_person_of_the_demo_has_the_same_lines_everywhere(loaded):
    day, boss = today(), User.objects.get(username="demo-county")
    far = day + timedelta(days=4000)
    in_today = {head.item_id for head in heads_of(boss, day) if hasattr(head, "item_id")}
    heads = heads_on(DueItem.objects.visible_to(boss), day, until=far)
    persons = list(Person.objects.visible_to(boss).order_by("pk"))
    assert len(persons) >= NUMBER
    heads_of_person = defaultdict(list)
    for head in heads:
        heads_of_person[head.person_id].append(head)
    attach_facts(persons, day)
    by_kind, late = set(), set()
    for person in persons:
        lines = lines_for_person(person, day)
        mine = heads_of_person[person.pk]
        assert [line.head for line in lines] == mine
        asked = [line for line in lines if not line.head.quiet_days]
        exported = PersonTable([person]).value_next_due(person)
        assert exported == person.facts.next_due == min((x.due_on for x in asked), default=None)
        assert in_today >= {x.item.pk for x in lines if x.due_on <= day}
        by_kind |= {line.kind for line in lines}
        late |= {line.case.pk for line in asked if line.days_late > 0}
    assert by_kind == {"checkin", "talk", "visit", "test", "hair", "summary"}
    assert late
    county = Area.objects.get(code="469002")
    figure = INDICATORS["overdue"].rows(Period(county, day.replace(day=1), day, day))
    assert set(figure.values_list("pk", flat=True)) == late
    assert not Case.objects.filter(pk__in=late).exclude(duties_end_on__gte=day).exists()
    reminders_are_the_steps_of_the_persons_page(persons, boss, day)
    the_number_at_the_side_is_what_today_shows(boss, day)
    every_line_says_why_and_stands_in_one_order(boss)


def reminders_are_the_steps_of_the_persons_page(persons, boss, day):
    """Day 10 and 13 of the report among them (条例 art. 14), and the last day in both."""
    awaited = defaultdict(set)
    for head in heads_of(boss, day):
        if isinstance(head, StepHead) and head.step in OWN_PAGE:
            awaited[head.person_id].add((f"cases:{head.step}", head.final_on))
    assert {name for steps in awaited.values() for name, _on in steps} >= {
        "cases:report", "cases:agreement", "cases:release",
    }  # fmt: skip
    for person in persons:
        shown = {
            (order.next.url_name, order.next.due_on)
            for order in orders_of(person, boss, day)
            if order.next is not None
        }
        assert awaited[person.pk] <= shown, person


def the_number_at_the_side_is_what_today_shows(boss, day):
    """The badge of the menu, and what the page lists: late, for today."""
    now = [head for head in heads_of(boss, day) if head.state in (LATE, TODAY, QUIET)]
    client = signed_in(boss)
    client.get(reverse("workbench:today"))
    kept = client.session[TODAY_COUNT]
    assert kept == [day.isoformat(), len(now)]


def every_line_says_why_and_stands_in_one_order(boss):
    """Of each kind that Today can show: rule, arithmetic, article; by date over all kinds."""
    # One who was awaited for long comes: the new agreement is next.
    come = Transfer.objects.awaited().earliest("decided_on", "pk")
    record_arrival(transfer=come, by=boss, on=today())
    client, told = signed_in(boss), set()
    for tab in TABS:
        number = pages = 1
        while number <= pages:
            found = page_of(boss, today(), tab=tab, by="due", number=number)
            page = client.get(f"/today/?tab={tab}&page={number}", secure=True).content.decode()
            assert len(re.findall(r'href="[^"]*/why/[^"]*\?next=', page)) == len(found.rows)
            for group in found.groups:
                for part in (group.rows, group.folded):
                    days = [head_of(row).due_on for row in part]
                    assert days == sorted(days)
            number, pages = number + 1, found.pages
    later = whole_rows(heads_of(boss, today(), until=today() + timedelta(days=400)), today())
    for row in later:
        kind, href = why_of_row(row)
        if kind not in told:
            told.add(kind)
            answer = client.get(href, secure=True).content.decode()
            assert answer.count("<p>") > 1, kind
            assert 'class="basis"' in answer, kind
    assert told >= {
        *(set(duties()) - {"letter"}),
        *OF_ORDERS,
        RETURN,
        REPLY,
        *(set(lines()) - {"letter"}),
        "need",
    }


def head_of(row):
    return row.line.head if hasattr(row, "line") else row.head


def why_of_row(row):
    if hasattr(row, "line"):
        return row.line.kind, reverse("schedule:why", args=[row.line.item.pk])
    kind, row_id = (
        ("need", row.need.public_id) if hasattr(row, "need") else (row.head.kind, row.head.row_id)
    )
    return kind, reverse("workbench:line-why", args=[kind, row_id])
