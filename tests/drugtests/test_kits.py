"""A kit reads its own kind of sample, what its panel finds, and as long as it is good."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.forms_steps import StepForm
from apps.drugtests.models import DrugTest, Kit, Reading
from apps.drugtests.readings import Read
from tests.drugtests.ways import analyte, kit_of, lab_test, step
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_site(case: Case, worker: User) -> DrugTest:
    return lab_test(case.person, date(2024, 5, 6), by=worker)


def read(test: DrugTest, code: str, kit: Kit, result: str = "negative", **when: Any) -> None:
    one = Read(analyte(code), result, kit=kit, control_line=True)
    step(test, S.SCREENED, result="", read=[one], **when)


def test_a_kit_finds_what_its_panel_has(on_site: DrugTest) -> None:
    with pytest.raises(Refused, match="does not find Ketamine"):
        read(on_site, "KET", kit_of("MET", "MOP"))
    assert not Reading.objects.exists()


def test_a_kit_is_made_for_one_kind_of_sample(on_site: DrugTest) -> None:
    with pytest.raises(Refused, match="another kind of sample: Saliva"):
        read(on_site, "MET", kit_of("MET", sample="saliva"))


@pytest.mark.parametrize("facts", [{"codes": ["MOP"]}, {"codes": ["MET"], "sample": "saliva"}])
def test_past_the_service_the_database_refuses(on_site: DrugTest, facts: dict[str, Any]) -> None:
    read(on_site, "MET", kit_of("MET"))
    row, kit = Reading.objects.get(), kit_of(*facts.pop("codes"), lot="L9", **facts)
    Reading.objects.all().delete()
    row.pk, row.kit = None, kit
    row._state.adding = True
    with pytest.raises(IntegrityError, match="reading_found_by_its_kit"), transaction.atomic():
        row.save()


def test_the_form_says_it_beside_the_substance(on_site: DrugTest, worker: User) -> None:
    kit = kit_of("MET")
    sent = {
        "client_uuid": uuid4(), "at": "2024-05-06T10:30", "by_name": "周晓岚", "kit": kit.pk,
        "control_line": "yes", "result_MET": "negative", "result_KET": "negative",
    }  # fmt: skip
    url = reverse("drugtests:step", args=[on_site.public_id, S.SCREENED])
    client = signed_in(worker, headers={"Accept-Language": "en"}, **{"wsgi.url_scheme": "https"})
    page = client.post(url, sent).content.decode()
    assert "The chosen kit does not find it" in page
    assert client.post(url, sent | {"result_KET": ""}).status_code == 302


def test_kits_that_were_good_on_the_day_are_offered_and_the_others_named(
    on_site: DrugTest, worker: User
) -> None:
    last, late = kit_of("MET", expires=date(2024, 5, 6)), kit_of(
        "MET", expires=date(2024, 5, 5), lot="L0"
    )  # fmt: skip
    field = StepForm(kind=S.SCREENED, user=worker, target=on_site).fields["kit"]
    assert list(field.queryset) == [last]  # type: ignore[attr-defined]
    assert f"and not offered: {late}" in str(field.help_text)


def test_a_kit_that_ran_out_before_it_was_read_gives_no_result(on_site: DrugTest) -> None:
    kit = kit_of("MET", expires=date(2024, 5, 7))
    with pytest.raises(Refused, match="was good until 7 May 2024") as caught:
        read(on_site, "MET", kit, at=on_site.occurred_at.replace(day=8))
    assert caught.value.field == "kit"
    read(on_site, "MET", kit, "invalid", at=on_site.occurred_at.replace(day=8))


@pytest.mark.parametrize("left_out", ["kit", "control_line"])
def test_the_database_asks_which_strip_was_positive_on_the_spot(
    on_site: DrugTest, left_out: str
) -> None:
    read(on_site, "MET", kit_of("MET"), "positive")
    row = Reading.objects.get()
    Reading.objects.all().delete()
    row.pk, row._state.adding = None, True
    setattr(row, left_out, None)
    if left_out == "kit":
        row.kit_expires_on = None
    with pytest.raises(IntegrityError, match="reading_names_its_strip"), transaction.atomic():
        row.save()
    row.result = "negative"  # says nothing of anybody
    row.save()
