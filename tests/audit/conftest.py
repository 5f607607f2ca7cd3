"""Refusals are matched by their English words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def seal_file(tmp_path: Path, settings: Any) -> Path:
    """Where the ends of the seals are kept outside the database."""
    settings.SEAL_FILE = tmp_path / "access-seals.log"
    return tmp_path / "access-seals.log"
