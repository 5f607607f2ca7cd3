"""Who recorded a test before, what a record is made of, and whom a change reaches."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.cases.models import Case
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, record_not_taken, record_test, withdraw_test
from apps.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at, case_of
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)
FACTS = {
    "sample": "urine", "kind": "screening", "why": "regular", "place": "office",
    "collector": "周晓岚", "collector_sex": "2", "second_sex": "2", "second_collector": "符丽",
    "medicine": "none",
}  # fmt: skip
TWO = "A sample is taken by two people: enter both names."
ANOTHER = "recorded one at 09:15 of this day. If this was another, say so below."


def recorded(case: Case, by: User, day: date = NOW, clock: str = "10:00", **more: Any) -> DrugTest:
    """As the form sends it at first: nobody has said that it is another one."""
    return record_test(
        person=case.person, by=by, client_uuid=uuid4(), occurred_at=at(day, clock), **FACTS | more
    )


@pytest.mark.parametrize(
    ("first", "second", "words", "field"),
    [
        ({}, {"kind": "on_site"}, ANOTHER, "another"),
        ({}, {"sample": "hair", "kind": "laboratory"}, ANOTHER, "another"),
        ({}, {"kind": "on_site", "another": True}, None, None),
        ({}, {"kind": "on_site", "day": NOW - DAY}, None, None),
        ({}, {}, ANOTHER, "another"),
        ({}, {"another": True}, None, None),
        ({"result": "invalid"}, {}, ANOTHER, "another"),
        ({"result": "invalid"}, {"another": True}, None, None),
    ],
)
def test_a_second_one_of_a_day_is_asked_about(
    case: Case, worker: User, first: dict[str, Any], second: dict[str, Any],
    words: str | None, field: str | None,
) -> None:  # fmt: skip
    earlier = UserFactory(name="林小北")
    recorded(case, earlier, clock="09:15", **first)
    recorded(case_of(worker, person=PersonFactory(sex="1")), UserFactory(), clock="08:00")
    with answered(f"林小北 {words}" if words == ANOTHER else words, field):
        recorded(case, worker, **second)
    assert DrugTest.objects.filter(person=case.person).count() == (2 if words is None else 1)


def test_the_first_one_of_the_day_is_named(case: Case, worker: User) -> None:
    recorded(case, UserFactory(name="林小北"), clock="09:15")
    recorded(case, UserFactory(name="符丽"), clock="08:30", kind="on_site", another=True)
    with refused(f"林小北 {ANOTHER}", "another"):
        recorded(case, worker, kind="laboratory")


def test_what_was_not_taken_or_is_withdrawn_is_no_first_one(case: Case, worker: User) -> None:
    not_sampled(case.person, NOW, "not_told", next_on=NOW + DAY)
    gone = recorded(case, worker)
    withdraw_test(test=gone, by=worker, reason="记错了人")
    assert recorded(case, worker).pk
    assert not_sampled(case.person, NOW, "refused", next_on=NOW + DAY, sample="hair").pk


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"medicine": ""}, "Say which medicines the person declared.", "medicine"),
        ({"collector": "Anna", "second_collector": "ANNA"}, TWO, "second_collector"),
        ({"collector": ""}, TWO, "second_collector"),
        ({"collector": " 周晓岚 ", "note": " 正常 "}, None, None),
        ({"day": date(2024, 2, 19)}, "The order is of ", None),
    ],
)  # fmt: skip
def test_a_record_says_who_took_it_and_what_was_declared(
    case: Case, worker: User, facts: dict[str, Any], words: str | None, field: str | None
) -> None:
    with answered(words, field):
        row = recorded(case, worker, **facts)
        assert (row.collector, row.note, row.version) == ("周晓岚", "正常", 1)
        assert (row.case, row.town) == (case, case.town)
        assert row.recorded_by == worker


def test_no_record_has_facts_of_another_kind(case: Case, worker: User) -> None:
    with pytest.raises(TypeError, match="reason_not"):
        recorded(case, worker, reason_not="refused")
    with pytest.raises(TypeError, match="result"):
        record_not_taken(
            person=case.person, by=worker, client_uuid=uuid4(), occurred_at=at(NOW),
            reason_not="refused", note="说今天不方便", next_on=NOW, result="negative",
        )  # fmt: skip
    row = not_sampled(case.person, NOW, "refused", next_on=NOW)
    assert (row.kind, row.why, row.place) == ("screening", "regular", "")
    with pytest.raises(TypeError, match="medicine"):
        correct_test(test=row, by=worker, reason="改正", version=1, changes={"medicine": "none"})


def test_who_recorded_a_test_hears_that_somebody_else_withdrew_it(case: Case, worker: User) -> None:
    other, own = sampled(case.person, NOW, by=worker), recorded(case, worker, NOW - DAY)
    mate = UserFactory()
    with CaptureQueriesContext(connection) as asked:
        gone = withdraw_test(test=other, by=mate, reason=" 记错了人 ")
    locks = [q["sql"] for q in asked if "FOR UPDATE" in q["sql"] or "FOR NO KEY" in q["sql"]]
    # Orders first, as every act does: nobody waits crosswise.
    assert 'FROM "cases_case"' in locks[0]
    withdraw_test(test=own, by=worker, reason="记错了人")
    assert (gone.version, gone.withdrawn_by, gone.withdrawn_reason) == (2, mate, "记错了人")
    told = Notice.objects.filter(reader=worker, kind="entry_withdrawn")
    assert [notice.subject for notice in told] == [gone.public_id]


def test_a_correction_to_the_days_of_another_order_is_of_that_order(worker: User) -> None:
    first = case_of(worker, measure="SQKF", term_months=2, person=PersonFactory(sex="1"))
    second = CaseFactory(
        person=first.person, measure="SQKF", term_months=12, decided_on=date(2024, 5, 20),
        received_on=date(2024, 5, 21), reported_on=date(2024, 5, 22),
        agreement_on=date(2024, 5, 22),
    )  # fmt: skip
    row = recorded(second, worker)
    assert row.case == second
    moved = {"occurred_at": at(date(2024, 4, 10))}
    row = correct_test(test=row, by=worker, reason="日期错", version=1, changes=moved)
    assert row.case == first
