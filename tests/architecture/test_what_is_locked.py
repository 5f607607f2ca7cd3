"""What the serving role may only add to, it cannot lock: a lock of rows asks for the right to
change them.
"""

from pathlib import Path

from django.apps import apps
from django.conf import settings

LOCKS = Path(__file__).with_name("locks.txt")


def test_nothing_that_is_only_added_to_is_locked() -> None:
    names = {apps.get_model(label).__name__ for label in settings.APPEND_ONLY_MODELS}
    wrong = [
        line for line in LOCKS.read_text().splitlines()
        if any(f" {name}.objects." in line for name in names)
    ]  # fmt: skip
    assert wrong == []
