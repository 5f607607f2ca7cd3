"""Which rows words mean that somebody types to find a person by name."""

from typing import Any

import django_filters
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import IContains, StartsWith

from apps.core.filters import TextFilter
from apps.core.simplified import simplified
from apps.persons import names
from apps.persons.models import Person
from apps.persons.models.given import given_name

MERGED_FOUND = 50


def named(words: str, *, person: str = "") -> Any:
    """A condition: latin letters are pinyin or initials, of the whole name or the pinyin of what
    follows the surname; others are a part of the name, in characters of today or traditional ones.

    `person` is the way from the rows to the person, as in "person__". The letters have their
    indexes; a part of a name is looked for among the rows in scope.
    """
    if letters := names.letters(words):
        initials = Q(**{f"{person}name_initials__startswith": letters})
        if len(letters) == 1:
            return initials
        given = Q(StartsWith(given_name(f"{person}sort_key"), letters))
        return Q(**{f"{person}name_pinyin__startswith": letters}) | initials | given
    # The key ends with the name in characters of today.
    return _part(simplified(names.tidy(words)), f"{person}sort_key")


def part_of_name(words: str, column: str) -> Any:
    """With or without the dot between the parts, in any case; typed in traditional characters, it
    is also looked for in those of today.
    """
    typed = names.tidy(words)
    today = simplified(typed)
    found = _part(typed, column)
    return found if today == typed else Q(found) | Q(_part(today, column))


def _part(words: str, column: str) -> Any:
    part = words.replace("·", "")
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
