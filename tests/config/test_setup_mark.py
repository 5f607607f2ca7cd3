"""A restart skips the setup that was done, and never one that is needed; it loads little."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config import embedded_postgres, setup_mark

# Libraries of one page or one command, heavier than all pages together.
HEAVY = (
    "pypinyin",
    "opencc",
    "docx",
    "xlsxwriter",
    "PIL",
    "pillow_heif",
    "python_calamine",
    "openpyxl",
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program and a database of our own, set up."""
    for name in ("apps/a/migrations/0001.py", "locale/zh_Hans/django.po", "data/PG_VERSION"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(setup_mark, "BASE", tmp_path)
    monkeypatch.setattr(embedded_postgres, "is_embedded", lambda: True)
    monkeypatch.setattr(embedded_postgres, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(embedded_postgres, "default_var", lambda: tmp_path)
    assert not setup_mark.is_done()
    setup_mark.note()
    assert setup_mark.is_done()
    return tmp_path


def test_a_changed_or_new_migration_is_set_up(program: Path) -> None:
    (program / "apps/a/migrations/0001.py").write_text("xy")
    assert not setup_mark.is_done()
    setup_mark.note()
    (program / "apps/a/migrations/0002.py").write_text("y")
    assert not setup_mark.is_done()


def test_another_database_is_set_up(program: Path) -> None:
    version = program / "data/PG_VERSION"
    version.rename(program / "old")
    assert not setup_mark.is_done()
    version.write_text("x")
    assert not setup_mark.is_done()


def test_other_texts_are_compiled(program: Path) -> None:
    (program / "locale/zh_Hans/django.po").unlink()
    assert not setup_mark.is_done()


def test_a_database_of_the_site_is_always_looked_at(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_postgres, "is_embedded", lambda: False)
    assert not setup_mark.is_done()
    setup_mark.note()
    assert not setup_mark.is_done()


def test_the_pages_load_without_the_heavy_libraries() -> None:
    code = (
        "import django, sys; django.setup(); import config.urls; "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, check=True, capture_output=True,
        text=True, env={"DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTHONPATH": "."},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
