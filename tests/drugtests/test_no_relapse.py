"""A screening is no relapse: no text and no figure of the product says so (检测程序规定 art. 4)."""

import re
from collections.abc import Iterator

import polib
import pytest
from django.conf import settings
from django.utils import translation

from apps.drugtests import chain, codes
from apps.reports.indicators import INDICATORS

RELAPSE = re.compile(r"复吸|relaps", re.IGNORECASE)
# What is said of it anywhere: that there was none, that a screening does not show it, and that who
# fears it may ask for help. Whatever else says the word fails here.
DENIED = (
    "未复吸", "没有复吸", "不能说明复吸", "没有经公安机关确认的复吸", "担心复吸的，请告诉",
    "does not mean relapse",
)  # fmt: skip
FOLDERS = (
    ("apps", "*.py"), ("apps", "*.md"), ("apps", "*.txt"), ("apps", "*.json"), ("apps", "*.csv"),
    ("templates", "*"), ("config", "*.py"),
)  # fmt: skip


def bare(text: str) -> str:
    for phrase in DENIED:
        text = text.replace(phrase, "")
    return text


def catalogue() -> Iterator[tuple[str, str]]:
    path = settings.BASE_DIR / "locale/zh_Hans/LC_MESSAGES/django.po"
    for entry in polib.pofile(str(path)):
        for text in (entry.msgid, entry.msgstr, *entry.msgstr_plural.values()):
            yield entry.msgid, text


def files() -> Iterator[tuple[str, str]]:
    for folder, pattern in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if path.is_file():
                name = str(path.relative_to(settings.BASE_DIR))
                yield name, path.read_text(encoding="utf-8", errors="ignore")


@pytest.mark.parametrize("texts", [catalogue, files])
def test_no_text_calls_anything_of_a_test_a_relapse(texts):
    found = list(texts())
    assert len(found) > 300
    assert [name for name, text in found if RELAPSE.search(bare(text))] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_figure_and_no_code_of_a_test_says_the_word_at_all(language):
    with translation.override(language):
        words = [
            str(text)
            for one in INDICATORS.values()
            for text in (one.code, one.title, one.unit, one.definition, one.excluded)
        ]
        for choices in (codes.TestKind, codes.Result, codes.Reason, chain.StepKind, chain.Answer):
            words += [str(label) for _value, label in choices.choices]
        assert [text for text in words if RELAPSE.search(text)] == []
        screened, confirmed = INDICATORS["positive_screened"], INDICATORS["positive_confirmed"]
        wanted = {"en": "to be confirmed", "zh-hans": "待确认"}[language]
        assert wanted in str(screened.title)
        assert screened.title != confirmed.title


def test_the_search_finds_what_it_is_for():
    for text in ("筛查阳性即为复吸", "复吸人员", "A positive screening is a relapse."):
        assert RELAPSE.search(bare(text))
    assert not RELAPSE.search(bare("筛查结果只是“待确认”，不能说明复吸。"))
