"""Settings of the tests: the same file under a known environment, made fast and strict."""

import os
from pathlib import Path
from typing import Any, cast

# What a developer has set for the server must not change what the tests see; and they make and
# drop databases, which is for our own server alone.
for name in [name for name in os.environ if name.startswith(("HOMEWARD_", "DATABASE_"))]:
    if name not in {"HOMEWARD_VAR", "HOMEWARD_DATABASE_ROLE"}:
        del os.environ[name]
# A folder, and with it a PostgreSQL, of the tests' own. Their workers inherit the name.
_var = Path(os.environ.get("HOMEWARD_VAR", Path(__file__).resolve().parent.parent / "var"))
os.environ["HOMEWARD_VAR"] = str(_var if _var.name == "tests" else _var / "tests")
_KEY = "dGVzdC1rZXktb2YtMzItYnl0ZXMtbm8tc2VjcmV0ISE="
os.environ |= {
    "HOMEWARD_SECRET_KEY": "tests only, and no secret at all, for it stands in the open",
    "HOMEWARD_FIELD_KEYS": f"1:{_KEY}",
    "HOMEWARD_INDEX_KEY": _KEY,
    "HOMEWARD_SEAL_KEY": _KEY,
    "HOMEWARD_INSECURE_LOCAL": "1",
}
# Tests create databases; those of the grants open a second connection as the web role.
os.environ.setdefault("HOMEWARD_DATABASE_ROLE", "owner")

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, INSTALLED_APPS, TEMPLATES, VAR_DIR  # noqa: E402
from config.template_guard import UnknownVariable  # noqa: E402

# A subject that only the tests have: see tests/toy_letters.
INSTALLED_APPS += ["tests.toy_letters"]

DATABASES["default"].update(CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=False)

cast(dict[str, Any], TEMPLATES[0]["OPTIONS"])["string_if_invalid"] = UnknownVariable()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Beside the first reader of a shape, for whom it is written on a site too, the statement that
# readers share is compared with their own for the next two; in the soak for each.
STATEMENTS_COMPARED = 2 if os.environ.get("HYPOTHESIS_PROFILE") != "soak" else 1_000_000

# Each is prepared at once: none that can only be asked as an ordinary statement is found later.
PLANNED_WHEN_ASKED_BEFORE = 0
