"""Sensitive values at rest, and look-ups that do not need the value.

An encrypted value is ``algorithm (1 byte) | key id (1 byte) | nonce (12) | ciphertext and tag``.
The additional data names table, column and row, so that a value moved to another row, column or
table no longer opens. The format is final; docs/adr/0004 says why. Algorithm 1 is AES-256-GCM;
2 is kept for SM4-GCM, which a site may have to use.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

AES_256_GCM: Final = 1
NONCE_BYTES: Final = 12


@cache
def _keys(setting: str) -> dict[int, bytes]:
    pairs = (pair.partition(":") for pair in setting.split(","))
    return {int(key_id): base64.b64decode(key) for key_id, _colon, key in pairs}


def seal(value: str, context: str) -> bytes:
    """Encrypt text; `context` is "table.column.row" and must be the same when it is opened."""
    return seal_bytes(value.encode(), context)


def seal_bytes(value: bytes, context: str) -> bytes:
    """The same for a file."""
    keys = _keys(settings.FIELD_KEYS)
    key_id, key = next(iter(keys.items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, value, context.encode())
    return bytes((AES_256_GCM, key_id)) + nonce + sealed


def unseal(token: bytes, context: str) -> str:
    """Decrypt what `seal` made.

    Raises `cryptography.exceptions.InvalidTag` when the value was changed or belongs elsewhere,
    and `KeyError` when its key is not among the site's keys.
    """
    return unseal_bytes(token, context).decode()


def unseal_bytes(token: bytes, context: str) -> bytes:
    """Decrypt what `seal_bytes` made."""
    algorithm, key_id = token[0], token[1]
    if algorithm != AES_256_GCM:
        raise ValueError(f"Unknown algorithm {algorithm} of an encrypted value")
    nonce, sealed = token[2 : 2 + NONCE_BYTES], token[2 + NONCE_BYTES :]
    return AESGCM(_keys(settings.FIELD_KEYS)[key_id]).decrypt(nonce, sealed, context.encode())


def blind_index(purpose: str, value: str) -> bytes:
    """32 bytes that are equal for equal values and tell nothing without the index key."""
    key = base64.b64decode(settings.INDEX_KEY)
    return hmac.new(key, f"{purpose}:{value}".encode(), hashlib.sha256).digest()
