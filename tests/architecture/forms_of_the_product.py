"""Every form of the product, found in the code: pages, rows of ledgers, filters, the admin."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.test import RequestFactory

import apps
from apps.assessments.forms import AssessmentForm
from apps.core.filters import BaseFilterSet
from apps.persons.file_fields import file_fields
from apps.persons.forms import PersonForm
from tests.factories.accounts import UserFactory


def load_everything() -> None:
    for module in pkgutil.walk_packages(apps.__path__, "apps."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)


def _under(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _under(child)


def form_classes() -> list[Any]:
    """Forms written in the product, each once; those of the admin are asked of its pages."""
    load_everything()
    found = {
        form
        for form in _under(forms.BaseForm)
        if form.__module__.startswith("apps.") and not issubclass(form, forms.BaseModelForm)
    }
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


def filter_sets() -> list[Any]:
    """Filters of lists; what several lists share is of no model."""
    load_everything()
    found = {
        one
        for one in _under(BaseFilterSet)
        if one.__module__.startswith("apps.") and one._meta.model is not None
    }
    return sorted(found, key=lambda one: f"{one.__module__}.{one.__qualname__}")


def fields() -> Iterator[tuple[str, forms.Field]]:
    """The name of the place, and the field."""
    for form in form_classes():
        for name, field in form.base_fields.items():
            yield f"{form.__module__}.{form.__qualname__}.{name}", field
    for one in filter_sets():
        for name, found in one.base_filters.items():
            if issubclass(found.field_class, forms.CharField | forms.DateField):
                place = f"{one.__module__}.{one.__qualname__}.{name}"
                yield place, found.field_class(**found.extra)
    for name, field in [*file_fields(PersonForm.facts()).items(), *AssessmentForm().fields.items()]:
        yield f"made when asked: {name}", field
    yield from admin_fields()


def admin_fields() -> Iterator[tuple[str, forms.Field]]:
    """As the administrator who may edit gets them."""
    for model, page in admin.site._registry.items():
        request = RequestFactory().get("/")
        for role in ("records_admin", "system_admin"):
            request.user = UserFactory(**{role: True})
            if not page.has_change_permission(request):
                continue
            form = page.get_form(request)
            for name, field in form.base_fields.items():
                yield f"admin.{model.__name__}.{name}", field
