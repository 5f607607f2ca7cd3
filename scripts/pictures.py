"""Pictures of the main pages for docs/pictures, in both languages, at the desk and on the phone.

    .venv/bin/python scripts/pictures.py

They come from the journeys of tests/e2e, whose persons are all invented.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
MAIN = {
    "workbench-today": "today",
    "checkins-round": "round",
    "workbench-person": "person",
    "persons-list": "persons",
    "reports-dashboard": "dashboard",
}
JOURNEY = "tests/e2e/test_pages.py::test_pages_of_an_office"


def main() -> None:
    """Run the journey with a folder for its pictures, and keep those of the main pages."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", JOURNEY],
            cwd=ROOT,
            env={**os.environ, "PICTURES": folder},
            check=True,
        )
        TARGET.mkdir(parents=True, exist_ok=True)
        for page, name in MAIN.items():
            for picture in sorted(Path(folder).glob(f"{page}-[ez]*.png")):
                shutil.copy(picture, TARGET / picture.name.replace(page, name, 1))


if __name__ == "__main__":
    main()
