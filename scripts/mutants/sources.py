"""Which files are changed, and which tests could notice: that is what the figures speak of."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
# Rules, guards, services, questions, rights, and what writes markup.
PYTHON: Final = (
    "apps/*/rules.py", "apps/*/guards.py", "apps/*/services.py", "apps/*/services/*.py",
    "apps/*/querysets.py", "apps/*/access.py", "apps/*/moving.py", "apps/*/deadlines.py",
    "apps/*/validity.py", "apps/*/identity.py", "apps/*/names.py", "apps/law/*.py",
    "apps/documents/placeholders.py",
    "apps/accounts/permissions.py", "apps/accounts/roles.py", "apps/accounts/backends.py",
    "apps/audit/sealing.py", "apps/core/markup.py", "apps/core/rates.py", "apps/core/crypto.py",
    "apps/core/exports.py", "apps/core/saving.py",
)  # fmt: skip

TEMPLATES: Final = "templates/**/*.html"


def python_files() -> list[Path]:
    return sorted({path for pattern in PYTHON for path in ROOT.glob(pattern)})


def template_files() -> list[Path]:
    return sorted(ROOT.glob(TEMPLATES))


def folders_that_should_know(path: Path) -> list[str]:
    """Test folders for a file whose lines no test is known to run."""
    app = path.relative_to(ROOT).parts[1].removesuffix(".html")
    own = [f"tests/{app}"] if (ROOT / "tests" / app).is_dir() else []
    return [*own, "tests/admin", "tests/architecture/test_doors.py"]
