"""The world of the addresses, for modules that walk through it more than once."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.matrix_world import World
from tests.architecture.url_matrix import LINES
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.once import once


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """With every row that an address names; what a test writes is taken back after it."""
    with once(django_db_blocker, whole_world) as made:
        yield made


def whole_world() -> World:
    made = World()
    for line in LINES + ADMIN_LINES:
        line.kwargs(made)
    return made
