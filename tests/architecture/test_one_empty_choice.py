"""What is not chosen is written in one way: in forms, in filters, in the admin and its actions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory

from apps.core.choosing import NOTHING
from tests.architecture.forms_of_the_product import (
    admin_fields,
    fields,
    filter_sets,
)
from tests.architecture.sources import named, python
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
DASHES = "---"


def first_words(field: Any) -> str:
    """What stands in the place of nothing."""
    if isinstance(field, forms.ModelChoiceField):
        return str(field.empty_label or "")
    given = list(getattr(field, "choices", ()))
    return str(given[0][1]) if given and given[0][0] == "" else ""


def places() -> Iterator[tuple[str, str]]:
    """Where something is chosen, and what stands there for nothing."""
    for place, field in (*fields(), *admin_fields()):
        yield place, first_words(field)
    for one in filter_sets():
        for name, found in one.base_filters.items():
            words = found.extra.get("empty_label", settings.FILTERS_EMPTY_CHOICE_LABEL)
            yield f"{one.__module__}.{one.__qualname__}.{name}", str(words)


def test_no_chooser_has_a_second_sign_for_nothing() -> None:
    words = dict(places())
    assert [place for place, said in words.items() if DASHES in said] == []
    assert sum(said == NOTHING[1] for said in words.values()) > 40


def test_actions_of_the_admin_begin_as_every_chooser() -> None:
    request = RequestFactory().get("/")
    for role in ("records_admin", "system_admin", "auditor"):
        request.user = UserFactory(**{role: True})
        for page in admin.site._registry.values():
            assert page.get_action_choices(request)[0] == NOTHING


def test_rows_are_chosen_by_the_house_field() -> None:
    own = "apps/core/choosing.py"
    found = [named(path) for path in python("apps") if "forms.ModelChoiceField" in path.read_text()]
    assert found == [own]
