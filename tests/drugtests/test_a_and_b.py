"""Two portions under two seals: an unfit one, numbers used once, and words that can be emptied."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import Dossier, DrugTest, Step
from config.postgres_connection import ROLES
from tests.drugtests.ways import TO_LABORATORY, lab_test, step, walk

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


UNFIT_B = (*TO_LABORATORY, S.LAB_OBJECTED, S.LAB_ANSWERED, S.B_SENT, S.B_RECEIVED, S.UNFIT)


@pytest.mark.parametrize("answer", ["confirmed", "cleared"])
def test_a_b_sample_that_is_unfit_leaves_what_the_laboratory_found(
    on_site: DrugTest, answer: str, clock: Any
) -> None:
    last = walk(on_site, *UNFIT_B)
    clock.move_to("2025-05-06T12:00:00+08:00")
    with pytest.raises(Refused, match="Not finished"):
        step(on_site, S.DESTROYED, timezone.now())
    step(on_site, S.DECIDED, last.at + timedelta(minutes=1), answer=answer)
    on_site.refresh_from_db()
    assert (on_site.result, on_site.decision) == ("positive", answer)
    step(on_site, S.DESTROYED, timezone.now())


def test_a_sample_that_is_unfit_itself_confirms_nothing(on_site: DrugTest) -> None:
    last = walk(on_site, *TO_LABORATORY, S.UNFIT)
    with pytest.raises(Refused, match="nothing is confirmed"):
        step(on_site, S.DECIDED, last.at + timedelta(days=9), answer="confirmed")


def sealed_rows(case: Case, worker: User, *seals: tuple[str, str]) -> list[Dossier]:
    """Not stored, a test each."""
    person = case.person
    tests = [lab_test(person, DAY + timedelta(days=n), by=worker) for n, _ in enumerate(seals)]
    return [
        Dossier(
            test=test, person=person, a_seal=a, b_seal=b, county=person.county, town=person.town,
            village=person.village,
        )
        for test, (a, b) in zip(tests, seals, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("second", [("X2", "X4"), ("X4", "X1"), ("X1", "X4"), ("X4", "X2")])
def test_past_the_service_no_seal_is_on_two_samples(
    case: Case, worker: User, second: tuple[str, str]
) -> None:
    rows = sealed_rows(case, worker, ("X1", "X2"), second)
    with pytest.raises(IntegrityError, match="_seal_once"), transaction.atomic():
        Dossier.objects.bulk_create(rows)
    first, other = rows
    first.save()
    with pytest.raises(IntegrityError, match="_seal_once"), transaction.atomic():
        other.save()
    other.a_seal, other.b_seal = "X8", "X9"
    other.save()
    with pytest.raises(IntegrityError, match="_seal_once"), transaction.atomic():
        Dossier.objects.filter(pk=other.pk).update(a_seal=second[0], b_seal=second[1])


def test_of_a_step_the_owner_can_empty_the_words_and_nothing_else(on_site: DrugTest) -> None:
    """An erasure (ADR 5) reaches what the person said, in the row as in its history."""
    row = walk(on_site, S.SCREENED, S.TOLD, S.OBJECTED)
    with pytest.raises(IntegrityError, match="teststep_as_it_was"), transaction.atomic():
        Step.objects.filter(pk=row.pk).update(words=b"other")
    assert Step.objects.filter(pk=row.pk).update(words=b"") == 1
    assert Step.objects.get(pk=row.pk).words == ""


def test_who_serves_is_no_owner_and_empties_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(rolname, relowner, 'USAGE') FROM pg_roles, pg_class"
            " WHERE rolname = %s AND relname = 'drugtests_step'", [ROLES["web"]],
        )  # fmt: skip
        assert cursor.fetchall() in ([], [(False,)])
