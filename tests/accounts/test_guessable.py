"""Which passwords are taken: a table, and every unit and name around the person."""

import time
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pypinyin import lazy_pinyin

from apps.accounts.models import User
from apps.accounts.passwords import FIELD, LATIN
from apps.accounts.services import issue_code
from apps.areas.models import Area, Level
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    "aaaaaaaaaaaa", "aaaaaaaaaaab", "abababababab", "abcabcabcabc", "123456789012",
    "098765432109", "112233445566", "13800138000138", "20261128201128", "abcdefghijkl",
    "qwertyuiopas", "qwertyuiop[]", "asdfghjkl;'a", "1qaz2wsx3edc", "zxcvbnm,./12",
    "!QAZ2wsx#EDC", "password1234", "Password1234!", "P@ssw0rd2026!", "iloveyou1314",
    "woaini5201314", "homeward2026", "Homeward@2026", "homeward-demo-2026", "guitu2026guitu",
    "归途归途归途归途归途归途", "jiedu@2026!!", "JieDu@Qionghai2026", "jindu123456789",
    "j1edu-k4ngfu!!", "shequjiedu2026", "she qu kang fu 1", "ｓｈｅｑｕｊｉｅｄｕ１",
    "社区戒毒社区康复", "社区戒毒社区康复二〇二六", "琼海市嘉积镇人民政府",
    "琼海市嘉积镇人民政府2026", "qionghaishi2026", "Qionghai2026!!", "qionghai.jiaji",
    "q.i.o.n.g.h.a.i.2026", "jiajizhen12345", "jjzrenminzhengfu", "dongfeng#jiaji8",
    "haikou20260101", "wenchang#2026#", "fuhaiyan2026", "FuHaiyan!2026", "haiyanfu@1990",
    "haiyan19900101", "符海燕符海燕符海燕符海燕", "符海燕2026嘉积镇东风", "worker-jiaji-01",
    "paichusuo12345", "admin@homeward1",
]  # fmt: skip

TAKEN = [
    "seven green bottles hanging",
    "three brown horses run",
    "a long and boring password",
    "mangoes beside the blue ladder",
    "homeward bound geese over tin roofs",
    "jiedu lanterns marble octopus",
    "T7#kq9!vLzPw2",
    "槟榔树下第三把蓝色的旧椅子",
    "xiaochuan dengta moli yanjing",
]


def fu() -> User:
    user: User = UserFactory(username="worker-jiaji-01", name="符海燕", phone="10012345678")
    return user


@pytest.mark.parametrize("password", FORBIDDEN)
def test_forbidden(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, fu())


@pytest.mark.parametrize("password", TAKEN)
def test_taken(password: str) -> None:
    validate_password(password, fu())


def refused(password: str, user: User) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return True
    return False


def test_no_unit_around_and_no_word_of_the_field_is_a_password() -> None:
    user = fu()
    names = list(Area.objects.exclude(level=Level.VILLAGE).values_list("name", flat=True)[::7])
    names += Area.objects.under(area(JIAJI)).values_list("name", flat=True)
    words = [*names, *FIELD, *LATIN]
    spoken = ["".join(lazy_pinyin(word)) for word in words]
    typed = [f"{word}{word}2026!" for word in {*words, *spoken}]
    walked = [word for word in typed if len(word) >= 12]
    assert len(walked) > 80
    assert [word for word in walked if not refused(word, user)] == []


def test_the_forms_refuse_and_say_why(client: Client) -> None:
    worker, boss = UserFactory(name="符海燕"), UserFactory(town_supervisor=True)
    code = issue_code(user=worker, by=boss)
    data = {"username": worker.username, "code": code}

    def redeem(new: str) -> Any:
        new_ones = {"new_password": new, "again": new}
        return client.post(reverse("accounts:redeem-code"), data | new_ones)

    for word in ("aaaaaaaaaaaa", "fuhaiyan2026", "jiajizhen12345"):
        answer = redeem(word)
        assert answer.status_code == 422, word
        assert answer.context["form"].errors["new_password"], word
    assert redeem("seven green bottles hanging").status_code == 302


def test_the_longest_password_is_judged_quickly() -> None:
    begun = time.perf_counter()
    refused("aB3$" * 32, fu())
    assert time.perf_counter() - begun < 1
