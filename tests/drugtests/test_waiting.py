"""What waits with a sample stands in Today, for who may do it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.transaction import atomic
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.today import LINES
from apps.workbench.today import heads_of
from tests.drugtests.ways import disputed, kept, lab_test, step
from tests.factories.accounts import UserFactory
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, DAY, by=worker)


def waiting(user: User) -> list[tuple[str, date]]:
    kinds = tuple(LINES.values())
    heads = [head for head in heads_of(user, today()) if getattr(head, "kind", "") in kinds]
    return [(head.kind, head.due_on) for head in heads]  # type: ignore[union-attr]


def test_a_result_waits_to_be_told(worker: User, on_site: DrugTest) -> None:
    assert waiting(worker) == []
    step(on_site, S.SCREENED, on_site.occurred_at)
    assert waiting(worker) == [("test-tell", DAY)]
    step(on_site, S.TOLD, on_site.occurred_at)
    assert waiting(worker) == [("sample-seal", DAY)]


def test_an_objection_waits_three_days_for_its_answer(worker: User, on_site: DrugTest) -> None:
    walk_now(on_site, S.SCREENED, S.TOLD, S.OBJECTED)
    boss = UserFactory(county_supervisor=True)
    assert waiting(boss) == [("test-answer", date(2024, 6, 6))]
    url = reverse("drugtests:detail", args=[on_site.public_id])
    assert url in signed_in(boss).get("/today/?tab=week", secure=True).content.decode()
    step(on_site, S.ANSWERED, on_site.occurred_at)
    assert waiting(boss) == [("sample-seal", on_site.day)]


def test_a_sample_waits_at_its_date_and_no_sooner(
    worker: User, on_site: DrugTest, clock: Any
) -> None:
    kept(on_site, on_site.occurred_at)
    clock.move_to("2024-12-03T12:00:00+08:00")
    assert waiting(worker) == []
    clock.move_to("2024-12-04T12:00:00+08:00")
    assert waiting(worker) == [("sample-destroy", date(2024, 12, 3))]
    step(on_site, S.DESTROYED, timezone.now())
    assert waiting(worker) == []


def test_a_positive_of_the_laboratory_waits_to_be_decided(case: Case, worker: User) -> None:
    test, boss = lab_test(case.person, DAY, by=worker), UserFactory(county_supervisor=True)
    walk_now(test, S.SEALED, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD)
    told = test.day
    assert waiting(boss) == [("test-decide", told + timedelta(days=3))]
    step(test, S.LAB_OBJECTED, test.occurred_at)
    assert waiting(boss) == [("test-answer", told + timedelta(days=3))]
    step(test, S.LAB_ANSWERED, test.occurred_at, answer="denied")
    assert waiting(boss) == [("test-decide", told)]
    step(test, S.DECIDED, test.occurred_at)
    assert waiting(boss) == []


def test_a_negative_of_the_laboratory_waits_for_no_decision(case: Case, worker: User) -> None:
    test = lab_test(case.person, DAY, by=worker)
    walk_now(test, S.SEALED, S.SENT, S.RECEIVED)
    step(test, S.ANALYSED, test.occurred_at, result="negative")
    walk_now(test, S.LAB_TOLD)
    assert waiting(UserFactory(county_supervisor=True)) == []


def walk_now(test: DrugTest, *kinds: str) -> None:
    for kind in kinds:
        step(test, kind, test.occurred_at)


def test_steps_stand_in_the_stream_of_the_file(worker: User, on_site: DrugTest) -> None:
    walk_now(on_site, S.SEALED, S.STORED)
    url = reverse("workbench:person", args=[on_site.person.public_id])
    page = signed_in(worker).get(url, secure=True, headers={"Accept-Language": "en"})
    assert "Sealed as A and B" in page.content.decode()


def test_a_whole_dispute_stands_there_too(worker: User, case: Case) -> None:
    test = disputed(case.person, worker)
    url = reverse("workbench:person", args=[test.person.public_id])
    page = signed_in(worker).get(f"{url}?all", secure=True, headers={"Accept-Language": "en"})
    assert "Objection to the laboratory result" in page.content.decode()


def test_a_sample_is_unfit_for_reasons_of_its_kind_whoever_writes(case: Case, worker: User) -> None:
    told = step(lab_test(case.person, DAY, by=worker), S.NOTIFIED)
    place = {unit: getattr(told, unit) for unit in ("county", "town", "village", "person")}
    row = Step(
        **place, dossier=told.dossier, kind=S.UNFIT, unfit_why="too_short", by_name="周晓岚",
        at=told.dossier.test.occurred_at, recorded_by=worker,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="teststep_unfit_of_its_kind"), atomic():
        row.save()
