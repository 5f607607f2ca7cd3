"""One spelling of a user name, for whatever looks it up, counts it or stores it."""

import unicodedata

# Spaces, line ends, joiners and marks of direction: nobody sees them, and they name nobody.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def sign_in_name(text: str) -> str:
    """The name that is meant: width, case, spaces and unseen signs make no difference."""
    while (plain := _step(text)) != text:
        text = plain
    return text


def _step(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign) not in _UNSEEN)
