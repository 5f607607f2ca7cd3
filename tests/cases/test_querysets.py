"""Questions about cases."""

import os
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings, strategies as st

from apps.cases import services
from apps.cases.codes import CaseState, ClosureReason
from apps.cases.current_order import current_case, state_of
from apps.cases.models import Case, Leave, PoliceReport, RiskLevelRecord, Suspension
from tests.cases.states import state_on
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
START = date(2024, 2, 20)
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"


# To open an order takes longer than to ask for its state: each is asked on several days.
@settings(max_examples=5000 if SOAK else 15)
@given(
    received=st.none() | st.integers(0, 20),
    reported=st.none() | st.integers(0, 40),
    agreed=st.none() | st.integers(0, 20),
    paper=st.none() | st.integers(90, 1200),
    closed=st.none() | st.integers(41, 100),
    days=st.lists(st.integers(0, 120), min_size=4, max_size=8, unique=True),
    away=st.booleans(),
    held=st.booleans(),
)
def test_the_query_and_the_rule_know_the_same_states(
    received: int | None,
    reported: int | None,
    agreed: int | None,
    paper: int | None,
    closed: int | None,
    days: list[int],
    *,
    away: bool,
    held: bool,
) -> None:
    def on(days: int | None) -> date | None:
        return None if days is None else START + timedelta(days=days)

    if reported is None:
        agreed = None
    case = CaseFactory(
        decided_on=None if received is None else START,
        received_on=on(received),
        reported_on=on(reported),
        paper_end_on=on(paper),
        agreement_on=None if agreed is None else on((reported or 0) + agreed),
    )
    user = UserFactory()
    if closed is not None:
        case = services.close_case(
            case=case, by=user, reason=ClosureReason.REVOKED, on=START + timedelta(days=closed)
        )
    common = {"case": case, "person": case.person, "recorded_by": user, "county": case.county}
    span = {"starts_on": START + timedelta(days=60)}
    leaves = [Leave.objects.create(until_on=START + timedelta(days=90), **span, **common)] * away
    holds = [Suspension.objects.create(reason="detained", **span, **common)] * held if held else []
    if not away:
        Leave.objects.filter(case=case).update(withdrawn_at="2024-01-01T00:00:00Z")
    for today in (START + timedelta(days=day) for day in days):
        state = state_on(case, leaves, holds, today)
        found = [s for s in CaseState if Case.objects.filter(pk=case.pk).in_state_on(s, today)]
        assert found == [state]
        assert state_of(Case.objects.with_absence_on(today).get(pk=case.pk), today) == state


def test_the_case_in_force_is_the_one_a_page_speaks_of() -> None:
    old = CaseFactory(
        decided_on=date(2018, 1, 1),
        received_on=None,
        reported_on=date(2018, 1, 9),
        agreement_on=date(2018, 1, 9),
    )
    new = CaseFactory(person=old.person)
    waiting = CaseFactory(person=old.person, not_reported=True)
    cases = [old, new, waiting]
    assert current_case(cases, date(2025, 1, 1)) == new
    assert current_case(cases, date(2028, 1, 1)) == waiting
    assert current_case([old, new], date(2028, 1, 1)) == new
    assert current_case([], date(2028, 1, 1)) is None


def row_of(model: Any, case: Case, **facts: Any) -> Any:
    by, place = UserFactory(), {"county": case.county, "town": case.town}
    if model is not RiskLevelRecord:
        facts |= {"case": case, "recorded_by": by}
    return model.objects.create(person=case.person, **place, **facts)


def reported(case: Case, happened: date, **facts: Any) -> PoliceReport:
    known = {
        "ground": "use", "happened_on": happened, "facts": "检测阳性", "heard": "本人承认",
        "reported_on": happened, "replied_on": happened, "outcome": "warned",
    }  # fmt: skip
    return row_of(PoliceReport, case, **known | facts)


def test_what_was_withdrawn_answers_no_question() -> None:
    case, day = CaseFactory(), date(2024, 5, 10)
    open_report = {"reported_on": day, "replied_on": None, "outcome": ""}
    questions = [
        (row_of(Leave, case, starts_on=day, until_on=day), lambda: Leave.objects.covering(day)),
        (
            row_of(Suspension, case, starts_on=day, reason="detained"),
            lambda: Suspension.objects.covering(day),
        ),
        (reported(case, day), lambda: PoliceReport.objects.established(day)),
        (reported(case, day, **open_report), PoliceReport.objects.unanswered),
    ]
    for row, question in questions:
        assert list(question()) == [row]
        type(row).objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
        assert not question().exists()
    assert not PoliceReport.objects.made().exists()


def test_an_absence_covers_its_first_and_its_last_day() -> None:
    case, first, last = CaseFactory(), date(2024, 5, 10), date(2024, 5, 12)
    row_of(Leave, case, starts_on=first, until_on=last)
    row_of(Suspension, case, starts_on=first, ended_on=last, reason="detained")
    day = timedelta(days=1)
    for model in (Leave, Suspension):
        asked = [first - day, first, last, last + day]
        found = [model.objects.covering(on).exists() for on in asked]
        assert found == [False, True, True, False]


def test_the_newest_risk_level_stands_first_and_of_one_day_the_later_word() -> None:
    case, day = CaseFactory(), date(2024, 5, 10)
    common = {"risk_level": "low", "source": "ledger"}
    march, day_before, first, second, _later = (
        row_of(RiskLevelRecord, case, from_on=on, **common)
        for on in (date(2024, 3, 1), day - timedelta(days=1), day, day, day + timedelta(days=1))
    )
    assert list(RiskLevelRecord.objects.latest_on(day)) == [second, first, day_before, march]
    assert RiskLevelRecord.objects.latest_on(day).first() == second


def test_the_last_use_is_the_newest_that_was_established_by_the_day() -> None:
    case, days = CaseFactory(), [date(2024, 4, 1), date(2024, 6, 1), date(2024, 5, 1)]
    for day in days:
        reported(case, day)
    found = [
        Case.objects.with_absence_on(day).get().last_use_on
        for day in (date(2024, 3, 31), days[0], date(2024, 5, 31), days[1])
    ]
    assert found == [None, days[0], days[2], days[1]]
