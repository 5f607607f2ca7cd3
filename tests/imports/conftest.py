from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """Words as they stand in the code."""
    with translation.override("en"):
        yield
