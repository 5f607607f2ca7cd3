"""What is due has one definition: Today, the person page, the figure, the list and its export."""

from collections import defaultdict
from datetime import timedelta

import pytest

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.core.days import today
from apps.demo.lives import PERSONS
from apps.demo.loading import load_demo
from apps.persons.models import Person
from apps.reports.indicators import INDICATORS
from apps.reports.period import Period
from apps.schedule.lines import heads_on, lines_for_person
from apps.schedule.models import DueItem
from apps.workbench.facts import attach_facts
from apps.workbench.persons_list import PersonTable
from apps.workbench.today import heads_of

pytestmark = pytest.mark.django_db


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
