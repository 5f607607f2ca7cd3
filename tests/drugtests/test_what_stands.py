"""What a record says stands until a later reading says otherwise, and nothing wipes it unsaid."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.drugtests.bulk import LedgerTest, bring_in_ledger
from apps.drugtests.chain import StepKind as S
from apps.drugtests.dossiers import take_back_step
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.services import correct_test
from tests.drugtests.ways import TO_LABORATORY, lab_test, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)
HOUR = timedelta(hours=1)
GRANTED = (*TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED)


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


def correct(test: DrugTest, by: User, **changes: Any) -> DrugTest:
    test.refresh_from_db()
    return correct_test(
        test=test, by=by, reason="抄错了结果", version=test.version, changes=changes
    )


def result_of(test: DrugTest) -> str:
    return str(DrugTest.objects.get(pk=test.pk).result)


def test_a_corrected_result_of_a_campaign_survives_its_next_step(case: Case, worker: User) -> None:
    row = listed(opened(), case.person)
    test = entered(row, outcome="negative", by=worker).test
    correct(test, worker, result="positive")
    step(test, S.NOTIFIED, by=worker)
    assert result_of(test) == "positive"


def test_a_corrected_result_survives_a_step_taken_back(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, result="negative")
    note = step(test, S.NOTIFIED, by=worker)
    take_back_step(step=note, by=worker, reason="记错了人")
    correct(test, worker, result="positive")
    step(test, S.SEALED, test.occurred_at + HOUR, by=worker)
    assert result_of(test) == "positive"


def test_a_correction_of_other_words_leaves_what_the_steps_found(
    on_site: DrugTest, worker: User
) -> None:
    step(on_site, S.SCREENED)
    correct(on_site, worker, note="两人在场")
    assert result_of(on_site) == "positive"
    assert Dossier.objects.get(test=on_site).result_before == ""


def test_a_result_that_a_ledger_brings_later_survives_a_step(case: Case, worker: User) -> None:
    admin = UserFactory(records_admin=True)
    bring_in_ledger([LedgerTest(case.person, at(DAY), "urine")], by=admin)
    test = DrugTest.objects.get()
    take_back_step(step=step(test, S.SCREENED, by=worker), by=worker, reason="记错了人")
    bring_in_ledger([LedgerTest(case.person, at(DAY), "urine", result="negative")], by=admin)
    assert result_of(test) == "negative"
    last = step(test, S.SCREENED, result="positive", by=worker)
    take_back_step(step=last, by=worker, reason="又记错了人")
    assert result_of(test) == "negative"


def test_a_b_sample_that_is_unfit_before_it_is_sent_leaves_a(on_site: DrugTest) -> None:
    walk(on_site, S.SCREENED, S.TOLD, *GRANTED)
    last = step(on_site, S.UNFIT, unfit_why="spoilt", bottle="B")
    assert result_of(on_site) == "positive"
    with pytest.raises(Refused, match="No longer possible"):
        step(on_site, S.B_SENT)
    step(on_site, S.DECIDED, last.at + timedelta(minutes=1), answer="confirmed")


def test_a_b_sample_that_is_unfit_at_once_does_not_stop_the_way_of_a(on_site: DrugTest) -> None:
    step(on_site, S.SCREENED)
    walk(on_site, S.SEALED, S.STORED)
    step(on_site, S.UNFIT, unfit_why="spoilt", bottle="B")
    walk(on_site, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD, S.LAB_OBJECTED, S.LAB_ANSWERED)
    assert result_of(on_site) == "positive"
    assert Dossier.objects.get(test=on_site).waits_for == "decide"


def test_an_invalid_retest_leaves_the_result_of_a(on_site: DrugTest) -> None:
    walk(on_site, S.SCREENED, S.TOLD, *GRANTED, S.B_SENT, S.B_RECEIVED)
    step(on_site, S.RETESTED, result="invalid")
    assert result_of(on_site) == "positive"
    told = step(on_site, S.RETEST_TOLD)
    step(on_site, S.DECIDED, told.at + timedelta(minutes=1), answer="confirmed")


def test_a_decided_sample_can_go_at_its_date(on_site: DrugTest, clock: Any) -> None:
    """What the laboratory found was told: what was found on the spot need not be told apart."""
    walk(on_site, S.SCREENED, *TO_LABORATORY)
    step(on_site, S.DECIDED, at(date(2024, 5, 20)), answer="confirmed")
    clock.move_to("2025-01-10T12:00:00+08:00")
    step(on_site, S.DESTROYED, timezone.now())


def test_nobody_objects_to_what_was_not_positive(on_site: DrugTest, worker: User) -> None:
    step(on_site, S.SCREENED, result="negative")
    step(on_site, S.TOLD)
    with pytest.raises(Refused, match="Nothing positive was found"):
        step(on_site, S.OBJECTED)
    other = lab_test(on_site.person, DAY, by=worker)
    walk(other, S.SCREENED, *TO_LABORATORY[:4])
    step(other, S.ANALYSED, result="negative")
    step(other, S.LAB_TOLD)
    with pytest.raises(Refused, match="Nothing positive was found"):
        step(other, S.LAB_OBJECTED)


def test_past_the_service_nobody_objects_to_a_negative(on_site: DrugTest) -> None:
    step(on_site, S.SCREENED, result="negative")
    row = step(on_site, S.TOLD)
    row.pk, row.kind, row.place_words = None, S.OBJECTED, ""
    row.public_id, row.client_uuid = on_site.public_id, on_site.public_id
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        row.save()


def test_a_reading_is_not_taken_back_from_under_its_seals(case: Case, worker: User) -> None:
    test = lab_test(case.person, date(2024, 5, 6), by=worker)
    read, told, sealed = step(test, S.SCREENED), step(test, S.TOLD), step(test, S.SEALED)
    take_back_step(step=told, by=worker, reason="登记错了")
    with pytest.raises(Refused, match="Take back first: Sealed as A and B"):
        take_back_step(step=read, by=worker, reason="登记错了")
    with pytest.raises(IntegrityError, match="teststep_last_first"), transaction.atomic():
        Step.objects.filter(pk=read.pk).update(
            withdrawn_at=timezone.now(), withdrawn_by=worker, withdrawn_reason="登记错了"
        )
    take_back_step(step=sealed, by=worker, reason="登记错了")
    take_back_step(step=read, by=worker, reason="登记错了")
    assert step(test, S.SCREENED, result="negative").result == "negative"
