"""Remembers which program `setup` prepared the embedded database for."""

import hashlib
import os
from pathlib import Path

from config import embedded_postgres

BASE = Path(__file__).resolve().parent.parent
# What `setup` reads: migrations and models, areas, texts, grants; a new package may bring more.
READ = ("apps/**/*.py", "apps/**/data/*", "config/*.py", "locale/**/*.[pm]o", "constraints.txt")


def is_done() -> bool:
    """False for a database that is not ours: nothing here tells whether it was replaced."""
    if not embedded_postgres.is_embedded():
        return False
    mark = _path()
    try:
        return mark.exists() and mark.read_text() == _now()
    except OSError:
        return False


def note() -> None:
    """`setup` has run to its end."""
    if embedded_postgres.is_embedded():
        _path().write_text(_now())


def _path() -> Path:
    return embedded_postgres.default_var() / "setup.mark"


def _now() -> str:
    digest = hashlib.sha256()
    version = embedded_postgres.data_folder() / "PG_VERSION"
    paths = [path for pattern in READ for path in sorted(BASE.glob(pattern))]
    for path in [version, *paths]:
        facts = path.stat()
        digest.update(f"{path} {facts.st_ino} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for name in ("HOMEWARD_DEMO", "HOMEWARD_DEBUG"):
        digest.update(f"{name}={os.environ.get(name)}\n".encode())
    return digest.hexdigest()
