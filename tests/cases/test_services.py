"""Acts on orders."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from apps.accounts.models import User
from apps.cases import listeners, rules, services
from apps.cases.codes import CaseState, ClosureReason
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.codes import LifeStatus
from apps.persons.services import ChangedMeanwhile
from tests.cases.states import state_on
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def told() -> Iterator[list[int]]:
    """Ids that listeners were told of."""
    heard: list[int] = []

    def listen(case_ids: Collection[int]) -> None:
        heard.extend(case_ids)

    listeners.on_change(listen)
    yield heard
    listeners._listeners.remove(listen)


def test_a_report_and_an_agreement_bring_an_order_into_force(worker: User, told: list[int]) -> None:
    case = CaseFactory(not_reported=True)
    assert not case.is_in_force_on(date(2024, 3, 1))
    case = services.record_report(case=case, by=worker, on=date(2024, 3, 1))
    case = services.sign_agreement(case=case, by=worker, on=date(2024, 3, 4))
    assert (case.in_force_from, case.duties_end_on) == (date(2024, 3, 4), date(2027, 2, 28))
    assert told == [case.pk] * 3
    assert Case.objects.in_force_on(date(2024, 3, 4)).get() == case


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reported_on": date(2024, 2, 19)}, "decision|决定"),
        ({"received_on": date(2024, 2, 19)}, "decision|决定"),
        ({"agreement_on": date(2024, 2, 28)}, "report|报到"),
        ({"paper_end_on": date(2024, 2, 28)}, "report|报到"),
        ({"reported_on": None}, "report|报到"),
        ({"term_months": 24}, "three years|三年"),
        ({"decided_on": date(2999, 1, 1)}, "future|晚于今天"),
        ({"measure": "ZYJD"}, "measure|detoxification|措施|戒毒"),
    ],
)
def test_dates_that_contradict_each_other_are_refused_in_words(
    facts: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        CaseFactory(**facts)
    assert not Case.objects.exists()


def test_a_risk_level_moves_the_duties_of_the_order_that_runs_and_of_none_that_is_over(
    worker: User, told: list[int]
) -> None:
    old = CaseFactory(
        decided_on=date(2018, 1, 1), received_on=None, reported_on=date(2018, 1, 9),
        agreement_on=date(2018, 1, 9),
    )  # fmt: skip
    new = CaseFactory(person=old.person)
    told.clear()
    facts = {"risk_level": "low", "source": "assessed", "by": worker, "reason": "工作稳定"}
    services.set_risk_level(person=old.person, on=date(2024, 5, 1), **facts)
    assert told == [new.pk]
    services.set_risk_level(person=old.person, on=date(2021, 1, 8), **facts)
    assert told == [new.pk, old.pk]


def test_missing_dates_are_no_reason_to_refuse() -> None:
    case = CaseFactory(decided_on=None, received_on=None, decision_number="")
    assert case.is_in_force_on(date(2024, 3, 1))


def test_two_orders_of_a_person_are_never_in_force_on_one_day() -> None:
    first = CaseFactory()
    with pytest.raises(Refused, match=r"in force|执行"):
        CaseFactory(person=first.person)


def test_rehabilitation_may_be_shorter() -> None:
    assert CaseFactory(measure="SQKF", term_months=12).computed_end_on == date(2025, 2, 28)


def test_an_order_ends_the_follow_up_without_one() -> None:
    person = PersonFactory(life_status=LifeStatus.FOLLOW_UP, life_status_since=date(2024, 1, 1))
    CaseFactory(person=person)
    person.refresh_from_db()
    assert (person.life_status, person.life_status_since) == ("", None)


def test_steps_are_recorded_once_and_in_order(worker: User) -> None:
    case = CaseFactory(not_reported=True)
    with pytest.raises(Refused, match="先报到，后签协议：请先登记报到。"):
        services.sign_agreement(case=case, by=worker, on=date(2024, 3, 1))
    services.record_report(case=case, by=worker, on=date(2024, 3, 1))
    with pytest.raises(Refused, match="2024"):
        services.record_report(case=case, by=worker, on=date(2024, 3, 2))
    services.sign_agreement(case=case, by=worker, on=date(2024, 3, 1))
    with pytest.raises(Refused, match="2024"):
        services.sign_agreement(case=case, by=worker, on=date(2024, 3, 2))


def test_the_later_of_two_corrections_is_told_both_values(worker: User) -> None:
    case = CaseFactory()
    services.correct_case(case=case, by=worker, version=1, received_on=date(2024, 2, 23))
    with pytest.raises(ChangedMeanwhile) as told:
        services.correct_case(case=case, by=worker, version=1, received_on=date(2024, 2, 24))
    assert told.value.differences[0][1:] == ("2024-02-23", "2024-02-24")


def test_a_corrected_area_moves_the_person_too(told: list[int]) -> None:
    case, supervisor = CaseFactory(), UserFactory(county_supervisor=True)
    moved = services.correct_case(case=case, by=supervisor, area=area(WANQUAN), reason="录入有误")
    moved.person.refresh_from_db()
    assert (moved.town.code, moved.person.town.code, moved.village) == (WANQUAN, WANQUAN, None)
    assert told[-1] == case.pk


def test_a_plan_is_made_on_a_day(worker: User) -> None:
    assert services.record_plan(case=CaseFactory(), by=worker, on=date(2024, 3, 9)).plan_on


def test_duties_end_the_day_before_a_closure(worker: User) -> None:
    case = services.close_case(
        case=CaseFactory(), by=worker, reason=ClosureReason.IMPRISONED, on=date(2024, 6, 10)
    )
    assert case.duties_end_on == date(2024, 6, 9)
    assert not case.is_in_force_on(date(2024, 6, 10))
    with pytest.raises(Refused, match="2024"):
        services.close_case(case=case, by=worker, reason=ClosureReason.OTHER, on=date(2024, 6, 11))


def test_a_release_follows_the_last_day_of_the_term(worker: User) -> None:
    case = CaseFactory(measure="SQKF", term_months=12)
    release = {"case": case, "by": worker, "reason": ClosureReason.RELEASED}
    with pytest.raises(Refused, match="2025年2月28日"):
        services.close_case(on=date(2025, 2, 28), **release)
    closed = services.close_case(on=date(2025, 3, 5), **release)
    assert closed.duties_end_on == date(2025, 2, 28)


def test_an_order_closes_on_the_day_it_came_into_force_and_occupies_none(worker: User) -> None:
    case = CaseFactory()
    services.close_case(case=case, by=worker, reason=ClosureReason.REVOKED, on=date(2024, 3, 1))
    assert CaseFactory(person=case.person).is_in_force_on(date(2024, 3, 1))


def test_no_end_before_the_decision_nor_tomorrow(worker: User) -> None:
    tomorrow = today() + timedelta(days=1)
    for day, words in ((date(2024, 2, 19), "结案早于决定"), (tomorrow, "日期不能晚于今天")):
        with pytest.raises(Refused, match=words):
            services.close_case(case=CaseFactory(), by=worker, reason=ClosureReason.REVOKED, on=day)


def test_a_death_is_told_to_the_persons_file(worker: User) -> None:
    case = CaseFactory()
    services.close_case(case=case, by=worker, reason=ClosureReason.DECEASED, on=date(2024, 5, 1))
    case.person.refresh_from_db()
    assert case.person.life_status == LifeStatus.DECEASED


@given(
    reported=st.none() | st.integers(0, 30),
    agreed=st.none() | st.integers(0, 30),
    paper=st.none() | st.integers(60, 1200),
    day=st.integers(-20, 1200),
)
def test_active_is_in_force_and_the_query_says_the_same(
    reported: int | None, agreed: int | None, paper: int | None, day: int
) -> None:
    start = date(2024, 2, 20)
    dates = {
        "reported_on": reported,
        "paper_end_on": paper,
        "agreement_on": None if reported is None or agreed is None else reported + agreed,
    }
    case = CaseFactory(
        received_on=None,
        **{k: None if v is None else start + timedelta(days=v) for k, v in dates.items()},
    )
    on = start + timedelta(days=day)
    active = state_on(case, [], [], on) == CaseState.ACTIVE
    assert active == case.is_in_force_on(on)
    assert active == Case.objects.in_force_on(on).filter(pk=case.pk).exists()
    if reported is not None:
        assert case.computed_end_on == rules.term_end(case.reported_on, 36)
