"""An assessment is decided by a person, told to the person, and ends."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.assessments.due import to_assess, why
from apps.assessments.models import Assessment, LifeEvent
from apps.assessments.services import (
    bring_in_assessment,
    note_event,
    record_objection,
    record_told,
    set_validity,
)
from apps.assessments.validity import ValidityBook, facts_of
from apps.cases.risk_levels import levels_for_duties
from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.needs.services import close_need
from apps.persons.models import Person
from apps.schedule.case_facts import levels_of
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.assessments import assessed
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


def test_a_valid_assessment_sets_the_risk_level_with_its_reason(
    person: Person, worker: User
) -> None:
    row = assessed(person, worker, NOW - DAY, risk_level="low", answers={"job": "none"})
    risk_level = person.risk_levels.get()
    assert (risk_level.risk_level, risk_level.source, risk_level.decided_by) == (
        "low",
        "assessed",
        worker,
    )
    assert (risk_level.from_on, risk_level.valid_until, row.valid_until) == (
        NOW - DAY, date(2025, 6, 2), date(2025, 6, 2),
    )  # fmt: skip
    assert (row.proposed, row.level_record, row.reason) == ("low", risk_level, "工作稳定,家人支持")
    row = Assessment.objects.get()
    assert row.suggestion
    assert [fact.factor for fact in row.suggestion.facts] == ["job"]


@pytest.mark.parametrize(
    ("risk_level", "last"),
    [("high", date(2024, 9, 3)), ("medium", date(2024, 12, 3)), ("low", date(2025, 6, 3))],
)
def test_high_holds_3_months_medium_6_low_12(
    person: Person, boss: User, risk_level: str, last: date
) -> None:
    assert assessed(person, boss, NOW, risk_level=risk_level).valid_until == last


def test_another_number_of_months_holds_from_its_day_on(person: Person, boss: User) -> None:
    set_validity(risk_level="high", months=1, effective_from=NOW, basis="市禁毒办通知", by=boss)
    assert assessed(person, boss, NOW - DAY, risk_level="high").valid_until == date(2024, 7, 2)
    assert assessed(person, boss, NOW, risk_level="high").valid_until == date(2024, 7, 3)
    with pytest.raises(Refused, match="paper"):
        set_validity(risk_level="low", months=1, effective_from=NOW, basis=" ", by=boss)


def test_the_nearest_area_then_measure_then_year_says_how_long(person: Person, boss: User) -> None:
    """A case of the person runs since 1 March 2024: the first year of detoxification."""
    paper = {"effective_from": date(2024, 1, 1), "basis": "市禁毒办通知", "by": boss}
    CaseFactory(person=person) if not person.cases.exists() else None

    def speaks(risk_level: str) -> int:
        return ValidityBook.load(risk_level).months_on(facts_of([person.pk])[person.pk], NOW)

    for months, facts in (
        (2, {"area": area(WANQUAN), "measure": "SQJD"}),
        (4, {}),
        (5, {"measure": "SQKF"}),
        (7, {"year_of_term": 2}),
    ):
        set_validity(risk_level="medium", months=months, **paper, **facts)
    assert speaks("medium") == 4
    set_validity(risk_level="medium", months=8, measure="SQJD", **paper)
    assert speaks("medium") == 8
    set_validity(risk_level="medium", months=9, area=area(QIONGHAI), **paper)
    assert speaks("medium") == 9
    assert speaks("low") == 12
    with pytest.raises(Refused, match="A number for the same begins on this day"):
        set_validity(risk_level="medium", months=3, **paper)


def test_high_does_not_outlive_its_assessment(person: Person, boss: User) -> None:
    assessed(person, boss, NOW, risk_level="high")
    assert levels_for_duties([person.pk], date(2024, 9, 3))[person.pk] == "high"
    assert levels_for_duties([person.pk], date(2024, 9, 4))[person.pk] == "medium"
    assert levels_of([person.pk])[person.pk] == ((NOW, "high"), (date(2024, 9, 4), "medium"))
    assert person.risk_levels.get().is_stale_on(date(2024, 9, 4))


def test_low_stays_low_when_it_ends(person: Person, worker: User) -> None:
    assessed(person, worker, NOW)
    assert levels_of([person.pk])[person.pk] == ((NOW, "low"),)


def test_up_to_high_waits_for_a_supervisor(person: Person, worker: User, boss: User) -> None:
    row = assessed(person, worker, NOW, risk_level="high", answers={"tests": "positive"})
    assert (row.standing, person.risk_levels.count()) == ("waiting", 0)
    proposal = Proposal.objects.get()
    assert "Positive and confirmed" in proposal.facts_in_words
    with time_machine.travel("2024-06-05T10:00:00+08:00", tick=False):
        approve(proposal=proposal, by=boss)
    row.refresh_from_db()
    risk_level = person.risk_levels.get()
    assert (row.standing, risk_level.from_on, risk_level.valid_until) == (
        "in_force", date(2024, 6, 5), date(2024, 9, 3),
    )  # fmt: skip
    again = assessed(person, worker, NOW, risk_level="high", reason="仍需密切关注")
    assert again.standing == "waiting"  # high holds from the 5th on only: today it does not


def test_what_is_sent_back_leaves_the_risk_level_alone(
    person: Person, worker: User, boss: User
) -> None:
    row = assessed(person, worker, NOW, risk_level="high")
    reject(proposal=Proposal.objects.get(), by=boss, reason="事实不足")
    row.refresh_from_db()
    assert (row.standing, person.risk_levels.count()) == ("rejected", 0)
    with pytest.raises(Refused, match="Nothing is decided"):
        record_told(assessment=row, by=worker, on=NOW, how="talk")


def test_who_is_high_already_stays_so_without_a_supervisor(
    person: Person, worker: User, boss: User
) -> None:
    assessed(person, boss, NOW - DAY, risk_level="high")
    assert assessed(person, worker, NOW, risk_level="high").standing == "in_force"


def test_one_waits_at_a_time(person: Person, worker: User) -> None:
    assessed(person, worker, NOW, risk_level="high")
    with pytest.raises(Refused, match="waits for the supervisor"):
        assessed(person, worker, NOW, risk_level="high", reason="另一理由")


def test_the_same_tap_twice_is_one_assessment(person: Person, worker: User) -> None:
    tap = uuid4()
    first = assessed(person, worker, NOW, client_uuid=tap)
    assert assessed(person, worker, NOW, client_uuid=tap) == first


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"protects": []}, "protects the person"),
        ({"protects": ["none", "job"]}, "protects the person"),
        ({"answers": {"job": ""}}, "Not answered: Job"),
        ({"risk_level": ""}, "Decide on a risk level"),
        ({"reason": " 好 "}, "for a reason"),
        ({"on": NOW + DAY}, "future"),
    ],
)
def test_half_an_assessment_is_none(
    person: Person, worker: User, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        assessed(person, worker, **({"on": NOW} | facts))


def test_pipl_24_48_the_person_is_told_and_may_object(person: Person, worker: User) -> None:
    row = assessed(person, worker, NOW - DAY)
    with pytest.raises(Refused, match="First record"):
        record_objection(assessment=row, by=worker, on=NOW, words="我不同意")
    for _tap in range(2):
        told = record_told(assessment=row, by=worker, on=NOW, how="talk")
        record_objection(assessment=row, by=worker, on=NOW, words=" 我不同意 ")
    told.refresh_from_db()
    assert (told.told_how, told.objection, told.objected_on) == ("talk", "我不同意", NOW)
    assert LifeEvent.objects.get().kind == "objection"


def test_answers_and_words_are_encrypted(person: Person, worker: User) -> None:
    row = assessed(person, worker, NOW, words={"mind": "夜里睡不着"})
    stored = Assessment.objects.filter(pk=row.pk).values_list("content", flat=True)[0]
    assert "睡不着".encode() not in bytes(stored)
    assert json.loads(Assessment.objects.get(pk=row.pk).content)["words"]["mind"] == "夜里睡不着"


def test_the_list_names_who_is_still_to_be_assessed_and_why(person: Person, worker: User) -> None:
    def asked(day: date) -> list[str]:
        return [why(row, day)[1] for row in to_assess(Person.objects.visible_to(worker), day)]

    assert asked(NOW) == ["Never assessed"]
    assessed(person, worker, NOW)
    assert asked(NOW) == []
    assert asked(date(2025, 5, 20))[0].startswith("Valid until")
    assert asked(date(2025, 6, 4))[0].startswith("Ended")
    with time_machine.travel("2024-06-04T10:00:00+08:00", tick=False):
        note_event(person=person, by=worker, kind="job_lost", on=NOW)
        assert asked(NOW + DAY) == ["Something has happened"]
        assessed(person, worker, NOW + DAY)
        assert asked(NOW + DAY) == []


def test_a_line_of_a_ledger_is_an_assessment_of_its_day(person: Person, worker: User) -> None:
    facts = {"on": date(2024, 3, 1), "risk_level": "high", "reason": "无业;独居"}
    row, new = bring_in_assessment(person=person, by=worker, assessor_words="社工站", **facts)
    assert (new, row.who, row.valid_until) == (True, "社工站", date(2024, 6, 1))
    assert bring_in_assessment(person=person, by=worker, **facts) == (row, False)
    with pytest.raises(Refused, match="Another assessment"):
        bring_in_assessment(person=person, by=worker, **(facts | {"risk_level": "low"}))
    assert levels_for_duties([person.pk], NOW)[person.pk] == "medium"


def test_signs_of_self_harm_open_an_urgent_need_whatever_the_risk_level(
    person: Person, worker: User, boss: User
) -> None:
    danger = {"mind": "self_harm"}
    row = assessed(person, worker, NOW, risk_level="low", answers=danger, client_uuid=uuid4())
    need = person.needs.get()
    assert (need.kind, need.urgency, need.said_by) == ("counselling", "urgent", "worker")
    again = assessed(
        person, worker, NOW, risk_level="low", answers=danger, client_uuid=row.client_uuid
    )
    assert again.pk == row.pk
    assert person.needs.count() == 1
    assessed(person, boss, NOW, risk_level="medium", answers=danger)
    assert person.needs.count() == 1, "help that is open already is not asked for twice"
    close_need(need=need, by=worker, on=NOW, outcome="met", note="已转介心理咨询")
    assessed(person, worker, NOW, risk_level="high", answers=danger)
    assert person.needs.count() == 2, "the risk level waits for the supervisor; help does not"


def test_the_same_decision_of_a_day_is_one_assessment(person: Person, worker: User) -> None:
    assessed(person, worker, NOW, risk_level="low", client_uuid=uuid4())
    with pytest.raises(Refused, match="with this level and reason already"):
        assessed(person, worker, NOW, risk_level="low", client_uuid=uuid4())
    assessed(person, worker, NOW, risk_level="low", reason="又谈了一次，情况稳定")


def test_what_was_assessed_before_the_end_is_not_approved_after_it(
    person: Person, worker: User, boss: User
) -> None:
    assessed(person, worker, NOW, risk_level="high", answers={"mind": "strained"})
    close_case(case=person.cases.get(), by=boss, reason="revoked", on=NOW)
    with pytest.raises(Refused, match="Nothing is asked of the person any more,"):
        approve(proposal=person.proposals.waiting().get(), by=boss)
    assert not person.risk_levels.exists()


def test_regulation_23_after_the_end_nobody_is_assessed(person: Person, boss: User) -> None:
    last = date(2027, 2, 28)
    with time_machine.travel("2027-03-01T09:00:00+08:00", tick=False):
        with pytest.raises(Refused, match="Nothing is asked of the person any more,"):
            assessed(person, boss, last + DAY)
        assert assessed(person, boss, last).pk


def test_lines_of_two_days_are_two_assessments(person: Person, worker: User) -> None:
    facts = {"person": person, "by": worker, "reason": "无业;独居"}
    for day, risk_level in ((date(2024, 3, 1), "high"), (date(2024, 4, 1), "low")):
        row, new = bring_in_assessment(on=day, risk_level=risk_level, **facts)
        assert (new, row.assessed_on, row.risk_level) == (True, day, risk_level)
