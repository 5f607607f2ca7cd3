"""A list that is asked for impossible days says so; the other filters stay as they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter
from tests.architecture.forms_of_the_product import filter_sets
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SLIPS = ("0024-05-01", "2206-11-28", "2025-02-29")


def days_of(filters: type[BaseFilterSet]) -> list[str]:
    return [name for name, one in filters.base_filters.items() if isinstance(one, DayFilter)]


def asked(filters: type[BaseFilterSet], **values: str) -> Any:
    request = RequestFactory().get("/")
    request.user = UserFactory(county_supervisor=True)
    data = QueryDict(mutable=True)
    data.update(values)
    return filters(data, queryset=filters._meta.model._default_manager.all(), request=request)


def with_days() -> list[type[BaseFilterSet]]:
    found = [one for one in filter_sets() if days_of(one)]
    assert len(found) >= 7
    return found


def words_of(filters: BaseFilterSet, name: str) -> str:
    return " ".join(str(one) for one in filters.form.errors.get(name, ()))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_slip_in_a_filter_is_said_beside_it(language: str) -> None:
    for kind in with_days():
        for name in days_of(kind):
            for slip in SLIPS:
                with translation.override(language):
                    found = asked(kind, **{name: slip})
                    assert found.is_wrong, (kind, name, slip)
                    assert list(found.qs) == []
                    said = words_of(found, name)
                assert said, (kind, name, slip)
                assert said.isascii() == (language == "en"), said


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_first_day_after_the_last_is_said_at_the_last(language: str) -> None:
    now = today()
    for kind in with_days():
        names = days_of(kind)
        assert kind.spans() == tuple(zip(names[::2], names[1::2], strict=True))
        for first, last in kind.spans():
            with translation.override(language):
                found = asked(kind, **{first: f"{now}", last: f"{now - timedelta(days=1)}"})
                said = words_of(found, last)
                assert found.is_wrong
                assert list(found.qs) == []
            assert str(now.year) in said
            assert said.isascii() == (language == "en"), said


def test_one_day_is_a_span_and_one_end_may_be_open() -> None:
    now = f"{today()}"
    for kind in with_days():
        for first, last in kind.spans():
            for values in ({first: now, last: now}, {first: now}, {last: now}):
                assert not asked(kind, **values).is_wrong, (kind, values)
