"""A record of a ledger is never confirmed, is no refusal and starts no breach: at every door."""

from datetime import date
from uuid import uuid4

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.models import User
from apps.breaches.models import Breach
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.bulk import LedgerTest, bring_in_ledger
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import Dossier, DrugTest
from tests.drugtests.ways import lab_test, step
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import not_sampled
from tests.factories.pages import signed_in
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 6)


@pytest.fixture
def told(case: Case, worker: User) -> DrugTest:
    """Of a kind that would have a whole chain, positive in the ledger."""
    row = LedgerTest(case.person, at(DAY), "hair", result="positive", kind="laboratory")
    [found] = bring_in_ledger([row], by=worker)
    return DrugTest.objects.get(pk=found.row.pk)


@pytest.mark.parametrize("kind", sorted(set(S) - {S.SCREENED, S.TOLD}))
def test_the_service_records_no_step_of_a_chain(told: DrugTest, kind: S) -> None:
    with pytest.raises(Refused, match="from a ledger"):
        step(told, kind)


def test_the_page_offers_none_and_says_why(told: DrugTest, worker: User) -> None:
    client = signed_in(UserFactory(county_supervisor=True), headers={"Accept-Language": "en"})
    page = client.get(reverse("drugtests:detail", args=[told.public_id]), secure=True)
    html = page.content.decode()
    assert "no chain, is never confirmed and begins nothing" in html
    for kind in (S.SEALED, S.SENT, S.DECIDED):
        assert reverse("drugtests:step", args=[told.public_id, kind]) not in html
    assert "Record a breach" not in html
    asked = client.get(reverse("drugtests:step", args=[told.public_id, S.DECIDED]), secure=True)
    assert "is never confirmed" in asked.content.decode()


def test_the_database_confirms_none_and_knows_no_refusal_of_one(
    told: DrugTest, case: Case, worker: User
) -> None:
    rows = DrugTest.objects.filter(pk=told.pk)
    with pytest.raises(IntegrityError, match="ledger_begins_nothing"), transaction.atomic():
        rows.update(decision="confirmed")
    refused = not_sampled(case.person, DAY, "refused", by=worker, next_on=DAY)
    with pytest.raises(IntegrityError, match="ledger_begins_nothing"), transaction.atomic():
        DrugTest.objects.filter(pk=refused.pk).update(source="ledger")
    beside = lab_test(case.person, DAY, by=worker)
    row = step(beside, S.SEALED)
    dossier = Dossier.objects.create(
        test=told, person=told.person, county=told.county, town=told.town, village=told.village,
        a_seal="L1", b_seal="L2",
    )  # fmt: skip
    row.pk, row.dossier, row.public_id, row.client_uuid = None, dossier, uuid4(), uuid4()
    row._state.adding = True
    with pytest.raises(IntegrityError, match="teststep_in_order"), transaction.atomic():
        row.save()


def test_the_admin_changes_none(told: DrugTest) -> None:
    request = RequestFactory().get("/")
    request.user = UserFactory(records_admin=True)
    shown = admin.site._registry[DrugTest]
    assert not shown.has_change_permission(request, told)
    assert not shown.has_add_permission(request)


def test_it_counts_nowhere_towards_a_serious_breach(told: DrugTest) -> None:
    assert not DrugTest.objects.refused().exists()
    assert not DrugTest.objects.confirmed_on(today()).exists()
    assert not Breach.objects.exists()
