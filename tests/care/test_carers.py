"""Carers by name: who leads on which day, why somebody left, whom of the family is agreed to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.care.figures import CARERS, LISTS
from apps.care.shown import team_of
from apps.cases.models import Case, TeamMember
from apps.cases.order_cards import orders_of
from apps.cases.services import (
    add_member,
    close_case,
    correct_case,
    end_member,
    name_lead,
    withdraw_member,
)
from apps.core.refusals import Refused
from apps.notices.models import Notice
from apps.persons.figures import Period
from apps.persons.services import withdraw_contact_agreement
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, ContactFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


def member(case: Case, by: User, kind: str = "police", **facts: Any) -> TeamMember:
    return add_member(case=case, by=by, kind=kind, **{"on": DAY, "name": "吴某"} | facts)


def leads(case: Case, day: date) -> set[str]:
    return {one.name for one in TeamMember.objects.filter(case=case).leading_on(day)}


def test_who_leads_is_known_of_every_day(case: Case, boss: User) -> None:
    first = member(case, boss, on=date(2024, 4, 1), name="符建民")
    member(case, boss, "worker", on=date(2024, 5, 1), name="林晓", leads=True)
    assert leads(case, date(2024, 3, 31)) == set()
    assert leads(case, date(2024, 4, 30)) == {"符建民"}
    assert leads(case, DAY) == {"林晓"}
    first.refresh_from_db()
    assert (first.is_lead, first.led_from, first.led_until) == (
        False, date(2024, 4, 1), date(2024, 5, 1),
    )  # fmt: skip
    again = name_lead(member=first, by=boss)
    assert (again.led_from, again.led_until) == (DAY, None)
    assert name_lead(member=again, by=boss).led_from == DAY
    assert leads(case, date(2024, 6, 4)) == {"符建民"}


def test_a_lead_who_takes_over_from_an_earlier_day_breaks_no_row(case: Case, boss: User) -> None:
    first = member(case, boss, on=date(2024, 5, 20))
    member(case, boss, "worker", on=date(2024, 4, 1), leads=True)
    first.refresh_from_db()
    assert first.led_until == first.led_from == date(2024, 5, 20)


def test_whoever_joins_in_future_leads_from_then(case: Case, boss: User) -> None:
    later = member(case, boss, on=date(2024, 7, 1))
    assert leads(case, DAY) == set()
    assert leads(case, date(2024, 7, 1)) == {later.name}
    other = member(case, boss, "worker", on=date(2024, 8, 1))
    assert name_lead(member=other, by=boss).led_from == date(2024, 8, 1)


def test_why_somebody_left_is_kept_and_the_last_day_is_one_of_the_team(
    case: Case, boss: User
) -> None:
    gone = member(case, boss, on=date(2024, 4, 1))
    end_member(member=gone, by=boss, on=date(2024, 5, 1), reason="调到县里工作")
    gone.refresh_from_db()
    assert gone.end_reason == "调到县里工作"
    assert leads(case, date(2024, 5, 1)) == {gone.name}
    assert leads(case, date(2024, 5, 2)) == set()
    with pytest.raises(Refused, match="The end lies before the beginning"):
        end_member(member=member(case, boss), by=boss, on=date(2024, 6, 2), reason="调走了")


def test_somebody_else_is_said_in_words(case: Case, boss: User) -> None:
    with pytest.raises(Refused, match="Say in words who it is"):
        member(case, boss, "other", unit="  ")
    assert member(case, boss, "other", unit="村里的退休教师").unit == "村里的退休教师"
    facts = {"case": case, "person": case.person, "name": "王", "joined_on": DAY,
             "recorded_by": boss, "county_id": case.county_id}  # fmt: skip
    for wrong, name in (
        ({"kind": "other"}, "team_other_in_words"),
        ({"kind": "police", "is_lead": True}, "team_lead_since"),
        ({"kind": "police", "led_from": date(2024, 6, 1)}, "team_led_within"),
        ({"kind": "police", "led_from": DAY, "led_until": date(2024, 6, 2)}, "team_led_within"),
        ({"kind": "police", "led_until": DAY}, "team_led_within"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            TeamMember.objects.create(**facts, **wrong)


def test_of_the_family_is_nobody_named_whom_the_person_no_longer_agrees_to(
    case: Case, boss: User
) -> None:
    contact = ContactFactory(person=case.person, name="陈母", agreed_on=date(2024, 3, 1))
    row = member(case, boss, "family", on=date(2024, 5, 1), contact=contact)
    assert row.contact == contact
    assert row.name == "陈母"
    assert member(case, boss, contact=contact).contact is None, "only the family has agreed"
    there = TeamMember.objects.filter(case=case)
    assert row in there.there_on(DAY)
    withdraw_contact_agreement(contact=contact, by=boss, on=DAY)
    row = there.get(pk=row.pk)
    assert row in there.there_on(date(2024, 6, 2))
    assert row not in there.there_on(DAY)
    assert row.is_there_on(date(2024, 6, 2))
    assert not row.is_there_on(DAY)
    [card] = orders_of(case.person, boss, DAY)
    assert row not in card.members_now
    assert not team_of(case.person, boss, DAY).places[-1].is_taken


def test_the_five_places_and_the_worker_who_needs_no_second_entry(case: Case, boss: User) -> None:
    worker = UserFactory(name="周专干")
    AssignmentFactory(person=case.person, worker=worker)
    member(case, boss, "police", name="符建民")
    member(case, boss, "volunteer", name="何阿姨")
    team = team_of(case.person, boss, DAY)
    assert [place.is_taken for place in team.places] == [True, True, False, False, False]
    assert team.places[1].worker == "周专干"
    assert [one.name for one in team.others] == ["何阿姨"]
    assert team.lead is not None
    assert team.lead.name == "符建民"
    assert "Justice staff" in team.missing
    assert "Full-time" not in team.missing
    member(case, boss, "worker", name="周专干")
    assert team_of(case.person, boss, DAY).places[1].worker == ""
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 6, 2))
    assert team_of(case.person, boss, DAY).case is None


def test_the_figure_counts_orders_in_force_and_lists_who_has_nobody_first(
    case: Case, boss: User
) -> None:
    alone, over = CaseFactory(), CaseFactory()
    member(case, boss, on=date(2024, 5, 1), name="符建民")
    close_case(case=over, by=boss, reason="revoked", on=date(2024, 6, 2))

    def period(day: date) -> Period:
        return Period(area(), date(2024, 6, 1), date(2024, 6, 30), day)

    figure = CARERS.measure(period(DAY))
    assert (figure.numerator, figure.denominator) == (1, 2)
    assert CARERS.measure(period(date(2024, 4, 30))).numerator == 0
    shown = LISTS[0]
    rows = list(CARERS.rows(period(DAY)).order_by("led", "sort_key"))
    assert rows[0] == alone
    shown.tell(rows, DAY)
    assert [one.carer for one in rows] == ["", "符建民 · Community police"]


def test_whoever_was_written_down_by_mistake_was_never_there_and_the_history_knows_it(
    case: Case, boss: User
) -> None:
    clerk = UserFactory()
    wrong = member(case, clerk, on=date(2024, 4, 1), name="符建民")
    right = member(case, boss, "worker", on=date(2024, 5, 1), name="林晓")
    with pytest.raises(Refused, match="Say why"):
        withdraw_member(member=wrong, by=boss, reason="。")
    with pytest.raises(Refused, match="Name another lead first"):
        withdraw_member(member=wrong, by=boss, reason="登记成了别人的民警")
    name_lead(member=right, by=boss)
    withdraw_member(member=wrong, by=boss, reason="登记成了别人的民警")
    wrong.refresh_from_db()
    assert (wrong.is_lead, wrong.led_from, wrong.withdrawn_by) == (False, None, boss)
    for day in (date(2024, 4, 15), DAY):
        assert wrong not in TeamMember.objects.there_on(day)
        assert not wrong.is_there_on(day)
    assert leads(case, date(2024, 4, 15)) == set()
    assert Notice.objects.get(reader=clerk).kind == "entry_withdrawn"
    [card] = orders_of(case.person, boss, DAY)
    assert card.members_now == [right]
    told = TeamMember.pgh_event_model.objects.filter(pgh_obj=wrong).order_by("pgh_id")  # type: ignore[attr-defined]
    assert told[0].is_lead
    assert reason_of(told.last().pgh_context.metadata) == "登记成了别人的民警"
    for act in (lambda: withdraw_member(member=wrong, by=boss, reason="又一次"),
                lambda: name_lead(member=wrong, by=boss),
                lambda: end_member(member=wrong, by=boss, on=DAY)):  # fmt: skip
        with pytest.raises(Refused, match=r"withdrawn already|left the team"):
            act()


def test_the_last_of_a_team_is_withdrawn_too_and_of_an_order_that_is_over(
    case: Case, boss: User
) -> None:
    wrong = member(case, boss, on=date(2024, 4, 1))
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 6, 2))
    withdraw_member(member=wrong, by=boss, reason="登记成了别人的民警")
    assert leads(case, date(2024, 4, 15)) == set()
    for facts in ({"withdrawn_by": None}, {"withdrawn_reason": ""}, {"led_from": DAY}):
        with pytest.raises(IntegrityError, match="team_withdrawn"), transaction.atomic():
            TeamMember.objects.filter(pk=wrong.pk).update(**facts)


def test_after_a_move_nobody_leads_until_the_new_office_names_somebody(
    case: Case, boss: User
) -> None:
    first = member(case, boss, on=date(2024, 4, 1), name="符建民")
    helper = member(case, boss, "volunteer", on=date(2024, 4, 1), name="何阿姨")
    chief = UserFactory(county_supervisor=True, area=area("46"))
    correct_case(case=case, by=chief, reason="搬到文城镇居住", area=area(WENCHENG))
    first.refresh_from_db()
    assert (first.is_lead, first.led_until) == (False, date(2024, 6, 2))
    assert leads(case, date(2024, 6, 2)) == {"符建民"}, "a figure of yesterday stays"
    assert leads(case, DAY) == set()
    other = UserFactory(county_supervisor=True, area=area("469005"))
    team = team_of(case.person, other, DAY)
    assert team.lead is None
    assert helper in team.others, "who stays in the team is for the new office to say"
    figure = CARERS.measure(Period(area("469005"), date(2024, 6, 1), date(2024, 6, 30), DAY))
    assert (figure.numerator, figure.denominator) == (0, 1)
    new = member(case, other, "worker", name="林晓")
    assert new.is_lead
    assert team_of(case.person, other, DAY).lead == new


def test_a_lead_stays_within_the_town_and_who_led_on_no_day_never_led(
    case: Case, boss: User
) -> None:
    member(case, boss, name="符建民")
    move_person(person=case.person, area=area(JIAJI), by=boss, reason="住在镇上")
    assert leads(case, DAY) == {"符建民"}
    chief = UserFactory(county_supervisor=True, area=area("46"))
    move_person(person=case.person, area=area(WENCHENG), by=chief, reason="搬家了")
    row = TeamMember.objects.get(case=case)
    assert (row.is_lead, row.led_from, row.led_until) == (False, None, None)


def test_who_has_left_and_whose_order_is_over_is_withdrawn_by_its_button(
    case: Case, boss: User
) -> None:
    first = member(case, boss, on=date(2024, 4, 1))
    gone = member(case, boss, "worker", on=date(2024, 4, 1), name="林晓")
    end_member(member=gone, by=boss, on=date(2024, 5, 1), reason="调走了")
    url = reverse("cases:case", args=[case.person.public_id])

    def buttons() -> tuple[bool, bool, bool]:
        text = signed_in(boss).get(url, secure=True).content.decode()
        named = [reverse("cases:withdraw-member", args=[one.public_id]) for one in (first, gone)]
        leaves = reverse("cases:leave-team", args=[first.public_id])
        return named[0] in text, named[1] in text, leaves in text

    assert buttons() == (True, True, True)
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 6, 2))
    assert buttons() == (True, True, False)
    withdraw_member(member=gone, by=boss, reason="登记成了别人的专干")
    assert buttons() == (True, False, False)
