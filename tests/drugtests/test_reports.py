"""A result that came as the report of a laboratory, without seals of our own: told and objected to,
and nothing is decided on it; a refusal of a campaign stays the campaign's.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.dossiers import take_back_step
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.services import correct_test
from tests.drugtests.ways import lab_test, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


def waits(test: DrugTest) -> str:
    found = Dossier.objects.filter(test=test).first()
    return found.waits_for if found else ""


def page_of(user: User, test: DrugTest, name: str = "detail") -> str:
    client = signed_in(user, headers={"Accept-Language": "en"})
    address = reverse(f"drugtests:{name}", args=[test.public_id])
    return str(client.get(address, secure=True).content.decode())


@pytest.fixture
def report(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, today(), by=worker, kind="laboratory", result="positive")


def test_a_laboratory_positive_of_the_form_waits_to_be_told(report: DrugTest) -> None:
    assert waits(report) == "tell"
    step(report, S.LAB_TOLD)
    assert (waits(report), report.result) == ("", "positive")


def test_a_laboratory_result_that_came_by_correction_waits_to_be_told(
    case: Case, worker: User
) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory")
    assert waits(test) == "seal"
    test.refresh_from_db()
    changes = {"result": "positive"}
    correct_test(test=test, by=worker, reason="报告到了", version=test.version, changes=changes)
    assert waits(test) == "tell"


def test_the_page_tells_a_report_and_how_to_object(report: DrugTest, worker: User) -> None:
    assert "Record: Laboratory result told</a>" in page_of(worker, report)
    assert "If you do not agree you can object" in page_of(worker, report, "notice")
    step(report, S.LAB_TOLD, report.occurred_at)
    assert "Record: Objection to the laboratory result</a>" in page_of(worker, report)
    assert "If you do not agree you can object" in page_of(worker, report, "notice")


def test_a_report_is_objected_to_and_read_again_by_another_body(report: DrugTest) -> None:
    walk(report, S.LAB_TOLD, S.LAB_OBJECTED)
    assert waits(report) == "answer"
    step(report, S.LAB_ANSWERED)
    assert waits(report) == "send"
    walk(report, S.B_SENT, S.B_RECEIVED, S.RETESTED)
    assert waits(report) == "tell"
    step(report, S.RETEST_TOLD)
    assert (waits(report), DrugTest.objects.get().result) == ("", "negative")


def test_nothing_is_decided_on_a_report_without_the_chain(report: DrugTest) -> None:
    step(report, S.LAB_TOLD)
    with pytest.raises(Refused, match="First: Laboratory result"):
        step(report, S.DECIDED)
    told = Step.objects.get(kind=S.LAB_TOLD)
    told.pk, told.kind, told.answer, told.place_words = None, S.DECIDED, "confirmed", ""
    told.public_id, told.client_uuid = PersonFactory().public_id, UserFactory().public_id
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        told.save(force_insert=True)


def test_a_chain_that_began_is_told_of_its_own_result(report: DrugTest, worker: User) -> None:
    sealed = step(report, S.SEALED)
    assert waits(report) == "send"
    with pytest.raises(Refused, match="First: Laboratory result"):
        step(report, S.LAB_TOLD)
    take_back_step(step=sealed, by=worker, reason="记错了样本")
    assert waits(report) == "tell"
    walk(report, S.LAB_TOLD, S.SEALED, S.LAB_OBJECTED)


@pytest.mark.parametrize("result", ["negative", "invalid"])
def test_a_report_of_nothing_is_told_and_leaves_nothing_to_object_to(
    case: Case, worker: User, result: str
) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory", result=result)
    assert waits(test) == ""
    step(test, S.LAB_TOLD)
    assert waits(test) == ""
    with pytest.raises(Refused, match="Nothing positive"):
        step(test, S.LAB_OBJECTED)


def test_without_a_result_there_is_none_to_tell(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker, kind="laboratory")
    with pytest.raises(Refused, match="First: Laboratory result"):
        step(test, S.LAB_TOLD)


def test_a_step_of_the_laboratory_does_not_contradict_the_record(report: DrugTest) -> None:
    walk(report, S.SEALED, S.STORED, S.SENT, S.RECEIVED)
    with pytest.raises(Refused, match="The record says: Positive"):
        step(report, S.ANALYSED, result="negative")
    step(report, S.ANALYSED)
    assert waits(report) == "tell"


def test_negative_hair_recorded_as_on_site_asks_for_no_seals(case: Case, worker: User) -> None:
    for kind in ("on_site", "laboratory"):
        lab_test(case.person, DAY, by=worker, sample="hair", kind=kind, result="negative")
    assert not Dossier.objects.exclude(waits_for="").exists()


def test_the_page_offers_to_seal_what_today_asks_to_seal(case: Case, worker: User) -> None:
    test = lab_test(case.person, today(), by=worker, result="positive")
    step(test, S.TOLD, test.occurred_at)
    shown = page_of(worker, test)
    first, beside = (
        shown.index(f"Record: {label}</a>")
        for label in ("Sealed as A and B", "Objection to the on-site result")
    )
    assert first < beside


@pytest.mark.parametrize(
    "changes", [{"kind": "on_site"}, {"sample": "hair"}, {"why": "regular"}, {"occurred_at": -40}]
)
def test_a_refusal_of_a_campaign_is_not_corrected_out_of_it(
    case: Case, changes: dict[str, Any]
) -> None:
    row = listed(opened(), case.person)
    test = entered(row, outcome="not:refused", note="说今天不方便", medicine="").test
    if "occurred_at" in changes:
        changes = {"occurred_at": test.occurred_at + timedelta(days=changes["occurred_at"])}
    if "why" in changes:
        changes = changes | {"next_on": test.day}
    with pytest.raises(Refused, match="A campaign counts this test"):
        correct_test(
            test=test, by=UserFactory(), reason="写错了", version=test.version, changes=changes
        )


def test_the_words_of_a_refusal_of_a_campaign_are_corrected(case: Case) -> None:
    test = entered(listed(opened(), case.person), outcome="not:refused", note="说今天不方便",
                   medicine="").test  # fmt: skip
    changes = {"note": "说明天来"}
    correct_test(
        test=test, by=UserFactory(), reason="写错了", version=test.version, changes=changes
    )
    with pytest.raises(IntegrityError, match="campaign_target_test_fits"), transaction.atomic():
        DrugTest.objects.filter(pk=test.pk).update(kind="on_site")
