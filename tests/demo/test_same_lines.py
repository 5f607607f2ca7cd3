"""What is due has one definition: Today, the person page, the figure, the list and its export."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.cases.orders import orders_of
from apps.core.days import today
from apps.core.navigation import TODAY_COUNT
from apps.demo.lives import PERSONS
from apps.demo.loading import load_demo
from apps.persons.models import Person
from apps.reports.indicators import INDICATORS
from apps.reports.period import Period
from apps.schedule.lines import LATE, QUIET, TODAY, heads_on, lines_for_person
from apps.schedule.models import DueItem
from apps.workbench.facts import attach_facts
from apps.workbench.persons_list import PersonTable
from apps.workbench.step_lines import ACTS, AGREEMENT, NOTICE, REPORT, RETURN, StepHead
from apps.workbench.today import heads_of
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
# Steps whose last day the person's page shows, too.
OWN_PAGE = {REPORT, AGREEMENT, RETURN, NOTICE}


def test_every_person_of_the_demo_has_the_same_lines_everywhere(demo):
    load_demo()
    day, boss = today(), User.objects.get(username="demo-county")
    far = day + timedelta(days=4000)
    in_today = {head.item_id for head in heads_of(boss, day) if hasattr(head, "item_id")}
    heads = heads_on(DueItem.objects.visible_to(boss), day, until=far)
    persons = list(Person.objects.visible_to(boss).order_by("pk"))
    assert len(persons) >= PERSONS
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


def reminders_are_the_steps_of_the_persons_page(persons, boss, day):
    """Day 10 and 13 of the report among them (条例 art. 14), and the last day in both."""
    awaited = defaultdict(set)
    for head in heads_of(boss, day):
        if isinstance(head, StepHead) and head.step in OWN_PAGE:
            awaited[head.person_id].add((ACTS[head.step], head.final_on))
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
