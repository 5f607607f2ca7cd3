"""The demo's office did its work on other days: what it did then is dated as of then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from django.utils import timezone

from apps.core.days import SHANGHAI


@contextmanager
def on_day(day: date, hour: int = 10) -> Iterator[None]:
    """Services inside believe that it is this day. Only the demo's own process is told so."""
    moment = datetime.combine(day, time(hour), SHANGHAI).astimezone(UTC)
    now = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = now
