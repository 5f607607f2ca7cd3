"""Filters of list pages: their state lives in the address."""

from typing import Any, ClassVar, Final

import django_filters
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import DayField, TextField
from apps.core.kept_query import keep, kept
from apps.core.text import full_day

# What somebody types into these is a name: it is posted, and kept in the session.
KEPT = ("name", "username")
# The key in the address under which they are kept.
NAMES = "names"
TURNED = _("%(last)s lies before %(first)s, the first day. Change one of the two.")


class DayFilter(django_filters.DateFilter):
    """A day, picked from the browser's own calendar."""

    field_class = DayField


class SpanForm(forms.Form):
    """Filters that are checked together: a first day is not after its last."""

    spans: tuple[tuple[str, str], ...] = ()

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        for first, last in self.spans:
            begins, ends = found.get(first), found.get(last)
            if begins and ends and ends < begins:
                shown = {"first": full_day(begins), "last": full_day(ends)}
                self.add_error(last, forms.ValidationError(TURNED, code="turned", params=shown))
        return found


class TextFilter(django_filters.CharFilter):
    """Words, without signs that nobody sees."""

    field_class = TextField


class TickFilter(django_filters.BooleanFilter):
    """A tick narrows the list; no tick leaves it as it is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": forms.CheckboxInput, **options})

    def filter(self, qs: Any, value: Any) -> Any:
        return super().filter(qs, value) if value else qs


class BaseFilterSet(django_filters.FilterSet):
    """Explicit fields only. `wide` names the filters that need more room in the bar."""

    wide: tuple[str, ...] = ()
    # Filters that look something up while the question is written: it is written anew each time.
    asking: ClassVar[frozenset[str]] = frozenset()
    request: HttpRequest

    @classmethod
    def is_declared(cls, name: str, value: str) -> bool:
        """Whether the value is one of the filter's own choices, for ever the same condition."""
        one = cls.base_filters[name]
        if name in cls.asking:
            return False
        if isinstance(one, TickFilter):
            return value in ("on", "true")
        choices = one.extra.get("choices") if type(one) is django_filters.ChoiceFilter else None
        if choices is None or callable(choices):
            return False
        return value in {str(code) for code, _label in choices}

    @classmethod
    def kept_names(cls) -> list[str]:
        """Filters that take somebody's name: never in an address."""
        return [name for name in cls.base_filters if name in KEPT]

    @property
    def keeps_words(self) -> bool:
        return bool(self.kept_names())

    @property
    def forgotten(self) -> bool:
        """A name was asked for that is not here: the session is another, or new."""
        if not self.keeps_words:
            return False
        key = self.request.GET.get(NAMES, "")
        in_address = any(self.request.GET.get(name, "").strip() for name in self.kept_names())
        return in_address or bool(key and kept(self.request, key) is None)

    @classmethod
    def spans(cls) -> tuple[tuple[str, str], ...]:
        """Days stand in pairs in a bar, the first and the last of a span."""
        days = [name for name, one in cls.base_filters.items() if isinstance(one, DayFilter)]
        return tuple(zip(days[::2], days[1::2], strict=True))

    def get_form_class(self) -> type[forms.Form]:
        made: type[forms.Form] = super().get_form_class()
        spans = self.spans()
        return type("FilterForm", (SpanForm, made), {"spans": spans}) if spans else made

    @property
    def form(self) -> forms.Form:
        """Yes-or-no filters begin with "All", like the others."""
        made: forms.Form = super().form
        for field in made.fields.values():
            if isinstance(field.widget, forms.NullBooleanSelect):
                field.widget.choices = [("", _("All")), ("true", _("Yes")), ("false", _("No"))]
        return made

    @property
    def qs(self) -> Any:
        """Nothing while a filter is wrong or lost: a list that ignores a filter would lie."""
        if self.forgotten or self.is_wrong:
            return self.queryset.none()
        return super().qs

    @property
    def is_wrong(self) -> bool:
        """A filter takes no such value; the bar says which and why."""
        return bool(self.is_bound and not self.form.is_valid())

    @property
    def in_use(self) -> int:
        """How many filters narrow the list."""
        if not self.is_bound or not self.form.is_valid():
            return 0
        return sum(value not in (None, "", [], False) for value in self.form.cleaned_data.values())

    @property
    def narrows(self) -> bool:
        """An empty list may be the filters' doing: it does not say that nothing is on record."""
        return self.is_wrong or self.forgotten or bool(self.in_use)


def is_asked_by_name(request: HttpRequest) -> bool:
    """The address of a list holds the key of a name that this session keeps."""
    key = request.GET.get(NAMES, "")
    return bool(key and kept(request, key))


def asked_of(request: HttpRequest, filters: type[BaseFilterSet]) -> QueryDict | None:
    """What is asked of a list: the address, and the names that the session keeps under its key."""
    asked, names = request.GET.copy(), filters.kept_names()
    key = asked.pop(NAMES, [""])[-1]
    for name in names:
        asked.pop(name, None)
    words = QueryDict(kept(request, key) or "") if names and key else QueryDict()
    for name in names:
        if name in words:
            asked[name] = words[name]
    return asked or None


# More than any filter takes; an address that is longer than a browser's is none.
LONGEST_VALUE: Final = 300


def keep_names(request: HttpRequest, filters: type[BaseFilterSet]) -> HttpResponse:
    """The answer to the posted form: the same list at an address without a name."""
    names, address, words = filters.kept_names(), QueryDict(mutable=True), QueryDict(mutable=True)
    for name in [*filters.base_filters, "sort"]:
        if value := request.POST.get(name, "").strip():
            (words if name in names else address)[name] = value[:LONGEST_VALUE]
    if words:
        address[NAMES] = keep(request, words.urlencode())
    return HttpResponseRedirect(f"?{address.urlencode()}")
