"""The icons in the project are those in use, and those in use are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = {path.stem for path in (ROOT / "static" / "vendor" / "icons").glob("*.svg")}
ASKED = re.compile(r"""(?:{% icon |icon=|icon_svg\(|_icon\()["']([a-z0-9-]+)["']""")


def sources() -> str:
    """All templates and all code that could name an icon."""
    folders = ((ROOT / "templates", "*.html"), (ROOT / "apps", "*.py"), (ROOT / "config", "*.py"))
    files = [path for folder, kind in folders for path in sorted(folder.rglob(kind))]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_icon_that_is_asked_for_is_there() -> None:
    assert set(ASKED.findall(sources())) - NAMES == set()


def test_every_icon_that_is_there_is_used() -> None:
    named = set(re.findall(r"""["']([a-z0-9-]+)["']""", sources()))
    assert NAMES - named == set()
