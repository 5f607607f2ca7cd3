"""Figures of drug tests: what is counted, on which day, and that a screening is only one."""

from datetime import date

import pytest

from apps.core.days import today
from apps.drugtests.bulk import LedgerTest, bring_in_ledger
from apps.drugtests.chain import StepKind as S, is_disputed
from apps.drugtests.models import Dossier, DrugTest
from apps.drugtests.services import withdraw_test
from apps.persons.figures import Period
from apps.reports.indicators import INDICATORS
from tests.drugtests.ways import TO_LABORATORY, lab_test, step, walk
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at, case_of

pytestmark = pytest.mark.django_db

MAY = (date(2024, 5, 1), date(2024, 5, 31))


def figure(code: str, as_at: date | None = None, *, days=MAY, unit: str = QIONGHAI) -> int:
    found = INDICATORS[code].measure(Period(area(unit), *days, as_at or today()))
    return found.numerator


def test_tests_that_worked_are_counted_and_persons_once(case, worker):
    sampled(case.person, date(2024, 5, 3), by=worker, result="negative")
    sampled(case.person, date(2024, 5, 20), by=worker)
    sampled(case.person, date(2024, 5, 21), by=worker, result="invalid")
    sampled(case.person, date(2024, 4, 30), by=worker)
    gone = sampled(case.person, date(2024, 5, 22), by=worker)
    withdraw_test(test=gone, by=worker, reason="登记到了别人名下")
    assert (figure("tests_done"), figure("persons_tested")) == (2, 1)
    assert figure("tests_done", date(2024, 5, 10)) == 1
    assert figure("tests_done", unit=WANQUAN) == 0
    # Two years are two figures: nobody adds them up.
    both = [figure("persons_tested", days=(date(2024, m, 1), date(2024, m, 28))) for m in (4, 5)]
    assert both == [0, 1]
    april = (date(2024, 4, 1), date(2024, 4, 30))
    whole = (date(2024, 4, 1), date(2024, 5, 31))
    assert (figure("persons_tested", days=april), figure("persons_tested", days=whole)) == (1, 1)


def test_a_positive_stands_to_be_confirmed_until_it_is_decided(case, worker):
    test = lab_test(case.person, date(2024, 5, 3), by=worker)
    step(test, S.SCREENED)
    assert (figure("positive_screened"), figure("positive_confirmed")) == (1, 0)
    walk(test, *TO_LABORATORY)
    assert (figure("positive_screened"), figure("positive_confirmed")) == (1, 0)
    step(test, S.DECIDED, at(date(2024, 5, 20)), answer="confirmed")
    assert (figure("positive_screened"), figure("positive_confirmed")) == (0, 1)
    before = date(2024, 5, 19)
    assert (figure("positive_screened", before), figure("positive_confirmed", before)) == (1, 0)


def test_what_the_laboratory_did_not_find_is_in_neither(case, worker):
    test = lab_test(case.person, date(2024, 5, 3), by=worker)
    walk(test, S.SCREENED, S.SEALED, S.STORED, S.SENT, S.RECEIVED)
    step(test, S.ANALYSED, result="negative")
    walk(test, S.LAB_TOLD, S.DECIDED)
    assert (figure("positive_screened"), figure("positive_confirmed")) == (0, 0)


def test_a_record_of_a_ledger_is_counted_and_never_confirmed(case, worker):
    rows = [LedgerTest(case.person, at(date(2024, 5, 3)), "hair", "positive", "laboratory")]
    bring_in_ledger(rows, by=worker)
    bring_in_ledger(
        [LedgerTest(PersonFactory(), at(date(2024, 5, 4)), "hair", "negative")], by=worker
    )
    assert (figure("tests_done"), figure("persons_tested")) == (2, 2)
    assert (figure("positive_screened"), figure("positive_confirmed")) == (1, 0)


def test_only_refused_and_evaded_are_refusals(case, worker):
    for day, reason in enumerate(("refused", "evaded", "hospital", "no_kit"), start=6):
        next_on = None if reason == "hospital" else date(2024, 5, 20)
        not_sampled(case.person, date(2024, 5, day), reason, by=worker, next_on=next_on)
    assert figure("tests_refused") == 2


WAYS = (
    (S.SCREENED, S.TOLD),
    (S.SCREENED, S.TOLD, S.OBJECTED),
    (S.SCREENED, S.TOLD, S.OBJECTED, S.ANSWERED),
    (S.SCREENED, S.TOLD, S.OBJECTED, S.ANSWERED, S.UNFIT),
    (S.SCREENED, S.TOLD, S.OBJECTED, S.ANSWERED, *TO_LABORATORY),
    (*TO_LABORATORY, S.LAB_OBJECTED),
    (*TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED),
    (*TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT, S.B_RECEIVED, S.RETESTED),
    (*TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT, S.B_RECEIVED, S.RETESTED,
     S.RETEST_TOLD),
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1])
def test_the_question_and_the_chain_know_the_same_disputes(case, worker, way):
    test = lab_test(case.person, date(2024, 5, 3), by=worker)
    walk(test, *way)
    disputed = is_disputed(Dossier.objects.get(test=test).had)
    assert list(DrugTest.objects.disputed_on(today())) == ([test] if disputed else [])
    assert figure("disputes_open") == int(disputed)
    assert figure("disputes_open", date(2024, 5, 2)) == 0


def test_an_objection_that_was_denied_is_no_dispute(case, worker):
    test = lab_test(case.person, date(2024, 5, 3), by=worker)
    walk(test, S.SCREENED, S.TOLD, S.OBJECTED)
    assert figure("disputes_open") == 1
    step(test, S.ANSWERED, answer="denied")
    assert figure("disputes_open") == 0


def test_windows_of_the_plan_are_due_and_done(worker):
    case = case_of(worker, person=PersonFactory(sex="1"))
    days = (date(2024, 3, 1), date(2024, 5, 31))
    due = figure("tests_due", days=days)
    assert due > 0
    assert figure("test_rate", days=days) == 0
    sampled(case.person, date(2024, 5, 3), by=worker, result="negative")
    assert figure("test_rate", days=days) >= 1
    assert figure("tests_due", days=days) == due
