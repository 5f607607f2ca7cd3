"""The walks over the source see the source, wherever the checkout stands."""

import subprocess
from pathlib import Path

from tests.architecture.sources import files_of, templates


def test_a_copy_inside_another_checkout_is_walked_whole(tmp_path: Path) -> None:
    """The outer one ignores the copy: asked from within, Git would name no file at all."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("var/\n")
    copy = tmp_path / "var" / "copy"
    (copy / "templates").mkdir(parents=True)
    (copy / "templates" / "page.html").write_text("{{ name }}")
    (copy / "var").mkdir()
    (copy / "var" / "kept.html").write_text("")
    assert files_of(copy) == [copy / "templates" / "page.html"]


def test_what_a_checkout_ignores_is_not_its_own(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("made.txt\n")
    (tmp_path / "made.txt").write_text("")
    (tmp_path / "new.txt").write_text("")
    assert files_of(tmp_path) == [tmp_path / ".gitignore", tmp_path / "new.txt"]


def test_there_are_templates_to_walk() -> None:
    assert len(templates()) > 150
