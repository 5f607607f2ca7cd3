"""A drug test is a fact with two witnesses: it does its window, and nothing follows from it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.breaches.models import Breach
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, withdraw_test
from apps.persons.models import Person
from apps.schedule.due_lines import lines_for_person
from apps.schedule.models import DueItem
from apps.schedule.outcomes import differences
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


def outcomes(case: Case) -> list[str]:
    """Of the windows of March, April, May and June."""
    rows = DueItem.objects.filter(case=case, kind="test").order_by("opens_on")
    assert list(differences([case.person_id], kind="test")) == []
    return list(rows.values_list("outcome", flat=True))[:4]


def test_one_test_does_its_window_and_more_do_no_later_one(case: Case) -> None:
    for day in (date(2024, 3, 5), date(2024, 3, 20), date(2024, 3, 21)):
        sampled(case.person, day)
    assert outcomes(case) == ["done", "open", "open", "open"]
    sampled(case.person, NOW)
    assert outcomes(case) == ["done", "missed", "missed", "done"]


@pytest.mark.parametrize("reason", ["leave", "hospital", "detained"])
def test_ill_held_or_on_leave_excuses_the_window_and_is_no_refusal(case: Case, reason: str) -> None:
    row = not_sampled(case.person, date(2024, 4, 10), reason)
    assert outcomes(case) == ["open", "excused", "open", "open"]
    assert not row.is_refusal
    assert row.next_on is None
    sampled(case.person, NOW)
    assert outcomes(case) == ["missed", "excused", "missed", "done"]
    sampled(case.person, date(2024, 4, 20))
    assert outcomes(case) == ["missed", "done", "missed", "done"]
    withdraw_test(test=row, by=row.recorded_by, reason="记错")
    assert outcomes(case) == ["missed", "done", "missed", "done"]


def test_what_is_late_rests_until_the_next_date_while_somebody_is_ill(case: Case) -> None:
    row = not_sampled(case.person, NOW, "hospital", next_on=NOW + 40 * DAY)
    assert outcomes(case) == ["open", "open", "open", "excused"]
    [line] = lines_for_person(case.person, NOW, kind="test")
    assert (line.state, line.item.retry_on) == ("hidden", row.next_on)
    later = DueItem.objects.get(case=case, kind="test", opens_on=date(2024, 7, 1))
    assert later.retry_on is None, "it had not begun: somebody asks again"
    with pytest.raises(Refused, match="For a longer absence record a leave"):
        not_sampled(case.person, NOW, "detained", next_on=NOW + 90 * DAY)


@pytest.mark.parametrize("reason", ["refused", "evaded", "not_told", "no_kit"])
def test_any_other_reason_hides_the_line_until_the_next_date_and_nothing_else(
    case: Case, reason: str
) -> None:
    not_sampled(case.person, NOW, reason, next_on=NOW + 5 * DAY)
    assert outcomes(case) == ["open"] * 4
    [line] = lines_for_person(case.person, NOW, kind="test")
    assert (line.state, line.item.retry_reason) == ("hidden", reason)
    assert not Breach.objects.exists()


def test_a_positive_screening_changes_no_risk_level_no_status_and_no_window_but_its_own(
    case: Case,
) -> None:
    before = Person.objects.values().get(pk=case.person_id)
    sampled(case.person, NOW, result="positive")
    assert Person.objects.values().get(pk=case.person_id) == before
    assert not RiskLevelRecord.objects.exists()
    assert not Breach.objects.exists()
    assert Case.objects.get(pk=case.pk).duties_end_on == case.duties_end_on


def hair_of(case: Case) -> tuple[str, date | None, str]:
    """Its only window of the term so far."""
    assert list(differences([case.person_id], kind="hair")) == []
    item = DueItem.objects.get(case=case, kind="hair", opens_on=date(2024, 3, 1))
    return item.outcome, item.done_on, item.retry_reason


def test_hair_does_the_window_of_hair_and_urine_does_not(case: Case) -> None:
    sampled(case.person, NOW)
    assert hair_of(case) == ("open", None, "")
    row = sampled(case.person, NOW, sample="hair", kind="laboratory")
    assert hair_of(case) == ("done", NOW, "")
    withdraw_test(test=row, by=row.recorded_by, reason="记错")
    assert hair_of(case) == ("open", None, "")


def test_a_corrected_sample_moves_from_one_window_to_the_other(case: Case) -> None:
    row = sampled(case.person, NOW)
    correct_test(
        test=row,
        by=row.recorded_by,
        reason="选错",
        version=1,
        changes={"sample": "hair", "kind": "laboratory"},
    )
    assert outcomes(case) == ["open"] * 4
    assert hair_of(case) == ("done", NOW, "")


def test_hair_that_could_not_be_taken_hides_its_own_line(case: Case) -> None:
    not_sampled(case.person, NOW, "no_kit", sample="hair", next_on=NOW + 5 * DAY)
    assert hair_of(case) == ("open", None, "no_kit")
    assert outcomes(case) == ["open"] * 4
    [line] = lines_for_person(case.person, NOW, kind="test")
    assert line.state != "hidden"


def test_an_invalid_strip_is_no_test_and_hair_does_no_window(case: Case) -> None:
    sampled(case.person, NOW, result="invalid")
    sampled(case.person, NOW, sample="hair", kind="laboratory")
    assert outcomes(case) == ["open"] * 4
    sampled(case.person, NOW, result="negative")
    assert outcomes(case)[3] == "done"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"second_collector": ""}, "by two people"),
        ({"second_collector": "周晓岚"}, "by two people"),
        ({"second_collector": "周 晓岚"}, "by two people"),
        ({"second_collector": "周·晓\u200b岚"}, "by two people"),
        ({"why": "cause"}, "what the cause is"),
        ({"why": "cause", "cause_words": "嗯"}, "what the cause is"),
    ],
)
def test_two_collectors_and_a_cause_in_words(case: Case, facts: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        sampled(case.person, NOW, **facts)
    assert not DrugTest.objects.exists()


@pytest.mark.parametrize(
    ("sexes", "sample", "allowed"),
    [
        (("2", "2"), "urine", True),
        (("1", "2"), "urine", False),
        (("2", "1"), "urine", False),
        (("1", "1"), "urine", False),
        (("1", "1"), "hair", True),
        (("1", "2"), "saliva", True),
    ],
)
def test_rules_8_a_womans_urine_is_collected_by_women_only(
    worker: User, sexes: tuple[str, str], sample: str, allowed: bool
) -> None:
    woman = CaseFactory(person=PersonFactory(document_number=resident_number(77, sex="2"))).person
    facts = {"collector_sex": sexes[0], "second_sex": sexes[1], "sample": sample}
    facts["kind"] = "laboratory" if sample == "hair" else "screening"
    if allowed:
        assert sampled(woman, NOW, **facts).pk
        return
    with pytest.raises(Refused, match="by women only") as refused:
        sampled(woman, NOW, **facts)
    assert "art. 8" in str(refused.value.article)


def test_nobody_is_tested_out_of_term_but_at_the_hand_over(worker: User) -> None:
    ended = CaseFactory(measure="SQKF", term_months=3, person=PersonFactory(sex="1"))
    with pytest.raises(Refused, match="out of term"):
        sampled(ended.person, NOW)
    begins = CaseFactory(not_reported=True, person=PersonFactory(sex="1"))
    with pytest.raises(Refused, match="out of term"):
        sampled(begins.person, NOW)
    assert sampled(begins.person, NOW, why="handover").case is None
    close_case(case=begins, by=worker, reason="revoked", on=NOW)
    with pytest.raises(Refused, match="out of term"):
        sampled(begins.person, NOW, why="handover", sample="hair")


def test_the_same_form_twice_is_one_and_the_same_test_of_a_day_is_refused(case: Case) -> None:
    uuid = uuid4()
    by = UserFactory()
    first = sampled(case.person, NOW, client_uuid=uuid, by=by)
    assert sampled(case.person, NOW, client_uuid=uuid, by=by) == first
    with pytest.raises(Refused, match="recorded one at"):
        sampled(case.person, NOW, another=False)
    with pytest.raises(Refused, match="for another person"):
        sampled(CaseFactory().person, NOW, client_uuid=uuid, by=by)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": "refused"}, "day of the next try"),
        ({"reason": "refused", "next_on": NOW - DAY}, "before the day"),
        ({"reason": "refused", "next_on": NOW + 61 * DAY}, "60 days"),
        ({"reason": "other", "next_on": NOW, "note": ""}, "in a few words"),
        ({"reason": "refused", "next_on": NOW, "note": "不"}, "what happened"),
        ({"reason": "evaded", "next_on": NOW, "note": ""}, "what happened"),
        ({"reason": "nonsense", "next_on": NOW}, "could not be taken"),
    ],
)
def test_not_taken_says_why_and_when_it_is_tried_again(
    case: Case, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        not_sampled(case.person, NOW, **facts)


def test_no_test_lies_in_the_future_and_an_earlier_day_is_marked(case: Case) -> None:
    with pytest.raises(Refused, match="future"):
        sampled(case.person, NOW + DAY)
    assert sampled(case.person, NOW - DAY).is_late_entry
    assert not sampled(case.person, NOW).is_late_entry


def test_a_correction_keeps_the_old_value_and_settles_anew(case: Case, worker: User) -> None:
    test = sampled(case.person, date(2024, 5, 31))
    assert outcomes(case)[2:] == ["done", "open"]
    changes = {"occurred_at": test.occurred_at + DAY, "result": "negative"}
    fixed = correct_test(test=test, by=worker, reason="日期记错", version=1, changes=changes)
    assert (fixed.day, fixed.version) == (date(2024, 6, 1), 2)
    assert outcomes(case)[2:] == ["missed", "done"]
    assert fixed.events.count() == 2  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="Somebody else"):
        correct_test(test=test, by=worker, reason="再改", version=1, changes={})
    with pytest.raises(Refused, match="why the record is corrected"):
        correct_test(test=test, by=worker, reason=" ", version=2, changes={})
    with pytest.raises(TypeError):
        correct_test(test=test, by=worker, reason="改正", version=2, changes={"outcome": "x"})


def test_a_withdrawn_test_counts_no_more_and_stays(case: Case, worker: User) -> None:
    test = sampled(case.person, NOW)
    assert list(DrugTest.objects.taken()) == list(DrugTest.objects.of_duty("test")) == [test]
    with pytest.raises(Refused, match="why the record is withdrawn"):
        withdraw_test(test=test, by=worker, reason=" ")
    withdraw_test(test=test, by=worker, reason="记错了人")
    assert outcomes(case)[3] == "open"
    assert DrugTest.objects.get().withdrawn_reason == "记错了人"
    assert not DrugTest.objects.taken().exists()
    assert not DrugTest.objects.of_duty("test").exists()
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_test(test=test, by=worker, reason="再撤")
    with pytest.raises(Refused, match="cannot be changed"):
        correct_test(test=test, by=worker, reason="改正", version=2, changes={})
    assert sampled(case.person, NOW).pk
