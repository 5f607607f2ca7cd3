"""A key that was used is answered with its row only to the same words; nothing typed is dropped."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django import forms
from django.apps import apps
from django.forms import HiddenInput, UUIDField
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import escape
from pytest_django.plugin import DjangoDbBlocker

from apps.audit.act_page import OnceForm
from apps.breaches.forms import ResponseForm
from apps.campaigns.forms_day import CollectForm, DayStepForm
from apps.campaigns.grid import RowForm
from apps.core.once import REGISTER
from apps.core.refusals import KEYS
from apps.imports.forms.pages import UploadForm
from apps.imports.models import LedgerImport
from apps.learning.forms import LearnedFields
from apps.treatment.grid import MonthRow
from apps.treatment.models import Attendance
from tests.core.sent_pages import OTHERWISE, PAGES, TOLD, Office, Page
from tests.factories.pages import signed_in
from tests.once import once

pytestmark = pytest.mark.django_db
# Bases of the forms that are sent.
# `RowForm` is a row of many: tests/campaigns/test_pages.py sends it twice and otherwise.
# So are the two of a sample day: tests/campaigns/test_day.py.
ABSTRACT = {
    OnceForm, ResponseForm, RowForm, CollectForm, DayStepForm, LearnedFields, MonthRow,
    UploadForm,
}  # fmt: skip
# Rows of a page of many, and a file: sent twice in tests/treatment/test_pages.py and
# tests/imports/test_on_record.py.
IN_A_GRID = {Attendance, LedgerImport}
CLOCK = "2024-09-05T12:00:00+08:00"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(CLOCK, tick=False) as moment:
        yield moment


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Office]:
    with once(django_db_blocker, whole_office) as office:
        yield office


@time_machine.travel(CLOCK, tick=False)
def whole_office() -> Office:
    return Office().made()


@pytest.fixture
def office(made_once: Office) -> Office:
    made_once.clients = [signed_in(user) for user in made_once.users]
    return made_once


def keyed(shape: type[forms.Form]) -> bool:
    fields = (shape.base_fields.get(name) for name in KEYS)
    hidden = (field for field in fields if isinstance(field, UUIDField))
    return any(isinstance(field.widget, HiddenInput) for field in hidden)


def shapes(base: type = forms.Form) -> Iterator[type[forms.Form]]:
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


def test_every_form_with_a_key_is_walked_and_every_key_is_looked_up_in_one_place() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("apps."):
            for name in ("forms", "urls"):
                try:
                    import_module(f"{config.name}.{name}")
                except ModuleNotFoundError:
                    continue
    found = {shape for shape in shapes() if shape.__module__.startswith("apps.") and keyed(shape)}
    assert found - ABSTRACT == {page.shape for page in PAGES}
    keys = {
        model
        for model in apps.get_models()
        if any(field.name == "client_uuid" and field.unique for field in model._meta.fields)
    }
    assert keys <= {spec.model for spec in REGISTER.values()}
    assert {page.model for page in PAGES} | IN_A_GRID == {spec.model for spec in REGISTER.values()}


def send(office: Office, page: Page, key: Any, words: str, n: int = 0, who: int = 0, **more: Any):  # type: ignore[no-untyped-def]
    data = page.data | page.more(office, n) | {page.key: str(key), page.words: words} | more
    url = reverse(page.url, args=page.args(office, n))
    return office.clients[who].post(url, data, headers={"Accept-Language": "en"}, secure=True)


def stored(page: Page) -> list[Any]:
    return list(page.model._default_manager.order_by("pk").values())


def form_of(answer: HttpResponse) -> Any:
    return answer.context["form"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.url} {page.shape.__name__}")
def test_a_key_is_answered_with_its_row_only_to_the_same_words(office: Office, page: Page) -> None:
    key = uuid4()
    first = send(office, page, key, TOLD)
    assert first.status_code == 302, form_of(first).errors
    rows, needs = stored(page), len(apps.get_model("needs.Need").objects.all())
    again = send(office, page, key, f"{TOLD}\r\n")
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert stored(page) == rows

    changed = send(office, page, key, OTHERWISE)
    told = changed.content.decode()
    assert changed.status_code == 409
    shown = re.search(r"data-differs>(.*?)\n</div>", told, re.S)
    assert shown, "both versions stand over the form"
    for label, words in re.findall(r"<li>(.*?)<b>(.*?)</b></li>", shown[1]):
        assert not re.fullmatch(r"[0-9a-f-]{36}", words), f"{label} says nothing to a person"
    assert TOLD in shown[1].partition("data-sent")[0]
    assert OTHERWISE in shown[1].partition("data-sent")[2]
    assert form_of(changed)[page.words].value() == OTHERWISE
    assert told.count(escape(OTHERWISE)) >= 2, "what was typed still stands in the form"

    colleague = send(office, page, key, TOLD, who=1)
    assert colleague.status_code == 409
    if page.has_target:
        elsewhere = send(office, page, key, TOLD, n=1)
        assert elsewhere.status_code == 409
        assert "data-stored" not in elsewhere.content.decode(), "another person's words"
    assert stored(page) == rows
    assert len(apps.get_model("needs.Need").objects.all()) == needs

    if page.fresh is not None:
        new = form_of(changed)[page.key].value()
        assert new != str(key)
        assert send(office, page, new, OTHERWISE, **page.fresh).status_code == 302
        assert len(stored(page)) == len(rows) + 1
