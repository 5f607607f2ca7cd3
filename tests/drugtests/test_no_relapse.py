"""A screening is no relapse: no text and no figure of the product says so (检测程序规定 art. 4)."""

import re
from collections.abc import Iterator
from datetime import date

import polib
import pytest
from django.conf import settings
from django.utils import translation

from apps.core.days import today
from apps.drugtests import chain, codes
from apps.persons.figures import Period
from apps.reports.indicators import INDICATORS
from tests.factories.areas import QIONGHAI, area

RELAPSE = re.compile(r"复吸|relaps", re.IGNORECASE)
# What is said of it anywhere: that there was none, that a screening does not show it, that the
# police decided it, and that who fears it may ask for help. Whatever else says the word fails.
DENIED = (
    "未复吸", "没有复吸", "不能说明复吸", "没有经公安机关确认的复吸", "担心复吸的，请告诉",
    "does not mean relapse", "公安机关认定的复吸", "复吸率（公安机关认定）", "公安机关认定期内复吸",
    "没有认定复吸", "公安机关已认定的复吸报告", "复吸率这类越低越好的指标",
)  # fmt: skip
# Figures of what the police decided: they count reports with that answer, and no test.
OF_THE_POLICE = ("relapse_rate", "relapse_events")
# How the code calls them.
NAMES = ("RELAPSE_RATE", "RELAPSES", "_relapses")
FOLDERS = (
    ("apps", "*.py"), ("apps", "*.md"), ("apps", "*.txt"), ("apps", "*.json"), ("apps", "*.csv"),
    ("templates", "*"), ("config", "*.py"),
)  # fmt: skip


def bare(text: str) -> str:
    for phrase in (*DENIED, *OF_THE_POLICE, *NAMES):
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
            if one.code not in OF_THE_POLICE
            for text in (one.code, one.title, one.unit, one.definition, one.excluded)
        ]
        for choices in (codes.TestKind, codes.Result, codes.Reason, chain.StepKind, chain.Answer):
            words += [str(label) for _value, label in choices.choices]
        assert [text for text in words if RELAPSE.search(bare(text))] == []
        screened, confirmed = INDICATORS["positive_screened"], INDICATORS["positive_confirmed"]
        wanted = {"en": "to be confirmed", "zh-hans": "待确认"}[language]
        assert wanted in str(screened.title)
        assert screened.title != confirmed.title


@pytest.mark.django_db
def test_figures_of_the_police_ask_no_test():
    period = Period(area(QIONGHAI), date(2024, 1, 1), today(), today())
    for code in OF_THE_POLICE:
        one = INDICATORS[code]
        asked = str(one.numerator(period).order_by().values("pk").query)
        assert "drugtests_" not in asked
        assert "cases_policereport" in asked
        assert "Police" in str(one.title) or "公安" in str(one.title) or "police" in str(one.title)


def test_the_search_finds_what_it_is_for():
    for text in ("筛查阳性即为复吸", "复吸人员", "A positive screening is a relapse."):
        assert RELAPSE.search(bare(text))
    assert not RELAPSE.search(bare("筛查结果只是“待确认”，不能说明复吸。"))
