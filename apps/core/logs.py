"""What is written to the log: the place of a fault, never its words.

The words of an error hold values (`Key (name)=(…) already exists`), and values are personal.
"""

import logging
import traceback
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

import structlog


class OneLine(logging.Filter):
    """A refused, unknown or postponed request is no fault of the program: a line says enough.

    Django calls a look-up that no list offers, a foreign host or a form of too many fields an
    error and repeats what was asked, which may be a name. The line has the answer, the kind of
    what was wrong and the address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 500)
        if status == 500:
            return True
        if 400 <= status < 500 and (request := getattr(record, "request", None)) is not None:
            kind = record.exc_info[0] if record.exc_info else None
            why = f" ({kind.__name__})" if kind is not None else ""
            path = request.path.encode("unicode_escape").decode("ascii")
            record.msg, record.args = f"{_answer(status)}{why}: %s", (path,)
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        return True


def _answer(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else str(status)


def as_json() -> dict[str, Any]:
    """A formatter for `LOGGING`: each record one line of JSON, with its time in UTC."""
    return _formatter(structlog.processors.JSONRenderer(ensure_ascii=False))


def as_lines() -> dict[str, Any]:
    """The same for the eyes of whoever tries the product on an own machine."""
    return _formatter(structlog.dev.ConsoleRenderer(colors=False, event_key="event"))


def _formatter(renderer: Any) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            without_words,
            renderer,
        ],
    }


def without_words(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> Any:
    """An error as the kinds of the errors, and where they came from."""
    if raised := event.pop("exc_info", None):
        event["raised"] = _places(raised[1])
    return event


def _places(error: BaseException | None) -> str:
    lines: list[str] = []
    while error is not None:
        kind = type(error)
        place = "".join(traceback.format_tb(error.__traceback__))
        lines.insert(0, f"{place}{kind.__module__}.{kind.__qualname__}")
        error = error.__cause__ or error.__context__
    return "\n".join(lines)
