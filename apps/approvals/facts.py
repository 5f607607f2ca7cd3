"""What is to be decided is kept as data, and put into words when somebody reads it.

Who proposes and who decides may read two languages. Codes, names and days as they stood are kept
(JSON in the encrypted column); the kind has the words. Proposals of before kept words, and are
shown as they were written.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from apps.core.text import full_day

Facts = Mapping[str, Any]


def stored(facts: Facts) -> str:
    """The data as text; days in the form of ISO 8601."""
    return json.dumps(facts, ensure_ascii=False, default=date.isoformat)


def opened(text: str) -> Facts | None:
    """The data, or None of a proposal that kept words."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def day_in(facts: Facts, name: str) -> str:
    """A day of the data in the reader's language; nothing for none."""
    return full_day(date.fromisoformat(facts[name])) if facts.get(name) else ""
