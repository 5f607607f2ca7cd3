"""A name is found however it is typed: one folding for page, search, duplicates and import."""

import pytest
from django.db import connection

from apps.core.typed import clean_text, fold_name, tidy_name
from apps.persons.duplicates import likely_duplicates
from apps.persons.finding import named
from apps.persons.models import Person
from apps.workbench.search_views import condition_for
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db

# What is on file, and what somebody may type to find it.
SPELLINGS = {
    "迪力·买买提": [
        "迪力・买买提", "迪力‧买买提", "迪力．买买提", "迪力•买买提", "迪力.买买提",
        "迪力 · 买买提",
        "迪力买买提", "买买提", "\u202e迪力·买买提\u202c", "迪力\u200b·买买提", "dilimaimaiti", "d",
    ],
    "吕明": ["lü", "lv", "lu", "lǚ ming", "LÜMING", "LYU MING", "lm", "l", "吕", "吕\u3000明"],
    "Müller": ["muller", "MÜLLER", "Mu", "m", "ｍｕｌｌｅｒ"],
    "Łukasz Żak": ["lukasz", "Łukasz", "lukaszzak", "lz"],
    "葛洪": ["葛\U000e0100洪", "葛", "gehong", "g"],
    "豈明": ["豈", "\uf900明"],
    "陈春惠": ["chenchunhui", "chunhui", "CHUN HUI", "chunh", "陳春惠", "春惠", "陳", "cch"],
    "陳國榮": ["陈国荣", "国荣", "國榮", "陳国榮", "chenguorong", "guorong"],
    "欧阳修文": ["xiuwen", "ouyang", "歐陽修文", "歐陽"],
    "張绿": ["lü", "lv", "lu", "张绿", "zhanglu", "張綠"],
    "單雄信": ["shanxiong", "xiongxin", "单雄信"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), [(n, t) for n, all_ in SPELLINGS.items() for t in all_])
def test_search_and_lists_find_it(name: str, typed: str) -> None:
    person = PersonFactory(name=name)
    for where in (condition_for(typed), named(typed)):
        assert list(Person.objects.filter(where)) == [person]
    other = PersonFactory(name="司马锋")
    assert other not in Person.objects.filter(named(typed))


@pytest.mark.parametrize("name", SPELLINGS)
def test_who_has_the_name_already_is_seen_before_a_file_is_opened(name: str) -> None:
    person = PersonFactory(name=name)
    user = UserFactory(county_supervisor=True, area=area(QIONGHAI))
    whole = [t for t in SPELLINGS[name] if fold_name(t) == fold_name(name)]
    assert whole or name == "豈明"
    for typed in [name, *whole]:
        found = likely_duplicates(user, number="", name=typed, phone="")
        assert [row.person for row in found] == [person], ascii(typed)


def test_who_only_nearly_sounds_the_same_is_no_likely_duplicate() -> None:
    PersonFactory(name="卢明")
    user = UserFactory(county_supervisor=True, area=area(QIONGHAI))
    assert likely_duplicates(user, number="", name="吕明", phone="") == []
    assert likely_duplicates(user, number="", name="鲁明", phone="")


@pytest.mark.parametrize(
    "typed",
    [
        "10033330000", "+86 100 3333 0000", "0086-100-3333-0000", "86 10033330000",
        "100-3333-0000", "１００３３３３００００", "\u202d10033330000\u202c", "(+86) 100 3333 0000",
    ],
)  # fmt: skip
def test_a_phone_is_found_as_it_is_written(typed: str) -> None:
    person = PersonFactory(phone="10033330000")
    assert list(Person.objects.filter(condition_for(typed))) == [person]


def test_a_landline_is_found_with_brackets_and_without_its_code_of_the_country() -> None:
    person = PersonFactory(phone="0898-62822222")
    for typed in ("0898-62822222", "(0898) 6282 2222", "+86 898 6282 2222", "089862822222"):
        assert list(Person.objects.filter(condition_for(typed))) == [person], typed


def test_cleaning_keeps_what_scripts_need() -> None:
    family = "\U0001f468\u200d\U0001f469"
    assert clean_text(f"好\r\n行\u2028{family}\t。\x0b") == f"好\n行\n{family} 。\n"
    assert clean_text("ᠮᠣᠩᠭ\u180eᠣᠯ") == "ᠮᠣᠩᠭ\u180eᠣᠯ"
    assert tidy_name("J．Smith") == "J.Smith"


def test_a_name_is_stored_as_it_is_compared() -> None:
    assert PersonFactory(name="迪力 ・ 买买提\u200b").name == "迪力·买买提"


def test_a_name_is_kept_as_it_was_typed() -> None:
    person = PersonFactory(name="陳國榮")
    person.refresh_from_db()
    assert (person.name, person.sort_key) == ("陳國榮", "chen guo rong  陈国荣")


def test_the_given_name_alone_begins_behind_the_surname() -> None:
    """No other part of the letters: those in the middle of a syllable mean somebody else."""
    PersonFactory(name="陈春惠")
    PersonFactory(name="林")
    for typed in ("henchunhui", "hunhui", "hui", "chenhui", "林惠"):
        assert not Person.objects.filter(named(typed)).exists(), typed


def test_two_characters_that_are_both_of_today_stay_two() -> None:
    assert fold_name("李乾") != fold_name("李干")
    assert fold_name("張國榮") == fold_name("张国荣")


def test_the_given_name_is_found_by_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Person.every.filter(named("chunhui")).order_by().explain()
    for index in ("person_given", "person_pinyin", "person_initials"):
        assert index in plan, plan
