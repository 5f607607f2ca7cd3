"""Questions about cases."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.cases import rules, services
from apps.cases.codes import CaseState, ClosureReason
from apps.cases.current import current_case, state_of
from apps.cases.models import Case, Leave, Suspension
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db
START = date(2024, 2, 20)


@given(
    received=st.none() | st.integers(0, 20),
    reported=st.none() | st.integers(0, 40),
    agreed=st.none() | st.integers(0, 20),
    paper=st.none() | st.integers(90, 1200),
    closed=st.none() | st.integers(41, 100),
    day=st.integers(0, 120),
    away=st.booleans(),
    held=st.booleans(),
)
def test_the_query_and_the_rule_know_the_same_states(
    received: int | None,
    reported: int | None,
    agreed: int | None,
    paper: int | None,
    closed: int | None,
    day: int,
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
    user, today = UserFactory(), START + timedelta(days=day)
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
    state = rules.state_on(case, leaves, holds, today)
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
