"""A visit or interview is one record: it does its own duty, names whom it may, can be undone."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import close_case, set_risk_level
from apps.core.differing import Differs
from apps.core.refusals import Refused
from apps.needs.models import Need
from apps.needs.raised import RaisedNeed
from apps.persons.services import withdraw_contact_agreement
from apps.schedule.models import DueItem
from apps.schedule.outcomes import differences
from apps.schedule.services import replan
from apps.visits.edits import correct_meeting, withdraw_meeting
from apps.visits.models import Meeting
from apps.visits.services import MeetingWords, undo_meeting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import ContactFactory, PersonFactory
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def spans(case: Case, kind: str) -> list[tuple[date, date]]:
    rows = DueItem.objects.filter(case=case, kind=kind).order_by("opens_on")
    return list(rows.values_list("opens_on", "due_on"))


def outcomes(case: Case, kind: str) -> list[str]:
    rows = DueItem.objects.filter(case=case, kind=kind).order_by("opens_on")
    return list(rows.values_list("outcome", flat=True))


@pytest.mark.parametrize(
    ("risk_level", "kind", "first", "second"),
    [
        ("high", "talk", date(2024, 3, 14), date(2024, 3, 28)),
        ("medium", "talk", date(2024, 3, 31), date(2024, 4, 30)),
        ("low", "talk", date(2024, 5, 31), date(2024, 8, 31)),
        ("high", "visit", date(2024, 3, 31), date(2024, 4, 30)),
        ("medium", "visit", date(2024, 4, 30), date(2024, 6, 30)),
        ("low", "visit", date(2024, 8, 31), date(2025, 2, 28)),
    ],
)
def test_the_default_plans_of_talks_and_visits_by_risk_level(
    case: Case, risk_level: str, kind: str, first: date, second: date
) -> None:
    set_risk_level(
        person=case.person, risk_level=risk_level, source="assessed",
        by=UserFactory(town_supervisor=True), on=date(2024, 3, 1), reason="第一次评估",
        valid_until=date(2027, 2, 28),
    )  # fmt: skip
    with time_machine.travel("2024-08-20T12:00:00+08:00", tick=False):
        replan([case.pk])
    found = spans(case, kind)
    assert [due for _opens, due in found[:2]] == [first, second]
    assert all(a[1] + DAY == b[0] for a, b in pairwise(found))


def test_windows_end_with_the_term_art_23(case: Case) -> None:
    with time_machine.travel("2027-01-10T12:00:00+08:00", tick=False):
        replan([case.pk])
    for kind in ("checkin", "talk", "visit"):
        assert spans(case, kind)[-1][1] <= date(2027, 2, 28)


def test_windows_before_the_case_was_brought_in_are_carried_over() -> None:
    case = CaseFactory(brought_in_on=date(2024, 5, 15))
    rows = DueItem.objects.filter(case=case, kind="talk").order_by("opens_on")
    assert [row.carried_over for row in rows[:3]] == [True, True, False]


def test_a_visit_does_the_visit_of_its_day_and_no_other_duty(case: Case) -> None:
    result = met(case, NOW)
    assert result.created
    assert outcomes(case, "visit")[:2] == ["missed", "done"]
    assert set(outcomes(case, "talk")) == set(outcomes(case, "checkin")) == {"open"}
    assert (result.meeting.case, result.meeting.day) == (case, NOW)
    assert (result.meeting.county_id, result.meeting.town_id) == (case.county_id, case.town_id)


def test_a_talk_by_phone_does_the_talk(case: Case) -> None:
    met(case, NOW, "talk", way="phone", place="remote")
    assert outcomes(case, "talk")[:4] == ["missed"] * 3 + ["done"]


def test_a_second_visit_in_one_window_does_no_later_one(case: Case) -> None:
    met(case, NOW - DAY)
    met(case, NOW)
    assert outcomes(case, "visit")[1:] == ["done", *["open"] * len(outcomes(case, "visit")[2:])]


def test_stored_outcomes_follow_from_the_acts(case: Case) -> None:
    met(case, NOW)
    tried(case, NOW, "talk", next_on=NOW + DAY)
    for kind in ("checkin", "talk", "visit"):
        assert list(differences([case.person_id], kind=kind)) == []


def test_the_same_form_twice_is_one_record_and_one_need(case: Case, worker: User) -> None:
    form = {
        "client_uuid": uuid4(),
        "by": worker,
        "needs": [RaisedNeed("work", "normal", "person", words="想找工作")],
    }
    first, second = met(case, NOW, **form), met(case, NOW, **form)
    assert (first.created, second.created) == (True, False)
    assert first.meeting == second.meeting
    need = Need.objects.get()
    assert (need.source, need.source_id, need.case) == ("meeting", first.meeting.public_id, case)


def test_undo_takes_the_record_and_its_need_back(case: Case, worker: User) -> None:
    tap = uuid4()
    first = met(
        case, NOW, by=worker, client_uuid=tap, needs=[RaisedNeed("work", "normal", "person")]
    )
    undo_meeting(meeting=first.meeting, by=worker)
    assert set(outcomes(case, "visit")) == {"open"}
    assert Need.objects.get().outcome == "mistake"
    with pytest.raises(Differs, match="undone: nothing is recorded"):
        met(case, NOW, by=worker, client_uuid=tap, needs=[RaisedNeed("work", "normal", "person")])
    assert not Meeting.objects.valid().exists()


def test_only_the_recorder_undoes_and_only_for_seconds(
    case: Case, worker: User, clock: time_machine.Traveller
) -> None:
    result = met(case, NOW, by=worker)
    with pytest.raises(Refused, match="Only the person who recorded"):
        undo_meeting(meeting=result.meeting, by=UserFactory())
    clock.shift(timedelta(seconds=16))
    with pytest.raises(Refused, match="ten seconds"):
        undo_meeting(meeting=result.meeting, by=worker)


class TestFamily:
    def test_somebody_the_person_agreed_to_can_be_met_instead(self, case: Case) -> None:
        contact = ContactFactory(person=case.person, agreed_on=date(2024, 4, 1))
        result = met(case, NOW, met_person=False, contact=contact)
        assert outcomes(case, "visit")[1] == "done"
        assert not Meeting.objects.with_the_person().filter(pk=result.meeting.pk).exists()

    def test_nobody_else_can_be_named(self, case: Case) -> None:
        other = ContactFactory(person=PersonFactory(), agreed_on=date(2024, 4, 1))
        with pytest.raises(Refused, match="had not agreed"):
            met(case, NOW, contact=other)

    @pytest.mark.parametrize(("day", "words"), [(date(2024, 3, 31), True), (NOW, True)])
    def test_neither_before_the_agreement_nor_after_it_was_withdrawn(
        self, case: Case, day: date, words: bool
    ) -> None:
        contact = ContactFactory(person=case.person, agreed_on=date(2024, 4, 1))
        withdraw_contact_agreement(contact=contact, by=UserFactory(), on=NOW)
        contact.refresh_from_db()
        with pytest.raises(Refused, match="had not agreed"):
            met(case, day, contact=contact)
        assert met(case, NOW - DAY, contact=contact).created is words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"met_person": False}, "who was met"),
        ({"told": MeetingWords()}, "how the person is"),
        ({"place": "moon"}, "where"),
        ({"way": "phone"}, "in person"),
        ({"kind": "talk", "met_person": False}, "interview is held"),
        ({"clock": "12:10"}, "future"),
    ],
)
def test_what_is_no_visit_is_refused_in_words(case: Case, facts: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        met(case, NOW, **facts)


class TestNotDone:
    def test_it_hides_the_line_until_the_next_date_and_does_nothing(self, case: Case) -> None:
        tried(case, NOW, next_on=NOW + 3 * DAY)
        item = DueItem.objects.filter(case=case, kind="visit").earliest("opens_on")
        assert (item.outcome, item.retry_on, item.retry_reason) == (
            "open", NOW + 3 * DAY, "not_found"
        )  # fmt: skip
        assert not DueItem.objects.exclude(kind="visit").exclude(retry_on=None).exists()

    def test_two_tabs_are_one_attempt(self, case: Case) -> None:
        first, second = (tried(case, NOW, next_on=NOW + DAY) for _tab in range(2))
        assert first.meeting == second.meeting

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"reason": "lazy"}, "why"),
            ({"next_on": None}, "next try"),
            ({"next_on": NOW - DAY}, "before"),
            ({"next_on": NOW + 61 * DAY}, "60 days"),
        ],
    )
    def test_it_has_a_reason_and_a_next_date(self, case: Case, facts: Any, words: str) -> None:
        with pytest.raises(Refused, match=words):
            tried(case, NOW, **facts)

    def test_after_the_end_nothing_can_fail_art_23(self, case: Case) -> None:
        by = UserFactory(county_supervisor=True)
        close_case(case=case, by=by, on=NOW - DAY, reason="imprisoned", note="判字1号")
        with pytest.raises(Refused, match="nothing was due"):
            tried(case, NOW, next_on=NOW)
        assert met(case, NOW).meeting.case is None


def test_a_corrected_day_does_another_window(case: Case, worker: User) -> None:
    meeting = met(case, NOW).meeting
    corrected = correct_meeting(
        meeting=meeting, by=worker, reason="日期记错", version=1,
        changes={"occurred_at": meeting.occurred_at - timedelta(days=60)},
    )  # fmt: skip
    assert corrected.day == NOW - timedelta(days=60)
    assert outcomes(case, "visit")[:2] == ["done", "open"]
    with pytest.raises(Refused, match="meanwhile"):
        correct_meeting(meeting=meeting, by=worker, reason="再改", version=1, changes={})
    changes = {"state_words": " "}
    with pytest.raises(Refused, match="how the person is"):
        correct_meeting(meeting=meeting, by=worker, reason="改正", version=2, changes=changes)


def test_a_withdrawn_record_counts_no_more_and_stays(case: Case, worker: User) -> None:
    meeting = met(case, NOW).meeting
    with pytest.raises(Refused, match="Say why"):
        withdraw_meeting(meeting=meeting, by=worker, reason=" ")
    with pytest.raises(Refused, match="Say why"):
        correct_meeting(meeting=meeting, by=worker, reason=" ", version=1, changes={})
    withdraw_meeting(meeting=meeting, by=worker, reason="记错了人")
    with pytest.raises(Refused, match="cannot be changed any more"):
        correct_meeting(meeting=meeting, by=worker, reason="再改", version=2, changes={})
    assert set(outcomes(case, "visit")) == {"open"}
    assert Meeting.objects.get().withdrawn_reason == "记错了人"
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_meeting(meeting=meeting, by=worker, reason="再来")


def test_a_home_visit_is_not_made_by_phone(case: Case) -> None:
    with pytest.raises(Refused, match="A home visit is made in person") as refused:
        met(case, NOW, place="remote")
    assert refused.value.field == "place"
    assert met(case, NOW, "talk", place="remote", way="phone").created


@pytest.mark.parametrize(
    ("way", "place", "words"),
    [("phone", "home", "has no place"), ("video", "office", "has no place"),
     ("in_person", "remote", "choose where it was")],
)  # fmt: skip
def test_a_call_has_no_place_and_who_was_met_was_somewhere(
    case: Case, way: str, place: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        met(case, NOW, "talk", way=way, place=place)
    assert refused.value.field == "place"
    assert met(case, NOW, "talk", way=way, place="home" if way == "in_person" else "remote").created


@pytest.mark.parametrize("way", ["phone", "video", "in_person"])
def test_an_attempt_has_no_place(case: Case, way: str) -> None:
    row = tried(case, NOW, next_on=NOW, way=way).meeting
    assert row.place == ""
    with pytest.raises(IntegrityError, match="meeting_"), transaction.atomic():
        Meeting.objects.filter(pk=row.pk).update(place="home")


def test_the_database_wants_the_place_of_what_was_held(case: Case) -> None:
    rows = Meeting.objects.filter(pk=met(case, NOW, "talk", way="phone", place="remote").meeting.pk)
    for fault, name in (({"place": ""}, "place_if_done"), ({"place": "home"}, "call_has_no_place")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**fault)


def test_a_second_one_of_the_day_is_asked_about_and_not_doubled(case: Case, worker: User) -> None:
    met(case, NOW, by=worker, clock="09:30")
    with pytest.raises(Refused, match="09:30") as refused:
        met(case, NOW)
    assert refused.value.field == "another"
    assert met(case, NOW, "talk").created
    assert met(case, NOW, another=True).created
    assert Meeting.objects.filter(kind="visit").count() == 2
