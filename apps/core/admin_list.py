"""Lists of the admin: which questions they answer, and words that stand in no address."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, SEARCH_VAR, ChangeList
from django.db.models import DateField, Model
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from apps.core.kept_query import PARAMETER, keep, kept

_LOST = gettext_lazy(
    "What was looked for is not kept any more. Type it again; nothing is shown until then."
)
FIRST_YEAR, LAST_YEAR = 1900, 2200


class KeptChangeList(ChangeList):
    """Looks for the words that the session keeps, never for words of the address."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        key = request.GET.get(PARAMETER, "")
        words = kept(request, key)
        self.query = words or ""
        found = super().get_queryset(request, exclude_parameters)
        if (key and words is None) or getattr(request, "words_in_address", False):
            messages.warning(request, _LOST)
            return found.none()
        return found

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_filters_params(params)
        found.pop(PARAMETER, None)
        return found


def keep_words(request: HttpRequest) -> HttpResponse:
    """The answer to the form of the search: the same list at an address without the words."""
    query = request.GET.copy()
    for name in (PARAMETER, SEARCH_VAR, PAGE_VAR, ERROR_FLAG):
        query.pop(name, None)
    if words := request.POST.get(SEARCH_VAR, "").strip():
        query[PARAMETER] = keep(request, words)
    return HttpResponseRedirect(f"?{query.urlencode()}")


def drop_words(request: HttpRequest) -> None:
    """Words in an address, from an old bookmark or written by hand, are not looked for."""
    if SEARCH_VAR in request.GET:
        query = request.GET.copy()
        request.words_in_address = bool("".join(query.pop(SEARCH_VAR)).strip())  # type: ignore[attr-defined]
        request.GET = query  # type: ignore[assignment]


def answered_lookups(model: type[Model], list_filter: Any) -> set[str]:
    """What the side bar of a list asks for: the filters it names, and nothing else."""
    found: set[str] = set()
    for entry in list_filter or ():
        if callable(entry):
            found.add(str(getattr(entry, "parameter_name", "")))
            continue
        path = str(entry[0] if isinstance(entry, list | tuple) else entry)
        lookups = ["exact", "isnull"]
        field: Any = model._meta.get_field(path.partition(LOOKUP_SEP)[0])
        if field.remote_field is not None:
            lookups.append(f"{field.target_field.name}{LOOKUP_SEP}exact")
        if isinstance(field, DateField):
            lookups += ["gte", "lt"]
        found |= {path, *(LOOKUP_SEP.join((path, lookup)) for lookup in lookups)}
    return found


def in_calendar(lookup: str, value: Any, date_hierarchy: str | None) -> bool:
    """A year, month or day of the row of dates above a list."""
    if not date_hierarchy or not lookup.startswith(f"{date_hierarchy}{LOOKUP_SEP}"):
        return False
    limits = {"year": (FIRST_YEAR, LAST_YEAR), "month": (1, 12), "day": (1, 31)}
    first, last = limits.get(lookup.removeprefix(f"{date_hierarchy}{LOOKUP_SEP}"), (1, 0))
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) <= 4 and first <= int(text) <= last
