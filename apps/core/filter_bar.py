"""The bar of filters over a list, without building a form where none is needed.

Where every value in the address is one of the choices that the filters themselves declare, the
bar follows from the address, the user, the day, the language and from what its choices show
(`facts`, asked anew with each page). It is drawn once for these, and so is the SQL of the list
(apps.core.list_page). Texts that are typed, and whatever a filter looks up, are never kept.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import Any, Final

import django_filters
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from apps.core.days import today
from apps.core.filters import NAMES, BaseFilterSet, DayFilter, TextFilter, TickFilter
from apps.core.frame import filled, in_pieces, mark
from apps.core.prepared import PreparedByScope

KEPT: Final = 300
_kept: Final[dict[Hashable, tuple[str, ...]]] = {}
_OPTIONS: Final = PreparedByScope(300)
# What they show is declared, and changes with the language and the day at most.
PLAIN: Final = frozenset({
    django_filters.ChoiceFilter, django_filters.BooleanFilter, django_filters.NumberFilter,
    TickFilter, DayFilter, TextFilter,
})  # fmt: skip


class FilterBar:
    """Of one request. `make` builds the whole set of filters, for whoever needs it."""

    def __init__(
        self,
        filters: type[BaseFilterSet],
        request: HttpRequest,
        asked: QueryDict | None,
        make: Callable[[], BaseFilterSet],
    ) -> None:
        self.filters, self.request, self.asked, self._make = filters, request, asked, make

    @cached_property
    def set(self) -> BaseFilterSet:
        return self._make()

    @cached_property
    def is_settled(self) -> bool:
        """Every value is one of the choices declared, and no filter looks anything up for it."""
        named = [NAMES, *self.filters.kept_names()]
        typed = any(name in self.request.GET for name in named)
        return not typed and all(
            self.filters.is_declared(name, value) for name, value in self._values.items()
        )

    @property
    def in_use(self) -> int:
        """How many filters narrow the list."""
        return len(self._values) if self.is_settled else self.set.in_use

    @property
    def narrows(self) -> bool:
        """An empty list may be the filters' doing."""
        return bool(self._values) if self.is_settled else self.set.narrows

    @property
    def is_wrong(self) -> bool:
        """A filter takes no such value: nothing is shown, and nothing is counted."""
        return not self.is_settled and self.set.is_wrong

    @property
    def key(self) -> tuple[Any, ...]:
        """All that a settled bar and its list depend on, but for the rows themselves."""
        user: Any = self.request.user
        values = tuple(sorted(self._values.items()))
        bound = self.asked is not None
        return self.filters, user.scope_key, today(), get_language(), bound, values

    def html(self, context: Mapping[str, Any]) -> SafeString:
        """The bar, drawn anew or as it was drawn for the same facts."""
        sort, token = context["sort"], str(context["csrf_token"])
        facts = self._facts() if self.is_settled else None
        if facts is None:
            return filled(self._drawn(sort), {"token": token})
        key = (self.key, sort, facts)
        pieces = _kept.get(key)
        if pieces is None:
            pieces = self._drawn(sort)
            if len(_kept) >= KEPT:
                _kept.clear()
            _kept[key] = pieces
        return filled(pieces, {"token": token})

    def _drawn(self, sort: str) -> tuple[str, ...]:
        given = {"filters": self.set, "sort": sort, "csrf_token": mark("token")}
        return in_pieces("core/filter_bar.html", given)

    @cached_property
    def _values(self) -> dict[str, str]:
        asked = self.asked or QueryDict()
        return {name: str(asked[name]) for name in self.filters.base_filters if asked.get(name)}

    def _facts(self) -> tuple[Hashable, ...] | None:
        """What the controls show beside what they declare; None where that is not known."""
        found: list[Hashable] = []
        for name, one in self.filters.base_filters.items():
            if isinstance(one, django_filters.ModelChoiceFilter):
                found.append(self._options(name, one))
            elif (facts := getattr(one, "facts", None)) is not None:
                found.append(facts(self.request))
            elif type(one) not in PLAIN:
                return None
            elif callable(choices := one.extra.get("choices")):
                found.append(tuple((code, str(label)) for code, label in choices()))
        return tuple(found)

    def _options(self, name: str, one: Any) -> Hashable:
        user: Any = self.request.user
        key = (self.filters, name, user.scope_key, today())
        rows = _OPTIONS.rows(key, lambda: one.get_queryset(self.request))
        return tuple((row.pk, str(row)) for row in rows)
