"""The database has no room, or is away for a moment: no fault of the program, and it passes."""

from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import get_template

RETRY_AFTER: Final = 10  # seconds
# Classes of PostgreSQL: connection lost, no resources, shutting down or cancelled, locked, and
# rolled back for another's sake. Without a code no connection came about at all.
PASSING: Final = ("08", "53", "57", "55P03", "40")


def passes(error: BaseException | None) -> bool:
    """It is worth trying again in a moment."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code: str = getattr(error.__cause__, "pgcode", None) or ""
    return not code or code.startswith(PASSING)


def come_again() -> HttpResponse:
    """In both languages, without the database and without a context."""
    words = get_template("core/503.html").render()
    return HttpResponse(
        words, status=503, headers={"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    )
