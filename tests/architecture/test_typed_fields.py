"""What is typed passes one field for texts and one for days, wherever a form has one."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from apps.core.days import FIRST_DAY, today
from apps.core.form_fields import DayField, MomentField, TextField
from tests.architecture.forms_of_the_product import fields
from tests.architecture.sources import ROOT
from tests.once import once

pytestmark = pytest.mark.django_db

SLIPS = ("0001-01-01", "0024-05-01", "2206-11-28", "9999-12-31")
NO_DAYS = ("2025-02-29", "2026-02-30", "2026-13-01", "20261128", "٢٠٢٦-١١-٢٨", "today")
Fields = list[tuple[str, forms.Field]]
UNSEEN = "张\u200b三\u202e\u2066\u00ad\ufeff\x0b\x07\u2069"


def source_files() -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {line}"
        for path in sorted((ROOT / "apps").rglob("*.py"))
        if path.name != "form_fields.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"forms\.(CharField|DateField|DateTimeField|SplitDateTimeField)\(", line)
    ]


def test_no_form_has_a_field_of_its_own_for_texts_or_days() -> None:
    assert source_files() == []


@pytest.fixture(scope="module")
def every(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fields]:
    with once(django_db_blocker, lambda: list(fields())) as found:
        yield found


def test_every_field_of_days_is_bounded_and_says_so(every: Fields) -> None:
    found = [(place, one) for place, one in every if isinstance(one, forms.DateField)]
    assert len(found) > 60
    faults = []
    for place, field in found:
        assert isinstance(field, DayField), place
        first, last = field.bounds()
        if first < FIRST_DAY or last > today() + timedelta(days=366 * 11):
            faults.append(f"{place}: from {first} to {last}")
        for slip in SLIPS:
            try:
                faults.append(f"{place} takes {field.clean(slip)}")
            except ValidationError as error:
                with translation.override("en"):
                    words = " ".join(str(one) for one in error.messages)
                if str(first.year) not in words or str(last.year) not in words:
                    faults.append(f"{place}: {words}")
        for text in NO_DAYS:
            with pytest.raises(ValidationError):
                field.clean(text)
        for day in (first, last, date(2024, 2, 29)):
            assert field.clean(day.isoformat()) == day, place
    assert faults == []


def test_every_field_of_moments_is_bounded(every: Fields) -> None:
    found = [(place, one) for place, one in every if isinstance(one, forms.DateTimeField)]
    assert len(found) > 5
    for place, field in found:
        assert isinstance(field, MomentField), place
        for slip in SLIPS:
            with pytest.raises(ValidationError):
                field.clean(f"{slip}T10:00")
        moment = field.clean(f"{today()}T00:01")
        assert moment is not None
        assert moment.date() == today()


def test_every_field_of_text_is_cleaned_and_counts_lines_once(every: Fields) -> None:
    found = [
        (place, one) for place, one in every
        if isinstance(one, forms.CharField) and not isinstance(one, forms.UUIDField)
    ]  # fmt: skip
    assert len(found) > 100
    faults = []
    for place, field in found:
        if isinstance(field.widget, forms.PasswordInput):
            continue
        if not isinstance(field, TextField):
            faults.append(f"{place}: {type(field).__name__}")
        elif (kept := field.to_python(UNSEEN)) != "张三":
            faults.append(f"{place} keeps {kept!a}")
        elif field.max_length and isinstance(field.widget, forms.Textarea):
            field.run_validators(field.to_python("行\r\n" * (field.max_length // 2)))
    assert faults == []


def test_a_secret_is_taken_as_typed() -> None:
    secret = TextField(strip=False, widget=forms.PasswordInput)
    assert secret.clean(" a\u200bb ") == " a\u200bb "
