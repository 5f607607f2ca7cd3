"""`make check`: every check, one line each; what a failed one says is shown in full."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]


def templates() -> list[str]:
    """The project's own templates."""
    return [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]


CHECKS: dict[str, list[str]] = {
    "lint": [str(BIN / "ruff"), "check", "--quiet"],
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet"],
    "layers": [str(BIN / "lint-imports"), "--no-cache"],
    "templates, style": [str(BIN / "djade"), "--target-version", "5.2", "--check", *templates()],
    "templates, lint": [str(BIN / "djlint"), "--lint", "--quiet", "templates"],
    "settings and models": [*MANAGE, "check", "--fail-level", "WARNING"],
    "settings of a real site": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "migrations complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "translations": [*MANAGE, "check_messages"],
    "words": [sys.executable, "scripts/words.py"],
    "types": [str(BIN / "mypy"), "--no-error-summary"],
}


def main() -> None:
    """All of them, or those named on the command line; 1 when one fails."""
    # Packages that a change brought are there before it is judged; at once when nothing changed.
    subprocess.run([sys.executable, "scripts/install.py", "--dev"], cwd=ROOT, check=True)
    chosen = sys.argv[1:] or list(CHECKS)
    failed = [name for name in chosen if not passes(name)]
    if failed:
        sys.exit(f"Failed: {', '.join(failed)}")


def passes(name: str) -> bool:
    """Run one check and print its line."""
    begun = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, check=False, capture_output=True, text=True)
    mark = "ok  " if done.returncode == 0 else "FAIL"
    print(f"{mark} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
