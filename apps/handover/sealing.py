"""The sealed envelope around the ZIP of a hand-over, and what is proved with the same phrase.

A phrase of a hundred bits is told by another way than the file goes. From it scrypt makes two keys:
one for the content (AES-256-GCM), one that both offices prove a receipt with. The head stands in
clear, for a receiver must know what it has; it is bound to the content and cannot be changed.
"""

import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.handover.codes import VERSION
from apps.handover.strict_json import read_json

MAGIC: Final = b"HOMEWARD-HANDOVER\n"
# Without letters and digits that are taken for each other, read aloud or written down.
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS: Final = 5
MISREAD: Final = str.maketrans("OIL", "011")
# One setting of scrypt: a file must not choose how much memory its reading takes (64 MB).
COST: Final = {"n": 1 << 16, "r": 8, "p": 1}
HEAD_MOST: Final = 4096
_HEX: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Keys:
    content: bytes
    receipt: bytes


def new_phrase() -> str:
    """Five groups of four: 100 bits."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(GROUPS * 4))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def plain_phrase(typed: str) -> str:
    """As it is typed after a telephone call: any case, spaces, strokes, O for 0."""
    text = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[^0-9A-Z]", "", text).translate(MISREAD)


def keys_of(phrase: str, salt: bytes) -> Keys:
    made = hashlib.scrypt(
        plain_phrase(phrase).encode(), salt=salt, dklen=64, maxmem=1 << 27, **COST
    )
    return Keys(made[:32], made[32:])


def seal(content: bytes, phrase: str, head: dict[str, Any]) -> tuple[bytes, Keys]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    told = head | {"version": VERSION, "salt": salt.hex(), "nonce": nonce.hex(), "kdf": "scrypt"}
    first = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    keys = keys_of(phrase, salt)
    start = MAGIC + len(first).to_bytes(4, "big") + first
    return start + AESGCM(keys.content).encrypt(nonce, content, start), keys


def head_of(sealed: bytes) -> tuple[dict[str, Any], bytes]:
    """What stands in clear, and the bytes of it; refused in words when it is no such file."""
    if not sealed.startswith(MAGIC):
        raise Refused(_("This is no hand-over of this system."), field="file")
    at = len(MAGIC) + 4
    length = int.from_bytes(sealed[len(MAGIC) : at], "big")
    if length > HEAD_MOST or len(sealed) < at + length + 16:
        raise Refused(_("The file is cut short or damaged."), field="file")
    head = read_json(sealed[at : at + length])
    if not isinstance(head, dict):
        raise Refused(_("The file is cut short or damaged."), field="file")
    refuse_version(head.get("version"))
    if not all(isinstance(head.get(name), str) for name in ("salt", "nonce", "package")):
        raise Refused(_("The file is cut short or damaged."), field="file")
    return head, sealed[: at + length]


def refuse_version(version: Any) -> None:
    if version == VERSION and type(version) is int:
        return
    if type(version) is int and version > VERSION:
        raise Refused(
            _("The file was made by a newer version of the system (format %(theirs)s, here "
              "%(ours)s). Update this installation first.")
            % {"theirs": version, "ours": VERSION}, field="file",
        )  # fmt: skip
    raise Refused(
        _("The file has format %(theirs)s, which is not read any more: ask for it to be made anew.")
        % {"theirs": str(version)[:20]}, field="file",
    )  # fmt: skip


def unseal(sealed: bytes, phrase: str) -> tuple[bytes, Keys, dict[str, Any]]:
    """The ZIP, the keys, and the head. A wrong phrase and a changed file look the same."""
    head, start = head_of(sealed)
    salt, nonce = head["salt"], head["nonce"]
    if not _HEX.fullmatch(salt) or not re.fullmatch(r"[0-9a-f]{24}", nonce):
        raise Refused(_("The file is cut short or damaged."), field="file")
    keys = keys_of(phrase, bytes.fromhex(salt))
    try:
        content = AESGCM(keys.content).decrypt(bytes.fromhex(nonce), sealed[len(start) :], start)
    except InvalidTag as error:
        raise Refused(
            _("The phrase does not open this file, or the file was changed on its way."),
            field="phrase",
        ) from error
    return content, keys, head


def proof(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def is_proof(key: bytes, content: bytes, said: str) -> bool:
    return hmac.compare_digest(proof(key, content), said)
