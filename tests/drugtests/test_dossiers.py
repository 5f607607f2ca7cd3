"""The way of a sample: nothing out of order, nothing by one alone, nothing rewritten."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.deadlines import answer_due, objection_until
from apps.drugtests.dossiers import record_step, take_back_step
from apps.drugtests.models import Analyte, Dossier, DrugTest, Reading, Step
from apps.drugtests.readings import Read
from apps.drugtests.services import correct_test, withdraw_test
from apps.law.current import load_rulebook
from apps.notices.models import Notice
from apps.schedule.models import DueItem
from tests.drugtests.ways import (
    TO_LABORATORY,
    analyte,
    kept,
    kit_of,
    lab_test,
    laboratory,
    next_steps,
    step,
    walk,
)
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import sampled

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


@pytest.fixture
def screening(case: Case, worker: User) -> DrugTest:
    return sampled(case.person, DAY, by=worker)


def possible(test: DrugTest) -> list[S]:
    dossier = Dossier.objects.filter(test=test).first()
    return next_steps(test.kind, dossier.had if dossier else {})


def test_a_management_screening_has_a_result_that_is_told_and_no_chain(screening: DrugTest) -> None:
    assert possible(screening) == [S.NOTIFIED, S.SCREENED, S.UNFIT]
    walk(screening, S.SCREENED, S.TOLD)
    for kind in (S.SEALED, S.SENT, S.OBJECTED, S.DECIDED):
        with pytest.raises(Refused, match="no test of the law"):
            step(screening, kind)


def test_the_whole_way_of_a_dispute(on_site: DrugTest) -> None:
    walk(on_site, S.SCREENED, S.SEALED, S.STORED, S.TOLD, S.OBJECTED, S.ANSWERED, S.SENT)
    walk(on_site, S.RECEIVED, S.ANALYSED, S.LAB_TOLD, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT)
    with pytest.raises(Refused, match="An objection is open"):
        step(on_site, S.DECIDED)
    walk(on_site, S.B_RECEIVED, S.RETESTED, S.RETEST_TOLD, S.DECIDED)
    on_site.refresh_from_db()
    assert on_site.result == "negative"
    assert possible(on_site) == [S.DESTROYED]


@pytest.mark.parametrize(
    ("before", "kind", "words"),
    [
        ((), S.STORED, "First: Sealed as A and B"),
        ((S.SEALED,), S.ANALYSED, "First: A sample received"),
        ((S.SEALED, S.SENT, S.RECEIVED, S.ANALYSED), S.DECIDED, "First: Laboratory result told"),
        (TO_LABORATORY, S.B_SENT, "First: Second objection answered"),
        ((S.SEALED, S.UNFIT), S.SENT, "No longer possible after: Sample unfit"),
        ((S.SCREENED,), S.SCREENED, "on record already"),
    ],
)
def test_out_of_order_is_refused_in_words(
    on_site: DrugTest, before: tuple[S, ...], kind: S, words: str
) -> None:
    walk(on_site, *before) if before else None
    with pytest.raises(Refused, match=words):
        step(on_site, kind)


def test_an_objection_that_was_denied_opens_no_b_sample(on_site: DrugTest) -> None:
    walk(on_site, *TO_LABORATORY, S.LAB_OBJECTED)
    step(on_site, S.LAB_ANSWERED, answer="denied")
    with pytest.raises(Refused, match="only for an objection that was granted"):
        step(on_site, S.B_SENT)
    step(on_site, S.DECIDED, answer="confirmed")


def test_test_and_retest_are_of_two_bodies(on_site: DrugTest, case: Case) -> None:
    walk(on_site, *TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED)
    same = laboratory(case.person, "琼海市司法鉴定所")
    with pytest.raises(Refused, match="never done by the same body"):
        step(on_site, S.B_SENT, body=same)


def test_a_broken_seal_gives_no_result(on_site: DrugTest) -> None:
    walk(on_site, S.SEALED, S.SENT)
    step(on_site, S.RECEIVED, seal_intact=False)
    with pytest.raises(Refused, match="seal was broken"):
        step(on_site, S.ANALYSED)
    step(on_site, S.UNFIT, unfit_why="seal_broken")


def test_confirmed_needs_a_positive_of_the_laboratory(on_site: DrugTest) -> None:
    walk(on_site, *TO_LABORATORY[:4])
    step(on_site, S.ANALYSED, result="negative")
    step(on_site, S.LAB_TOLD)
    with pytest.raises(Refused, match="no positive"):
        step(on_site, S.DECIDED, answer="confirmed")


def test_two_people_and_two_seals(on_site: DrugTest) -> None:
    with pytest.raises(Refused, match="Two people"):
        record_alone(on_site)
    with pytest.raises(Refused, match="two different seals"):
        step(on_site, S.SEALED, b_seal=f"A{on_site.pk}")


def record_alone(test: DrugTest) -> Step:
    return record_step(
        test=test, by=test.recorded_by, client_uuid=test.public_id, kind=S.SEALED,
        at=test.occurred_at, by_name="周晓岚", second_name="周 晓岚", a_seal="1", b_seal="2",
    )  # fmt: skip


def test_a_seal_is_used_once(on_site: DrugTest, case: Case, worker: User) -> None:
    step(on_site, S.SEALED)
    other = lab_test(case.person, DAY + timedelta(days=1), by=worker)
    with pytest.raises(Refused, match="seal is on another sample"):
        step(other, S.SEALED, a_seal=f"A{on_site.pk}", b_seal="other")


def test_not_destroyed_before_its_date(on_site: DrugTest, clock: Any) -> None:
    kept(on_site)
    assert Dossier.objects.get(test=on_site).keep_until == date(2024, 11, 6)
    clock.move_to("2024-11-06T12:00:00+08:00")
    with pytest.raises(Refused, match="kept until"):
        step(on_site, S.DESTROYED, timezone.now())
    clock.move_to("2024-11-07T12:00:00+08:00")
    step(on_site, S.DESTROYED, timezone.now())
    assert possible(on_site) == []


def test_nothing_is_decided_late_while_somebody_may_object(on_site: DrugTest, clock: Any) -> None:
    walk(on_site, *TO_LABORATORY[:5])
    clock.move_to("2024-12-02T12:00:00+08:00")
    step(on_site, S.LAB_TOLD, datetime.fromisoformat("2024-12-01T12:00:00+08:00"))
    with pytest.raises(Refused, match="can still object until 4 Dec 2024"):
        step(on_site, S.DECIDED, timezone.now())


def test_three_days_to_object_and_three_to_answer(on_site: DrugTest) -> None:
    told = walk(on_site, S.SCREENED, S.TOLD)
    book = load_rulebook()
    had = Dossier.objects.get(test=on_site).had
    assert objection_until("on_site", had, book) == local_day(told.at) + timedelta(days=3)
    objected = step(on_site, S.OBJECTED)
    had = Dossier.objects.get(test=on_site).had
    assert objection_until("on_site", had, book) is None
    assert answer_due(had, book) == local_day(objected.at) + timedelta(days=3)


def test_against_a_negative_nobody_objects(on_site: DrugTest) -> None:
    step(on_site, S.SCREENED, result="negative")
    step(on_site, S.TOLD)
    assert (
        objection_until("on_site", Dossier.objects.get(test=on_site).had, load_rulebook()) is None
    )


def test_the_last_step_is_taken_back_and_none_before_it(on_site: DrugTest, worker: User) -> None:
    walk(on_site, S.SEALED, S.STORED)
    sealed, stored = Step.objects.order_by("at")
    with pytest.raises(Refused, match="Take back first: Stored"):
        take_back_step(step=sealed, by=worker, reason="记错了")
    take_back_step(step=stored, by=worker, reason="记错了")
    take_back_step(step=sealed, by=worker, reason="记错了")
    dossier = Dossier.objects.get(test=on_site)
    assert (dossier.a_seal, dossier.keep_until) == ("", None)
    step(on_site, S.SEALED)


def test_an_unfit_sample_does_no_window(on_site: DrugTest, case: Case) -> None:
    windows = DueItem.objects.filter(case=case, kind="test", outcome="done")
    step(on_site, S.SCREENED, result="negative")
    assert windows.count() == 1
    step(on_site, S.UNFIT)
    assert windows.count() == 0
    assert DrugTest.objects.get(pk=on_site.pk).result == "invalid"


def test_of_a_test_with_steps_neither_kind_nor_sample_changes(
    on_site: DrugTest, worker: User
) -> None:
    step(on_site, S.SEALED)
    on_site.refresh_from_db()
    for changes in ({"kind": "screening"}, {"sample": "hair"}):
        with pytest.raises(Refused, match="take them back first"):
            correct_test(
                test=on_site, by=worker, reason="写错了", version=on_site.version, changes=changes
            )
    with pytest.raises(Refused, match="take them back first"):
        withdraw_test(test=on_site, by=worker, reason="写错了")


@pytest.mark.parametrize(
    "change", ["kind = 'sent'", "at = now()", "by_name = '别人'", "result = 'negative'"]
)
def test_whoever_writes_a_step_is_never_rewritten(on_site: DrugTest, change: str) -> None:
    row = step(on_site, S.SCREENED)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE drugtests_step SET {change} WHERE id = %s", [row.pk])


def test_a_second_writer_is_held_to_the_order_too(on_site: DrugTest) -> None:
    row = step(on_site, S.SCREENED)
    row.pk, row.kind, row.result = None, S.ANALYSED, "positive"
    row.public_id, row.client_uuid = on_site.public_id, on_site.public_id
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        row.save()


def test_readings_make_the_result_and_keep_the_cut_off(on_site: DrugTest) -> None:
    kit, met, mop = kit_of("MET", "MOP"), analyte("MET"), analyte("MOP")
    row = step(on_site, S.SCREENED, result="", read=[
        Read(met, "positive", kit=kit, control_line=True), Read(mop, "negative", kit=kit),
    ])  # fmt: skip
    assert row.result == "positive"
    reading = Reading.objects.get(step=row, analyte=met)
    assert (reading.cut_off, reading.kit_expires_on) == (1000, date(2025, 1, 31))


@pytest.mark.parametrize(
    ("expires", "line", "words"),
    [("2024-05-05", True, "out of date"), ("2025-01-31", False, "control line")],
)
def test_a_bad_strip_says_nothing(on_site: DrugTest, expires: str, line: bool, words: str) -> None:
    kit = kit_of("MET", expires=date.fromisoformat(expires))
    read = partial(Read, analyte("MET"), kit=kit, control_line=line)
    with pytest.raises(Refused, match=words), transaction.atomic():
        step(on_site, S.SCREENED, result="", read=[read("negative")])
    step(on_site, S.SCREENED, result="", read=[read("invalid")])
    assert DrugTest.objects.get(pk=on_site.pk).result == "invalid"


def test_a_step_before_what_it_needs_or_ahead_of_the_clock(on_site: DrugTest) -> None:
    sealed = step(on_site, S.SEALED)
    with pytest.raises(Refused, match="lies before"):
        step(on_site, S.STORED, sealed.at - timedelta(minutes=5))
    with pytest.raises(Refused, match="in the future"):
        step(on_site, S.STORED, timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="after the sample"):
        record_step(
            test=on_site, by=on_site.recorded_by, client_uuid=on_site.public_id, kind=S.NOTIFIED,
            at=on_site.occurred_at + timedelta(hours=1), by_name="周晓岚",
        )  # fmt: skip


def test_a_step_with_words_is_taken_back(on_site: DrugTest, worker: User) -> None:
    row = walk(on_site, S.SCREENED, S.TOLD, S.OBJECTED)
    taken = take_back_step(step=row, by=worker, reason="记错了人")
    assert Step.objects.get(pk=taken.pk).words == "没有用过"
    assert possible(on_site)[0] == S.NOTIFIED


def test_nothing_is_decided_while_the_person_may_object(on_site: DrugTest) -> None:
    told = walk(on_site, *TO_LABORATORY)
    with pytest.raises(Refused, match="can still object until 9 May 2024"):
        step(on_site, S.DECIDED, answer="confirmed")
    step(on_site, S.DECIDED, told.at + timedelta(days=4), answer="confirmed")
    assert DrugTest.objects.get(pk=on_site.pk).decision == "confirmed"


@pytest.mark.parametrize(
    "before",
    [
        (S.SCREENED, S.SEALED, S.STORED),
        (S.SEALED, S.STORED, S.SENT),
        TO_LABORATORY[:5],
        TO_LABORATORY,
    ],
)
def test_nothing_is_destroyed_unfinished(
    on_site: DrugTest, clock: Any, before: tuple[S, ...]
) -> None:
    walk(on_site, *before)
    clock.move_to("2025-05-06T12:00:00+08:00")
    with pytest.raises(Refused, match="Not finished"):
        step(on_site, S.DESTROYED, timezone.now())
    row = Step.objects.order_by("-at").first()
    assert row is not None
    row.pk, row.kind, row.result, row.at = None, S.DESTROYED, "", timezone.now()
    row.public_id, row.client_uuid, row.second_name = on_site.public_id, on_site.public_id, "符丽"
    row.seal_intact, row.body, row._state.adding = None, None, True
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        row.save()


def test_who_was_cleared_is_no_longer_to_be_confirmed(on_site: DrugTest) -> None:
    walk(on_site, *TO_LABORATORY, S.LAB_OBJECTED)
    step(on_site, S.LAB_ANSWERED, answer="denied")
    step(on_site, S.DECIDED, answer="cleared")
    test = DrugTest.objects.get(pk=on_site.pk)
    assert (test.result, test.decision) == ("positive", "cleared")


def test_what_was_entered_first_stands_again(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="negative")
    row = step(test, S.UNFIT)
    take_back_step(step=row, by=worker, reason="记错了人")
    assert DrugTest.objects.get(pk=test.pk).result == "negative"


def test_a_decision_follows_what_it_decides(on_site: DrugTest) -> None:
    told = walk(on_site, *TO_LABORATORY, S.LAB_OBJECTED)
    step(on_site, S.LAB_ANSWERED, told.at + timedelta(days=2), answer="denied")
    with pytest.raises(Refused, match="lies before"):
        step(on_site, S.DECIDED, told.at + timedelta(days=1))


def test_seals_are_compared_in_one_form_and_over_both_letters(
    on_site: DrugTest, case: Case, worker: User
) -> None:
    with pytest.raises(Refused, match="two different seals"):
        step(on_site, S.SEALED, a_seal="Ａ－9 x", b_seal="a-9X")
    step(on_site, S.SEALED, a_seal="X1", b_seal="X2")
    other = lab_test(case.person, DAY + timedelta(days=1), by=worker)
    with pytest.raises(Refused, match="on another sample"):
        step(other, S.SEALED, a_seal="X3", b_seal=" x1")


@pytest.mark.parametrize(("result", "value"), [("positive", 1), ("negative", 9000)])
def test_result_and_value_agree(on_site: DrugTest, result: str, value: int) -> None:
    walk(on_site, *TO_LABORATORY[:4])
    read = [Read(Analyte.objects.get(code="MET"), result, value=Decimal(value))]
    with pytest.raises(Refused, match="do not agree"):
        step(on_site, S.ANALYSED, result="", read=read)


def test_a_value_without_a_cut_off_has_its_unit(on_site: DrugTest) -> None:
    walk(on_site, *TO_LABORATORY[:4])
    read = [Read(Analyte.objects.get(code="AMP"), "positive", value=Decimal(7))]
    row = step(on_site, S.ANALYSED, result="", read=read)
    assert row.readings.get().unit == "ng/mL"


def test_nobody_can_object_to_what_has_no_objection(screening: DrugTest, on_site: DrugTest) -> None:
    book = load_rulebook()
    walk(screening, S.SCREENED, S.TOLD)
    assert objection_until("screening", Dossier.objects.get(test=screening).had, book) is None
    walk(on_site, S.SCREENED, S.TOLD, S.UNFIT)
    assert objection_until("on_site", Dossier.objects.get(test=on_site).had, book) is None


def test_who_recorded_a_step_hears_that_it_was_taken_back(on_site: DrugTest, worker: User) -> None:
    row = step(on_site, S.SEALED)
    take_back_step(step=row, by=UserFactory(county_supervisor=True), reason="编号写错")
    notice = Notice.objects.get(reader=worker, kind="entry_withdrawn")
    assert notice.subject == on_site.public_id


def test_a_telling_says_how(on_site: DrugTest) -> None:
    row = step(on_site, S.SCREENED)
    with pytest.raises(Refused, match="how it was told") as caught:
        step(on_site, S.TOLD, place_words="somehow")
    assert caught.value.field == "place_words"
    row.pk, row.kind, row.result = None, S.TOLD, ""
    row.public_id, row.client_uuid = on_site.public_id, on_site.public_id
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_told_somehow"), transaction.atomic():
        row.save()
