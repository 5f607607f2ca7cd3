"""What was typed when the session had ended: kept through the sign-in, for the same account only.

The middleware that sends somebody to the sign-in page keeps the form that was posted, encrypted,
in the session of that browser. Whose it is, the ended session tells, or a signed cookie where
that is gone. After the sign-in of the same account the page comes back with its form filled;
nothing has been stored. Whoever else signs in there finds nothing, and it is forgotten. It is
kept for half an hour and shown once; files are not kept, and the page says so.
"""

import base64
import json
import re
import time
from dataclasses import dataclass
from typing import Any, Final, cast

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from apps.core.crypto import seal, unseal

# Characters of a form that is kept while somebody signs in anew.
LIMIT: Final = 60_000
SECONDS: Final = 30 * 60
_KEY: Final = "unsent_form"
OWNER_COOKIE: Final = "form_owner"
OWNER_SECONDS: Final = 24 * 3600
_SALT: Final = "accounts.unsent"
# Secrets are never kept, and the language is no form.
_NEVER: Final = frozenset({"accounts", "core"})


@dataclass(frozen=True)
class Unsent:
    """A form that was posted too late."""

    address: str
    fields: QueryDict
    had_files: bool

    @property
    def typed(self) -> list[str]:
        """Words to look at; keys and marks of the form itself say nothing to a person."""
        found = [value for _name, values in self.fields.lists() for value in values]
        return [value for value in found if value.strip() and not _is_mark(value)]

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]


def remember_owner(request: HttpRequest, response: HttpResponse) -> None:
    """Whose forms this browser sends, for when the session is gone altogether."""
    mine = str(request.user.pk)
    if _cookie_owner(request) != mine:
        response.set_signed_cookie(
            OWNER_COOKIE, mine, salt=_SALT, max_age=OWNER_SECONDS, httponly=True,
            secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
        )  # fmt: skip


def keep(request: HttpRequest) -> None:
    """Keep a posted form whose session has ended, if it is known whose it was."""
    owner = str(getattr(request, "ended_user", "")) or _cookie_owner(request)
    match = request.resolver_match
    never = match is None or (match.namespaces[:1] and match.namespaces[0] in _NEVER)
    if request.method != "POST" or not owner or never or request.headers.get("HX-Request"):
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    text = json.dumps([owner, request.get_full_path(), fields.urlencode(), bool(request.FILES)])
    if len(text) <= LIMIT:
        token = base64.b64encode(seal(text, _SALT)).decode()
        request.session[_KEY] = {"at": int(time.time()), "form": token}


def found(request: HttpRequest) -> Unsent | None:
    """What is kept for the account that is signed in; what is another's or old is forgotten."""
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if kept is None:
        return None
    if time.time() - kept["at"] <= SECONDS:
        try:
            opened = json.loads(unseal(base64.b64decode(kept["form"]), _SALT))
        except (InvalidTag, KeyError, ValueError):
            opened = ["", "", "", False]
        owner, address, fields, had_files = opened
        if owner == str(request.user.pk):
            return Unsent(address, QueryDict(fields), had_files)
    forget(request)
    return None


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)


def _is_mark(value: str) -> bool:
    """A UUID or a word of the program."""
    return bool(re.fullmatch(r"[0-9a-f-]{36}|[a-z0-9_:]{1,24}", value))


def _cookie_owner(request: HttpRequest) -> str:
    known = request.get_signed_cookie(OWNER_COOKIE, "", salt=_SALT, max_age=OWNER_SECONDS)
    return cast("str", known)
