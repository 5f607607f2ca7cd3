"""Nothing that says something about a person is chosen before anybody has chosen it.

Read twice: here in the forms as they are declared, and by `test_read_pages.py` in the pages as a
browser shows them.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django import forms

from apps.ledgers.ledger import LineForm
from tests.architecture.chosen import PROPOSED

# Read by machines: a tap names its choice on the button, a ledger in its cell.
NOT_SHOWN = frozenset({"TapForm", "AttemptTap"})


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


def shapes(base: type = forms.Form) -> Iterator[Any]:
    for shape in base.__subclasses__():
        yield shape
        yield from shapes(shape)


def acts() -> list[Any]:
    """Forms of acts: not those of filters, which store nothing, nor of ledgers."""
    import_module("config.urls")
    found = {shape for shape in shapes() if shape.__module__.startswith("apps.")}
    lines = {s for s in found if s.__module__.startswith("apps.imports")} | {*shapes(LineForm)}
    quiet = lines | {shape for shape in found if shape.__name__ in NOT_SHOWN}
    return sorted(found - quiet, key=str)


def guessed(shape: Any) -> Iterator[str]:
    for name, field in shape.base_fields.items():
        if isinstance(field, forms.ModelChoiceField) or field.widget.is_hidden:
            continue
        chosen = field.initial not in (None, "", False)
        if isinstance(field, forms.MultipleChoiceField):
            chosen = bool(field.initial)
        elif isinstance(field, forms.ChoiceField):
            choices = list(field.choices)
            chosen = chosen or bool(choices and choices[0][0] != "")
        elif not isinstance(field, forms.BooleanField):
            continue
        if chosen and f"{shape.__name__}.{name}" not in PROPOSED:
            yield f"{shape.__name__}.{name}"


def test_no_form_has_a_choice_that_nobody_made() -> None:
    shown = acts()
    assert len(shown) > 80
    assert [fault for shape in shown for fault in guessed(shape)] == []
