"""Secrets of this machine: from the environment, else made once and kept in var/secrets.json."""

import base64
import json
import secrets
from pathlib import Path

from environs import Env

NAMES = ("HOMEWARD_SECRET_KEY", "HOMEWARD_FIELD_KEYS", "HOMEWARD_INDEX_KEY", "HOMEWARD_SEAL_KEY")


def _made() -> dict[str, str]:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return dict(zip(NAMES, (secrets.token_urlsafe(50), f"1:{key()}", key(), key()), strict=True))


def load(env: Env, var: Path) -> dict[str, str]:
    """The secrets by name.

    A site that names none of them gets random ones in a file only its owner can read; a site
    that names one must name all, or old data could no longer be read after a restart.
    """
    given = {name: value for name in NAMES if (value := env.str(name, ""))}
    if len(given) == len(NAMES):
        return given
    if given:
        missing = ", ".join(sorted(set(NAMES) - set(given)))
        raise RuntimeError(f"Set all secrets or none; missing: {missing}")
    path = var / "secrets.json"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(_made(), indent=1))
    kept: dict[str, str] = json.loads(path.read_text())
    if missing_here := set(NAMES) - set(kept):
        # An older version made fewer: the new ones are made now, the old ones stay.
        made = _made()
        kept |= {name: made[name] for name in missing_here}
        path.write_text(json.dumps(kept, indent=1))
    return kept
