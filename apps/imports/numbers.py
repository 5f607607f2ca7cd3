"""By what a file is known again."""

import hashlib


def sha256_of(content: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
