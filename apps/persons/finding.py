"""Which rows words mean that somebody types to find a person by name."""

from typing import Any

import django_filters
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import IContains

from apps.core.filters import TextFilter
from apps.persons import names
from apps.persons.models import Person

MERGED_FOUND = 50


def named(words: str, *, person: str = "") -> Any:
    """A condition: latin letters are pinyin or initials, others a part of the name.

    `person` is the way from the rows to the person, as in "person__". The letters' columns have
    their indexes; a part of a name is looked for among the rows in scope.
    """
    if letters := names.letters(words):
        initials = Q(**{f"{person}name_initials__startswith": letters})
        if len(letters) == 1:
            return initials
        return Q(**{f"{person}name_pinyin__startswith": letters}) | initials
    return part_of_name(words, f"{person}name")


def part_of_name(words: str, column: str) -> Any:
    """With or without the dot between the parts, in any case."""
    part = names.tidy(words).replace("·", "")
    undotted = Replace(F(column), Value("·"), Value(""))
    return IContains(undotted, part) if part else Q(pk__in=[])


def with_merged(where: Any) -> Any:
    """A condition on persons, met also by what the files said that were merged into theirs."""
    rows = Person.every.filter(where, merged_into__isnull=False)
    found = list(rows.values_list("merged_into_id", flat=True)[:MERGED_FOUND])
    return Q(where) | Q(pk__in=found) if found else where


class NameFilter(TextFilter):
    """The name of the person whose rows a list shows."""

    def __init__(self, *, person: str = "person__", **options: Any) -> None:
        self.person = person
        super().__init__(**options)

    def facts(self, request: Any) -> tuple[()]:
        """The control shows nothing of the database (apps.core.filter_bar)."""
        return ()

    def filter(self, qs: Any, value: Any) -> Any:
        if value in django_filters.constants.EMPTY_VALUES:
            return qs
        return qs.filter(named(value, person=self.person))
