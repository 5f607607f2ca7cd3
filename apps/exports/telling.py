"""What was asked for, in the reader's language."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.areas.models import Area
from apps.core.filters import BaseFilterSet
from apps.core.leaving import title_at
from apps.core.text import labelled
from apps.exports.models import ExportRequest
from apps.ledgers.ledger import ledgers


def title_of(row: ExportRequest) -> str:
    """The list or ledger as its own page calls it."""
    how = row.how
    if row.page == "exports:ledger":
        ledger = ledgers().get(QueryDict(how["post"]).get("ledger", ""))
        return str(ledger.title) if ledger else row.page
    if told := how.get("title") or _by_address(row.page, how["path"]):
        return told
    title = getattr(_view(how["path"]), "title", None)
    if isinstance(title, str | Promise):
        return str(title)
    return _("Random draws") if row.page.startswith("draws:") else row.page


def narrowed(row: ExportRequest, request: HttpRequest) -> list[str]:
    """The filters, the unit and how many rows were ticked, a line each."""
    how = row.how
    post = QueryDict(how["post"])
    told = _filters(how, request)
    unit = post.get("area", "")
    if unit.isdecimal() and (area := Area.objects.filter(pk=unit[:18]).first()):
        told.append(labelled(_("Unit"), area.name))
    if ticked := len(post.getlist("row")):
        told.append(_("%(n)s rows were ticked") % {"n": ticked})
    return told


def _by_address(page: str, path: str) -> str:
    try:
        return title_at(page, resolve(path).kwargs)
    except Http404:
        return ""


def _view(path: str) -> Any:
    try:
        func: Any = resolve(path).func
    except Http404:
        return None
    return getattr(func, "view_class", None)


def _filters(how: dict[str, Any], request: HttpRequest) -> list[str]:
    made: type[BaseFilterSet] | None = getattr(_view(how["path"]), "filterset_class", None)
    if made is None:
        return []
    data = QueryDict(how["query"], mutable=True)
    data.update(QueryDict(how["names"]))
    empty = made._meta.model._default_manager.none()
    form = made(data, queryset=empty, request=request).form
    form.is_valid()
    return [
        labelled(field.label, _word(field, form.cleaned_data.get(name), str(data[name])))
        for name, field in form.fields.items()
        if str(data.get(name, "")).strip()
    ]


def _word(field: Any, value: Any, typed: str) -> str:
    """A choice by its label, a row by its name, anything else as it was typed."""
    choices = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
    if typed in choices:
        return str(choices[typed])
    if value is True:
        return _("Yes")
    return typed if value in (None, "") else str(value)
