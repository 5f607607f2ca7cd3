"""JSON of a stranger: one meaning or none. What two readers could read in two ways is refused."""

import json
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from apps.core.refusals import Refused

# Beyond these no column of ours goes; a number of a million digits takes minutes to read.
DIGITS: Final = 18
DEPTH: Final = 24


class _Wrong(ValueError):
    pass


def read_json(content: bytes) -> Any:
    """Raises `Refused`: not UTF-8, a key twice, NaN, a huge number, half a letter, too deep."""
    try:
        text = content.decode("utf-8")
        if _deepest(text) > DEPTH:
            raise _Wrong("depth")
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no, parse_int=_int, parse_float=_no
        )
        _refuse_letters(found)
    except (ValueError, RecursionError) as error:
        raise Refused(_("A part of the file cannot be read: it is no plain JSON.")) from error
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Wrong("a key twice")
    return found


def _refuse_letters(found: Any) -> None:
    """Half a letter, and the zero: an escape can write them, and no column takes them."""
    match found:
        case str():
            if "\0" in found:
                raise _Wrong("a zero")
            found.encode()
        case dict():
            for name, one in found.items():
                _refuse_letters(name)
                _refuse_letters(one)
        case list():
            for one in found:
                _refuse_letters(one)


def _no(text: str) -> NoReturn:
    raise _Wrong(text[:20])


def _int(text: str) -> int:
    if len(text) > DIGITS:
        raise _Wrong("a huge number")
    return int(text)


def _deepest(text: str) -> int:
    """How many brackets are open at once at most, without those in words."""
    depth = deepest = 0
    inside = escaped = False
    for letter in text:
        if inside:
            escaped, inside = letter == "\\" and not escaped, letter != '"' or escaped
        elif letter == '"':
            inside = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest
