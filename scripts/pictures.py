"""Pictures of the main pages for docs/pictures, in both languages, at the desk and on the phone.

    .venv/bin/python scripts/pictures.py            all of them
    .venv/bin/python scripts/pictures.py draw       those that are named

They come from the journeys of tests/e2e, whose persons are all invented.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
MAIN = {
    "workbench-today": "today",
    "checkins-round": "round",
    "workbench-person": "person",
    "persons-list": "persons",
    "reports-dashboard": "dashboard",
    "drugtests-list": "tests",
    "drugtests-detail": "test",
    "draws-draw": "draw",
    "campaigns-campaign": "campaign",
}
# Pages that the help alone shows.
OF_HELP = {
    "assistance-person": "help",
    "assistance-ledger": "ledger",
    "followups-round": "followups",
    "employment-course": "course",
    "treatment-months": "attendance",
    "counselling-session": "session",
    "care-person": "care",
    "imports-import": "import",
    "periodic-report": "report",
    "care-list": "care-list",
}
# What the help shows: page, width, how many pixels of it from the top.
HELP = (
    ("today", 390, 1100), ("dashboard", 1440, 1100), ("tests", 1440, 460), ("test", 1440, 1100),
    ("draw", 1440, 720), ("campaign", 1440, 560), ("help", 1440, 1000), ("ledger", 1440, 900),
    ("followups", 1440, 640), ("course", 1440, 640), ("attendance", 1440, 640),
    ("session", 1440, 640), ("care", 1440, 1100), ("care-list", 1440, 560), ("import", 1440, 900),
    ("report", 1440, 900),
)  # fmt: skip
JOURNEY = "tests/e2e/test_pages.py::test_pages_of_an_office"


def main(*names: str) -> None:
    """Run the journey with a folder for its pictures, and keep those of the main pages."""
    pages = MAIN | OF_HELP
    wanted = {page: name for page, name in pages.items() if not names or name in names}
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", JOURNEY],
            cwd=ROOT,
            env={**os.environ, "PICTURES": folder, "PICTURES_OF": " ".join(wanted)},
            check=True,
        )
        TARGET.mkdir(parents=True, exist_ok=True)
        for page, name in wanted.items():
            for picture in sorted(Path(folder).glob(f"{page}-[ez]*.png")):
                picture.rename(picture.with_name(picture.name.replace(page, name, 1)))
        for_help([one for one in HELP if one[0] in wanted.values()], Path(folder))
        for name in (name for page, name in wanted.items() if page in MAIN):
            for picture in sorted(Path(folder).glob(f"{name}-[ez]*.png")):
                shutil.copy(picture, TARGET)


def for_help(wanted: list[tuple[str, int, int]], taken: Path) -> None:
    """The top of a page, as the guide names it: `today-390-en.png`; `taken`: the whole pages."""
    folder = ROOT / "static" / "guide"
    folder.mkdir(parents=True, exist_ok=True)
    for name, width, height in wanted:
        for lang in ("en", "zh-hans"):
            with Image.open(taken / f"{name}-{lang}-{width}.png") as picture:
                top = picture.crop((0, 0, picture.width, min(height, picture.height)))
                small = top.convert("RGB").quantize(96)
                small.save(folder / f"{name}-{width}-{lang}.png", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
