"""A help goes its steps in order, its ledger is exact, and no two at once spend what is left."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, AssistanceStep, Budget, Look, Payment, Programme
from apps.assistance.services import (
    ask_for_same_help,
    close_month,
    next_steps,
    reverse_payment,
    set_budget,
    take_back_step,
    withdraw_look,
)
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHENG, area
from tests.factories.assistance import approved, gone, helped, looked, paid, programme, taken
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def test_a_help_goes_from_found_to_ended(boss: User) -> None:
    one = helped("living")
    assert (one.state, one.kind, one.restricted) == ("found", "living", False)
    assert [str(step) for step in next_steps(one)] == ["applied", "referred", "approved", "ended"]
    for kind, state in (("referred", "referred"), ("applied", "applied"), ("approved", "approved")):
        assert gone(one, kind).state == state
    paid(one)
    one.refresh_from_db()
    assert (one.state, one.delivered_on, one.look_after) == ("delivered", NOW, 30)
    assert one.look_on == NOW + 30 * DAY
    assert gone(one, "ended").state == "ended"


def test_no_step_comes_out_of_order_nor_before_another(boss: User) -> None:
    one = helped(found_on=NOW - 2 * DAY)
    taken(one, "applied", day=NOW - DAY)
    for kind in ("referred", "found", "applied"):
        with pytest.raises(Refused, match="cannot follow"):
            taken(one, kind)
    with pytest.raises(Refused, match="lies before"):
        taken(one, "approved", day=NOW - 2 * DAY)
    with pytest.raises(Refused, match="why it was not approved"):
        taken(one, "refused", words="。。")
    gone(one, "refused")
    with pytest.raises(Refused, match="cannot follow"):
        taken(one, "approved")


def test_the_database_keeps_the_order_whoever_writes(boss: User) -> None:
    one = helped()
    row = AssistanceStep(
        assistance=one, person=one.person, kind="refused", day=NOW, words="收入超过标准",
        recorded_at="2024-06-03T00:00Z", recorded_by=boss, county=one.county,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="assistancestep_in_order"), transaction.atomic():
        row.save()
    row.kind, row.words, row.end_why, row.day = "ended", "", "done", NOW - DAY
    with pytest.raises(IntegrityError, match="assistancestep_in_time"), transaction.atomic():
        row.save()
    Assistance.objects.filter(pk=one.pk).update(state="delivered", delivered_on=NOW)
    one.refresh_from_db()
    assert (one.state, one.delivered_on) == ("found", None)


def test_steps_say_what_they_must(boss: User) -> None:
    one = helped()
    facts = {
        "assistance": one, "person": one.person, "day": NOW, "recorded_at": "2024-06-03T00:00Z",
        "recorded_by": boss, "county": one.county,
    }  # fmt: skip
    for kind, more, name in (
        ("applied", {}, "goes_to_somebody"),
        ("ended", {}, "ended_with_reason"),
        ("found", {"end_why": "done"}, "in_order"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            AssistanceStep(kind=kind, **facts, **more).save()
    taken(one, "applied")
    with pytest.raises(IntegrityError, match="refused_with_reason"), transaction.atomic():
        AssistanceStep(kind="refused", **facts).save()
    with pytest.raises(IntegrityError, match="withdrawn_by_somebody"), transaction.atomic():
        AssistanceStep.objects.filter(assistance=one, kind="applied").update(
            withdrawn_at="2024-06-03T00:00Z"
        )


def test_the_last_step_is_taken_back_first_and_a_paid_one_stays(boss: User) -> None:
    one = approved()
    steps = {step.kind: step for step in one.steps.all()}
    with pytest.raises(Refused, match="came later"):
        take_back_step(step=steps["applied"], by=boss, reason="记错了")
    payment = paid(one)
    with pytest.raises(Refused, match="is reversed"):
        take_back_step(step=steps["approved"], by=boss, reason="记错了")
    reverse_payment(payment=payment, by=boss, client_uuid=uuid4(), on=NOW, reason="发错了人")
    one.refresh_from_db()
    assert (one.state, one.delivered_on, one.look_on) == ("approved", None, None)
    for kind in ("approved", "applied", "found"):
        take_back_step(step=steps[kind], by=boss, reason="记错了")
    one.refresh_from_db()
    assert one.state == "mistake"
    with pytest.raises(Refused, match="taken back already"):
        take_back_step(step=steps["found"], by=boss, reason="记错了")


def test_nothing_is_received_before_it_is_approved(boss: User) -> None:
    one = helped("living")
    with pytest.raises(Refused, match="Nothing can be received"):
        paid(one)
    gone(one, "applied", "approved")
    with pytest.raises(Refused, match="not approved by then"):
        paid(one, paid_on=NOW - DAY)
    with pytest.raises(Refused, match="future"):
        paid(one, paid_on=NOW + DAY)
    free = helped("papers")
    assert paid(free, None, how="service").times == 1


def test_an_amount_that_is_not_recorded_is_unknown_and_never_nothing(boss: User) -> None:
    one = approved()
    row = paid(one, None)
    assert (row.amount_fen, row.amount) == (None, "")
    assert Payment.objects.sums() == {"times": 1, "household": 0, "fen": 0, "unknown": 1}
    facts = {
        "assistance": one, "person": one.person, "programme": one.programme, "office": one.county,
        "paid_on": NOW, "month_first": NOW, "month_last": NOW, "receipt": "none", "times": 1,
        "recorded_by": boss, "county": one.county,
    }  # fmt: skip
    for more, name in (
        ({"amount_fen": 0, "how": "bank"}, "above_nothing"),
        ({"amount_fen": -1, "how": "bank"}, "above_nothing"),
        ({"amount_fen": 1, "how": "service"}, "service_has_no_amount"),
        ({"how": "bank", "receipt": "scan"}, "receipt_named"),
        ({"how": "bank", "month_last": NOW - DAY}, "months_in_order|range lower"),
    ):
        with pytest.raises(Exception, match=name), transaction.atomic():
            Payment(**facts | more).save()


def test_a_month_is_paid_once(boss: User) -> None:
    one = approved("living")
    first = paid(one)
    with pytest.raises(Refused, match="paid already"):
        paid(one)
    reverse_payment(payment=first, by=boss, client_uuid=uuid4(), on=NOW, reason="金额记错")
    paid(one, 20_000)
    paid(one, month_first=date(2024, 4, 1), month_last=date(2024, 5, 9))
    with pytest.raises(Refused, match="paid already"):
        paid(one, month_first=date(2024, 5, 1))
    relief = approved()
    paid(relief)
    paid(relief)


def test_a_reversal_takes_back_one_payment_whole_and_once(boss: User) -> None:
    one = approved()
    row = paid(one, 12_345, household=3)
    back = reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=NOW, reason="重复登记")
    assert (back.amount_fen, back.times, back.household) == (-12_345, -1, -3)
    for again in (row, back):
        with pytest.raises(Refused, match="whole and once"):
            reverse_payment(payment=again, by=boss, client_uuid=uuid4(), on=NOW, reason="重复登记")
    other = paid(one, 700)
    wrong = Payment(
        assistance=one, person=one.person, programme=one.programme, office=one.county,
        paid_on=NOW, month_first=NOW, month_last=NOW, how="bank", receipt="none", times=-1,
        amount_fen=-699, reverses=other, words="少了一分", recorded_by=boss, county=one.county,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="reverses_its_payment"), transaction.atomic():
        wrong.save()
    wrong.amount_fen, wrong.words = -700, ""
    with pytest.raises(IntegrityError, match="reversed_in_words"), transaction.atomic():
        wrong.save()
    assert Payment.objects.sums()["fen"] == 700


def test_a_row_of_the_ledger_is_never_changed(boss: User) -> None:
    row = paid(approved())
    for change in ({"amount_fen": 1}, {"paid_on": NOW - DAY}, {"receipt": "none"}):
        with pytest.raises(IntegrityError, match="as_it_was"), transaction.atomic():
            Payment.objects.filter(pk=row.pk).update(**change)


def test_nobody_spends_more_than_is_left(boss: User) -> None:
    one = approved()
    paid(one, 400)
    with pytest.raises(Refused, match="paid in the year already"):
        set_budget(programme=one.programme, area=area(QIONGHAI), year=2024, amount_fen=399, by=boss)
    kept = {"programme": one.programme, "area": area(QIONGHAI), "year": 2024, "by": boss}
    budget = set_budget(**kept, amount_fen=1000)
    paid(one, 600)
    with pytest.raises(Refused, match="left of the budget"):
        paid(one, 1)
    assert Budget.objects.with_spent().get().left == 0
    with pytest.raises(Refused, match="paid in the year already"):
        set_budget(**kept, amount_fen=999)
    last = Payment.objects.get(amount_fen=600)
    reverse_payment(payment=last, by=boss, client_uuid=uuid4(), on=NOW, reason="发错了人")
    assert Budget.objects.with_spent().get().left == 600
    assert set_budget(**kept, amount_fen=401).pk == budget.pk
    with pytest.raises(Refused, match="outside your area"):
        set_budget(**kept | {"area": area(WENCHENG)}, amount_fen=1)
    with pytest.raises(IntegrityError, match="above_nothing"), transaction.atomic():
        Budget.objects.create(
            programme=programme("living"), area=area(), year=2024, amount_fen=0, recorded_by=boss
        )


def test_the_nearest_budget_pays(boss: User) -> None:
    one = approved()
    for unit, fen in ((area(QIONGHAI), 1000), (area(), 300)):
        set_budget(programme=one.programme, area=unit, year=2024, amount_fen=fen, by=boss)
    paid(one, 300)
    with pytest.raises(Refused, match="left of the budget"):
        paid(one, 1)
    spent = {row.area.code: row.spent for row in Budget.objects.with_spent()}
    assert spent == {QIONGHAI: 0, area().code: 300}


def test_nothing_comes_into_a_closed_month(boss: User, clock: Any) -> None:
    one = approved(found_on=date(2024, 5, 2))
    row = paid(one, paid_on=date(2024, 5, 20))
    with pytest.raises(Refused, match="not over yet"):
        close_month(area=area(), month=NOW, by=boss)
    close_month(area=area(), month=date(2024, 5, 1), by=boss)
    with pytest.raises(Refused, match="closed already"):
        close_month(area=area(), month=date(2024, 5, 1), by=boss)
    with pytest.raises(Refused, match="month is closed"):
        paid(one, paid_on=date(2024, 5, 31))
    key = {"payment": row, "by": boss, "reason": "发错了人"}
    with pytest.raises(Refused, match="month is closed"):
        reverse_payment(**key, client_uuid=uuid4(), on=date(2024, 5, 31))
    back = reverse_payment(**key, client_uuid=uuid4(), on=NOW)
    assert back.paid_on == NOW
    elsewhere = approved(found_on=date(2024, 5, 2), person=PersonFactory(area=area("469002101")))
    paid(elsewhere, paid_on=date(2024, 5, 20))
    close_month(area=area(QIONGHAI), month=date(2024, 5, 1), by=boss)
    with pytest.raises(Refused, match="month is closed"):
        paid(elsewhere, paid_on=date(2024, 5, 21))


def test_what_it_changed_is_looked_at_after_thirty_days(clock: Any) -> None:
    one = approved(person=CaseFactory().person)
    with pytest.raises(Refused, match="delivered yet"):
        looked(one)
    paid(one)
    with pytest.raises(Refused, match="not passed"):
        looked(one)
    clock.shift(30 * DAY)
    assert Assistance.objects.to_be_looked_at(NOW + 30 * DAY).get() == one
    assert not Assistance.objects.to_be_looked_at(NOW + 29 * DAY).exists()
    looked(one)
    one.refresh_from_db()
    assert (one.look_after, one.look_on) == (90, NOW + 90 * DAY)
    with pytest.raises(Refused, match="looked at already"):
        looked(one)
    clock.shift(150 * DAY)
    looked(one, 180)
    one.refresh_from_db()
    assert one.look_on is None
    with pytest.raises(IntegrityError, match="look_as_it_was"), transaction.atomic():
        Look.objects.filter(after=30).update(changed="worse")


def test_an_end_by_death_and_the_looks_say_one_thing(boss: User, clock: Any) -> None:
    """Whichever comes last and whoever writes; of who was not reached a look says nothing."""
    one, other = approved(person=CaseFactory().person), approved(person=CaseFactory().person)
    for help_ in (one, other):
        paid(help_)
    clock.shift(40 * DAY)
    look = looked(one, looked_on=NOW + 31 * DAY)
    looked(other, looked_on=NOW + 31 * DAY, changed="not_seen")
    with pytest.raises(Refused, match="reached the person"):
        taken(one, "ended", day=NOW + 30 * DAY, end_why="died")
    taken(one, "ended", day=NOW + 31 * DAY, end_why="died")
    step = taken(other, "ended", day=NOW + 30 * DAY, end_why="died")
    take_back_step(step=step, by=boss, reason="记错了人")
    taken(other, "ended", day=NOW + 30 * DAY, end_why="died")
    clock.shift(60 * DAY)
    with pytest.raises(Refused, match="as the person had died"):
        looked(one, 90)
    facts = {
        "assistance": one, "person": one.person, "looked_on": NOW + 95 * DAY, "after": 90,
        "changed": "better", "recorded_at": "2024-06-03T00:00Z", "recorded_by": boss,
        "county": one.county,
    }  # fmt: skip
    for wrong, name in (
        ({}, "look_beside_end"),
        ({"after": 31}, "look_after_its_days|look_beside_end"),
        ({"changed": "not_seen", "after": 60}, "look_after_its_days"),
        ({"changed": "never"}, "look_says_what_changed|look_beside_end"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Look.objects.create(**facts | wrong)
    withdraw_look(look=look, by=boss, reason="看的是别人")


def test_the_same_help_runs_once(boss: User) -> None:
    one = helped("living")
    with pytest.raises(Refused, match="runs since"):
        helped("living", person=one.person)
    helped("living", person=one.person, beneficiary="member", member_words="母亲")
    with pytest.raises(Refused, match="which member"):
        helped("relief", person=one.person, beneficiary="member", member_words=" ")
    gone(one, "ended")
    helped("living", person=one.person)


def test_restricted_help_is_for_those_with_the_permission(boss: User) -> None:
    worker = UserFactory()
    with pytest.raises(Refused, match="no such programme"):
        helped("psychiatric", by=worker)
    one = helped("psychiatric", by=boss)
    assert one.restricted
    assert one.steps.get().restricted
    with pytest.raises(IntegrityError, match="kept_as_used"), transaction.atomic():
        Programme.objects.filter(code="psychiatric").update(kind="papers", restricted=False)
    with pytest.raises(IntegrityError, match="health_is_restricted"), transaction.atomic():
        Programme.objects.filter(code="hiv").update(restricted=False)


def test_whether_the_same_is_given_elsewhere_is_a_yes_or_a_no(boss: User) -> None:
    number = resident_number(77)
    elsewhere = PersonFactory(area=area(WENCHENG), document_number=number)
    there = approved("schooling", person=elsewhere)
    here = helped("schooling", beneficiary="member", member_words="弟弟")
    ask = {"assistance": here, "by": boss, "first": NOW, "last": NOW, "number": number}
    assert ask_for_same_help(**ask).is_given is True
    paid(there, paid_on=NOW)
    gone(there, "ended")
    assert ask_for_same_help(**ask).is_given is True
    later = {"first": date(2024, 7, 1), "last": date(2024, 7, 1)}
    assert ask_for_same_help(**ask | later).is_given is False
    other = {"number": resident_number(78)}
    with pytest.raises(Refused, match="Another number"):
        ask_for_same_help(**ask | other)
    question = ask_for_same_help(**ask | other, reason="第一次填错了号码")
    assert question.is_given is False
    first = here.questions.order_by("pk")[0]
    assert first.number_index != question.number_index
    with pytest.raises(Refused, match="18 characters"):
        ask_for_same_help(**ask | {"number": "12"})
    own = helped("living")
    assert ask_for_same_help(**ask | {"assistance": own}).is_given is False


def test_the_same_help_is_asked_for_twenty_times_a_day(boss: User) -> None:
    one = helped("living")
    ask = {"assistance": one, "by": boss, "first": NOW, "last": NOW}
    for _n in range(20):
        ask_for_same_help(**ask)
    with pytest.raises(Refused, match="Twenty"):
        ask_for_same_help(**ask)
    ask_for_same_help(**ask | {"by": UserFactory()})
    with pytest.raises(Refused, match="not decided"):
        ask_for_same_help(**ask | {"assistance": gone(one, "ended"), "by": UserFactory()})


def test_the_ledger_says_what_it_refuses_in_words() -> None:
    """Names that the triggers raise and the words of `refusing` are the same."""
    from apps.assistance.refusing import WORDS

    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE prosrc LIKE '%%CONSTRAINT = %%'")
        sources = "\n".join(row[0] for row in cursor.fetchall())
    assert all(f"CONSTRAINT = '{name}'" in sources for name in WORDS)
