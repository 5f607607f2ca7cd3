"""A refusal, by its English words and the field that they speak of."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import pytest
from django.utils import translation

from apps.core.refusals import Refused


@contextmanager
def refused(words: str, field: str | None = None) -> Iterator[None]:
    """The act inside is refused in these words (the rest of the sentence may follow)."""
    with translation.override("en"), pytest.raises(Refused, match=re.escape(words)) as caught:
        yield
    assert caught.value.field == field


def answered(words: str | None, field: str | None = None) -> AbstractContextManager[None]:
    """For tables of bounds: without words the act inside is done."""
    return nullcontext() if words is None else refused(words, field)
