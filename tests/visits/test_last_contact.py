"""The last contact is one day wherever it is said: file, list, sorting, lost contact, dashboard."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.checkins.edits import withdraw_checkin
from apps.core.days import today
from apps.persons.models import Person
from apps.reports.row_facts import set_facts, with_last_seen
from apps.visits.facts import attach_facts
from apps.visits.lost import mark_found, set_lost_contact, silences
from apps.visits.models import LostContact
from apps.workbench.person_file import PersonFile
from apps.workbench.persons_list import _for_sorting
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.pages import signed_in
from tests.factories.schedule import case_of, seen
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def case(worker: User) -> Case:
    return case_of(worker)


def everywhere(case: Case) -> set[date | None]:
    """What each place says of the one person."""
    person, row = Person.objects.get(pk=case.person_id), Case.objects.get(pk=case.pk)
    attach_facts([person], today())
    set_facts([row], today())
    return {
        person.facts.last_contact,  # type: ignore[attr-defined]
        row.facts.last_contact,  # type: ignore[attr-defined]
        _for_sorting(Person.objects.filter(pk=person.pk), "last_contact").get().last_contact_on,
        with_last_seen(Case.objects.filter(pk=case.pk), today()).get().last_seen,
        silences([person.pk], today())[person.pk].since,
    }


def lost(case: Case, worker: User) -> LostContact:
    gone = {"outcome": "not_done", "reason": "not_found", "next_on": NOW}
    seen(case, NOW - 3 * DAY, method="phone", **gone)
    seen(case, NOW - 2 * DAY, method="message", **gone)
    tried(case, NOW - DAY, next_on=NOW)
    return set_lost_contact(person=case.person, by=worker, reason="多次联系不上")


def test_met_and_found_are_the_same_day_everywhere(case: Case, worker: User) -> None:
    seen(case, NOW - 40 * DAY)
    assert everywhere(case) == {NOW - 40 * DAY}
    met(case, NOW - 30 * DAY)
    assert everywhere(case) == {NOW - 30 * DAY}
    invalid = {"result": "invalid"}
    sampled(case.person, NOW - 25 * DAY, by=worker, **invalid)
    assert everywhere(case) == {NOW - 25 * DAY}
    not_sampled(case.person, NOW - 20 * DAY, "no_kit", by=worker, next_on=NOW - 19 * DAY)
    flag = lost(case, worker)
    assert everywhere(case) == {NOW - 25 * DAY}
    mark_found(lost=flag, by=worker, on=NOW, words="在姐姐家")
    assert everywhere(case) == {NOW}


def test_a_flag_says_the_last_contact_as_the_entries_are(case: Case, worker: User) -> None:
    seen(case, NOW - 40 * DAY)
    wrong = seen(case, NOW - 20 * DAY).checkin
    flag = lost(case, worker)
    withdraw_checkin(checkin=wrong, by=UserFactory(town_supervisor=True), reason="记错人")
    found = PersonFile(case.person, worker, today(), whole=True).lost_contact
    assert found is not None
    assert found.d1 == NOW - 40 * DAY
    client, day = signed_in(worker), f"{NOW - 40 * DAY:%Y-%m-%d}"
    assert day[5:] in client.get(reverse("visits:lost")).content.decode()
    page = client.get(reverse("visits:lost-detail", args=[flag.public_id])).content.decode()
    assert "4月24日" in page
    assert "5月14日" not in page


def test_a_flag_ends_with_whatever_is_a_contact(case: Case, worker: User, clock: Any) -> None:
    """A sample is taken by two people who see the person."""
    seen(case, NOW - 40 * DAY)
    flag = lost(case, worker)
    clock.shift(60)
    not_sampled(case.person, NOW, "no_kit", by=worker, next_on=NOW + DAY)
    assert list(LostContact.objects.standing()) == [flag]
    sampled(case.person, NOW, by=worker)
    assert list(LostContact.objects.standing()) == []


def test_whoever_was_never_seen_stands_where_their_days_without_contact_put_them(
    worker: User,
) -> None:
    boss, newer_on = UserFactory(town_supervisor=True), NOW - 40 * DAY
    never, once = case_of(worker), case_of(worker)
    newer = case_of(worker, reported_on=newer_on, agreement_on=newer_on)
    seen(once, NOW - 30 * DAY, by=worker)
    answer = signed_in(boss).get(
        reverse("reports:no_contact"), {"area": "469002100", "from": NOW, "to": NOW}, secure=True
    )
    text = answer.content.decode()
    places = [text.index(str(case.person.public_id)) for case in (never, newer, once)]
    assert places == sorted(places)
