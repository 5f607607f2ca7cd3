"""Translation files: complete, in order, and no placeholder lost on the way."""

from pathlib import Path

import polib
import pytest

from apps.core.catalogues import faults, merged


def catalogue(*entries: tuple[str, str]) -> polib.POFile:
    result = polib.POFile()
    result.extend(polib.POEntry(msgid=text, msgstr=translation) for text, translation in entries)
    return result


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"


def stored(path: Path, *entries: tuple[str, str]) -> Path:
    path.parent.mkdir(parents=True)
    catalogue(*entries).save(str(path))
    return path


def test_merging_keeps_translations_sorts_and_drops_what_is_gone(path: Path) -> None:
    stored(path, ("Town", "乡镇"), ("Gone", "没有了"))
    result = merged(catalogue(("Town", ""), ("Area", "")), path)
    assert [(entry.msgid, entry.msgstr) for entry in result] == [("Area", ""), ("Town", "乡镇")]


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ("", "not translated"),
        ("还有天", "placeholder lost"),
        ("还有 %(number)s 天", "unknown placeholder"),
    ],
)
def test_a_fault_is_named(path: Path, translation: str, fault: str) -> None:
    stored(path, ("%(days)s days left", translation))
    assert faults(catalogue(("%(days)s days left", "")), path) == [
        f"zh_Hans/django.po: {fault}: '%(days)s days left'"
    ]


def test_texts_that_were_not_collected_or_are_gone_are_faults(path: Path) -> None:
    stored(path, ("Gone", "没有了"))
    found = faults(catalogue(("New", "")), path)
    assert [text.split(": ")[1] for text in found] == ["not collected", "no longer used"]


def test_a_complete_file_has_no_fault(path: Path) -> None:
    stored(path, ("%(days)s days left", "还有 %(days)s 天"))
    assert faults(catalogue(("%(days)s days left", "")), path) == []


def test_a_missing_file_is_a_fault(path: Path) -> None:
    assert faults(catalogue(), path) == ["zh_Hans/django.po is missing"]
