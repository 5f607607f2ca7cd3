"""Put what somebody had typed into the form of a page that is ready."""

import re
from html import escape, unescape
from typing import Final
from urllib.parse import urlsplit

from django.http import QueryDict

_QUOTED: Final = r"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_PART: Final = re.compile(
    rf"<(?:(?P<text>textarea)\b(?P<text_in>{_QUOTED})>.*?</textarea>"
    rf"|(?P<tag>form|/form|input|select|/select|option|button)\b(?P<tag_in>{_QUOTED})>)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_KEPT_AS_IT_IS: Final = frozenset({"file", "submit", "button", "reset", "image", "password"})


class Filler:
    """`html`: the page filled. `placed`: the names that stood in the form."""

    def __init__(self, page: str, path: str, fields: QueryDict) -> None:
        self.path, self.fields = path, fields
        self.placed: set[str] = set()
        self.forms = 0
        self._inside = False
        self._select_name = ""
        self.html = _PART.sub(self._part, page)

    @property
    def complete(self) -> bool:
        """One form took everything that had been typed."""
        typed = {name for name, values in self.fields.lists() if any(values)}
        return self.forms == 1 and typed <= self.placed

    def _part(self, match: re.Match[str]) -> str:
        whole = match.group(0)
        tag = (match.group("text") or match.group("tag")).lower()
        given = match.group("text_in") or match.group("tag_in") or ""
        named = {name.lower(): _value(value) for name, value in _ATTRIBUTE.findall(given)}
        if tag == "form":
            aim = urlsplit(named.get("action", "")).path or self.path
            self._inside = named.get("method", "").lower() == "post" and aim == self.path
            self.forms += self._inside
        elif tag == "/form":
            self._inside = False
        elif self._inside:
            return str(getattr(self, f"_{tag.lstrip('/')}")(whole, tag, named))
        return whole

    def _textarea(self, whole: str, _tag: str, named: dict[str, str]) -> str:
        name = named.get("name", "")
        if name not in self.fields:
            return whole
        self.placed.add(name)
        given = " ".join(
            f'{key}="{escape(value)}"' if value else key for key, value in named.items()
        )
        return f"<textarea {given}>\n{escape(str(self.fields[name]))}</textarea>"

    def _input(self, whole: str, _tag: str, named: dict[str, str]) -> str:
        name, kind = named.get("name", ""), named.get("type", "text").lower()
        if not name or name == "csrfmiddlewaretoken":
            return whole
        if kind in _KEPT_AS_IT_IS:
            self.placed.add(name)
            return whole
        if kind in {"checkbox", "radio"}:
            self.placed.add(name)
            chosen = named.get("value", "on") in self.fields.getlist(name)
            return _with(whole, "checked", "" if chosen else None)
        if name not in self.fields:
            return whole
        self.placed.add(name)
        return _with(whole, "value", str(self.fields[name]))

    def _button(self, whole: str, _tag: str, named: dict[str, str]) -> str:
        self.placed.add(named.get("name", ""))
        return whole

    def _select(self, whole: str, tag: str, named: dict[str, str]) -> str:
        self._select_name = "" if tag.startswith("/") else named.get("name", "")
        self.placed.add(self._select_name)
        return whole

    def _option(self, whole: str, _tag: str, named: dict[str, str]) -> str:
        if self._select_name not in self.fields:
            return whole
        chosen = named.get("value", "") in self.fields.getlist(self._select_name)
        return _with(whole, "selected", "" if chosen else None)


def _value(given: str) -> str:
    return unescape(given[1:-1] if given[:1] in {'"', "'"} else given)


def _with(tag: str, name: str, value: str | None) -> str:
    """The tag with the attribute set anew; None takes it away."""
    bare = re.sub(rf"""\s{name}(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?(?=[\s/>])""", "", tag)
    if value is None:
        return bare
    end = len(bare) - (2 if bare.endswith("/>") else 1)
    return f'{bare[:end].rstrip()} {name}="{escape(value)}"{bare[end:]}'
