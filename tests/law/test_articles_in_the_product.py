"""Articles of docs/law.md that count nothing: what the product does, and does not, for them.

The counting rules are in test_law_articles.py; the steps of an order in tests/cases/test_life.py;
breaches and transfers in tests/breaches and tests/transfers.
"""

from datetime import date
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings

from apps.accounts.models import User
from apps.assessments.services import set_flag
from apps.breaches.codes import ResponseKind
from apps.breaches.law import reached_words
from apps.breaches.models import Breach
from apps.cases.gaps import count_gaps
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import open_case, record_plan
from apps.core.days import today
from apps.core.refusals import Refused
from apps.needs.models import NeedKind
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.breaches import confirmed
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory

PAPERS = Path(settings.BASE_DIR) / "apps/documents/papers"
HELP = {
    NeedKind.COUNSELLING,
    NeedKind.TRAINING,
    NeedKind.SCHOOLING,
    NeedKind.WORK,
    NeedKind.MEDICAL,
}


@pytest.fixture
def boss(db: None) -> User:
    user: User = UserFactory(town_supervisor=True)
    return user


def opened(by: User, **facts: Any) -> Case:
    day = date(2024, 3, 1)
    dates = {"decided_on": day, "received_on": day, "reported_on": day, "agreement_on": day}
    return open_case(by=by, person=PersonFactory(), **({"measure": "SQJD"} | dates | facts))


def test_regulation_13_a_decision_is_received_after_it_was_made(boss: User) -> None:
    with pytest.raises(Refused, match="收到日期早于决定日期。"):
        opened(boss, received_on=date(2024, 2, 28))


def test_drug_law_34_every_order_has_the_town_that_answers_for_it(boss: User) -> None:
    case = opened(boss)
    assert (case.county.name, case.town.name) == ("琼海市", "嘉积镇")
    assert not Case._meta.get_field("county").null


def test_regulation_15_an_order_without_a_plan_is_a_gap_until_there_is_one(boss: User) -> None:
    case = opened(boss)
    rows = Case.objects.filter(pk=case.pk)
    assert count_gaps(rows, today())["no_plan"] == 1
    record_plan(case=case, by=boss, on=today())
    assert count_gaps(rows, today())["no_plan"] == 0


@pytest.mark.parametrize("article", ["18", "39"])
def test_regulation_18_and_39_each_kind_of_help_can_be_asked_for(article: str) -> None:
    assert set(NeedKind) >= HELP, article


@pytest.mark.parametrize("kind", ["nursing", "minor", "ill"])
def test_drug_law_39_and_regulation_26_such_a_mark_means_help_and_no_duty(
    boss: User, kind: str
) -> None:
    case = running_case(days=100)
    windows = DueItem.objects.filter(case=case).order_by("pk")
    before = list(windows.values_list("kind", "opens_on", "due_on"))
    set_flag(person=case.person, by=boss, kind=kind, since=today())
    assert list(windows.all().values_list("kind", "opens_on", "due_on")) == before
    assert not RiskLevelRecord.objects.filter(person=case.person).exists()
    assert not Breach.objects.exists()


def test_regulation_31_time_that_is_credited_ends_the_duties_on_the_day_of_the_paper(
    boss: User,
) -> None:
    case = opened(boss, paper_end_on=date(2025, 8, 31))
    case.refresh_from_db()
    assert case.computed_end_on == date(2027, 2, 28)
    assert case.duties_end_on == date(2025, 8, 31)


@pytest.mark.parametrize("months", [1, 12, 36])
def test_drug_law_48_and_regulation_37_rehabilitation_is_never_longer_than_three_years(
    boss: User, months: int
) -> None:
    assert opened(boss, measure="SQKF", term_months=months).term_months == months
    with pytest.raises(Refused):
        opened(boss, measure="SQKF", term_months=37)


def test_drug_law_33_detoxification_lasts_three_years_and_not_another_time(boss: User) -> None:
    with pytest.raises(Refused, match="社区戒毒期限为三年（禁毒法第三十三条）。"):
        opened(boss, term_months=24)


def test_regulation_38_no_word_about_rehabilitation_speaks_of_isolation() -> None:
    assert "isolation" not in str(reached_words("SQKF"))
    lines = [
        line
        for path in PAPERS.glob("*.txt")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("@SQKF")
    ]
    assert lines
    assert not [line for line in lines if "强制隔离" in line]


def test_drug_law_35_an_ordinary_breach_leads_to_education_and_to_no_report(boss: User) -> None:
    worker = UserFactory()
    case = running_case(worker, days=300)
    confirmed(case, worker, boss, kind="other")
    counters = Breach.objects.filter(case=case).counters()[case.pk]
    assert (len(counters.tests), len(counters.leaves), counters.days) == (0, 0, 0)
    assert set(ResponseKind.values) == {"education", "admonition", "warning"}
    assert not case.police_reports.exists()


@pytest.mark.parametrize("paper", ["agreement", "handbook", "completion"])
def test_drug_law_52_70_and_regulation_7_papers_name_the_right_not_to_be_discriminated_against(
    paper: str,
) -> None:
    assert "歧视" in (PAPERS / f"{paper}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["瘾君子", "吸毒分子", "毒虫", "失控", "脱逃"])
def test_drug_law_69_no_page_and_no_paper_insults(word: str) -> None:
    file = polib.pofile(str(Path(settings.BASE_DIR) / "locale/zh_Hans/LC_MESSAGES/django.po"))
    shown = [text for entry in file for text in (entry.msgstr, *entry.msgstr_plural.values())]
    papers = [path.read_text(encoding="utf-8") for path in PAPERS.glob("*.txt")]
    assert not [text for text in shown + papers if word in text]


def test_regulation_16_rights_and_help_stand_before_duties_in_the_agreement() -> None:
    text = (PAPERS / "agreement.txt").read_text(encoding="utf-8")
    assert text.index("提供的帮助") < text.index("的权利") < text.index("的义务")
