"""What is written to the log: the place of a fault, never its words.

The words of an error hold values (`Key (name)=(…) already exists`), and values are personal.
"""

import logging
import traceback
from typing import Any


class OneLine(logging.Filter):
    """A refused, unknown or postponed request is no fault of the program: a line says enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) != 500:
            record.exc_info = record.exc_text = None
        return True


class Wordless(logging.Formatter):
    """Tracebacks with the kinds of the errors, and where they came from."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - named by logging
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = type(error)
            place = "".join(traceback.format_tb(error.__traceback__))
            lines.insert(0, f"{place}{kind.__module__}.{kind.__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
