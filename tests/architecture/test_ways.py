"""No address is left out of the ways on which somebody comes to read of a person."""

from contextlib import suppress
from typing import Any

from django.urls import NoReverseMatch, reverse
from django_filters import ChoiceFilter

from tests.architecture.url_matrix import LINES
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.ways import SENT, WIDER, list_page

OF_THE_ADMIN = ("_changelist", "_add", ":autocomplete")


def test_every_page_of_no_row_that_is_no_list_says_what_it_can_be_asked_for() -> None:
    loose = set()
    for line in LINES + ADMIN_LINES:
        with suppress(NoReverseMatch):
            if list_page(reverse(line.name)) is None and not line.public:
                loose.add(line.name)
    assert {name for name in loose if not name.endswith(OF_THE_ADMIN)} == set(SENT)


def test_a_choice_that_shows_more_than_the_list_is_walked_every_day() -> None:
    """Its method gives back the rows that it is given: the list itself has read the choice."""
    found, rows = set(), object()
    for line in LINES:
        with suppress(NoReverseMatch):
            page = list_page(reverse(line.name))
            filters: Any = page.filterset_class if page else None
            for name, one in filters.base_filters.items() if filters else ():
                if type(one) is ChoiceFilter and one.method:
                    with suppress(AttributeError, ValueError):  # it narrows the rows
                        if getattr(filters, one.method)(None, rows, name, "x") is rows:
                            found.add(name)
    assert found == set(WIDER)
