"""Words that somebody looked for, kept in the session: an address carries a random key instead.

A name or a number in an address stays in the history of the browser, in the log of a server and
in the Referer. So a form posts what was typed, the view calls `keep` and redirects to a GET with
the key (`?kept=<key>`), and that page asks `kept` for the words. Reload, Back and the next page of
a list work as with any address. The key opens the words in the session that kept them and nowhere
else; they lie encrypted there and end with the session. The last twenty are kept.

    key = keep(request, words)      # in the POST, then redirect to f"{address}?kept={key}"
    words = kept(request, key)      # in the GET; None when nothing is kept under the key
"""

import base64
import binascii
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from apps.core.crypto import seal, unseal

PARAMETER: Final = "kept"
# A session is read with every page: it carries the last searches, and no long ones.
LIMIT: Final = 20
LONGEST: Final = 2000
_SESSION_KEY: Final = "kept_queries"


def keep(request: HttpRequest, words: str) -> str:
    """A key for these words; the same words in the same session get the same key."""
    words = words.replace("\0", " ")[:LONGEST]
    store: dict[str, str] = request.session.get(_SESSION_KEY, {})
    for key in list(store):
        if kept(request, key) == words:
            # Now the newest: the oldest is the one that is forgotten.
            request.session[_SESSION_KEY] = store | {key: store.pop(key)}
            return key
    key = secrets.token_urlsafe(9)
    store[key] = base64.b64encode(seal(words, _context(key))).decode()
    request.session[_SESSION_KEY] = dict(list(store.items())[-LIMIT:])
    return key


def kept(request: HttpRequest, key: str) -> str | None:
    """The words under a key of this session; None when there are none (any more)."""
    token = request.session.get(_SESSION_KEY, {}).get(key)
    if token is None:
        return None
    try:
        return unseal(base64.b64decode(token), _context(key))
    except (InvalidTag, KeyError, ValueError, binascii.Error):
        return None


def _context(key: str) -> str:
    return f"session.kept_query.{key}"
