"""The throttle counts what is looked up, before it is checked, and keeps an office working."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, strategies as st

from apps.accounts import throttle
from apps.accounts.models import SignInTry, User
from apps.accounts.models.tries import TryOutcome, TryWay
from apps.accounts.names import sign_in_name
from apps.accounts.proving import prove
from apps.accounts.services import issue_code
from tests.factories.accounts import PASSWORD, UserFactory

# How a try is answered is asked, not what the page looks like.
pytestmark = pytest.mark.usefixtures("undrawn")
HOME, STRANGE = "203.0.113.7", "198.51.100.9"
UNSEEN = " \u3000\u00a0\u200b\u200d\u2060\ufeff\u00ad\u202e\t"


def try_in(name: str, typed: str = "wrong", at: str = HOME) -> int:
    data = {"username": name, "password": typed}
    return Client(REMOTE_ADDR=at).post(reverse("accounts:sign-in"), data).status_code


def counted(name: str, at: str = HOME) -> bool:
    """A wrong try without a page around it, where a hundred are needed."""
    return not throttle.begin(RequestFactory(REMOTE_ADDR=at).post("/"), name, TryWay.PASSWORD).wait


def at_home(user: User) -> User:
    throttle.begin(RequestFactory(REMOTE_ADDR=HOME).post("/"), user.username, TryWay.CODE).prove(
        user
    )
    return user


def try_code(name: str, at: str = HOME) -> int:
    new = "seven green bottles hanging"
    data = {"username": name, "code": "AAAA-BBBB-CCCC", "new_password": new, "again": new}
    return Client(REMOTE_ADDR=at).post(reverse("accounts:redeem-code"), data).status_code


def try_change(user: User, at: str = HOME, typed: str = "wrong") -> int:
    client = Client(REMOTE_ADDR=at)
    client.force_login(user)
    new = "seven green bottles hanging"
    data = {"old_password": typed, "new_password": new, "again": new}
    return client.post(reverse("accounts:password"), data).status_code


def wide(sign: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in sign)


@st.composite
def spellings(draw: st.DrawFn, name: str) -> str:
    """The name in other letters: case, width, spaces, unseen signs, taken apart."""
    signs = []
    for sign in name:
        seen = draw(st.sampled_from([str, str.upper, wide, lambda s: wide(s.upper())]))(sign)
        signs.append(draw(st.sampled_from(["", *UNSEEN])) + seen)
    form: Any = draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
    return unicodedata.normalize(form, "".join(signs))


@given(data=st.data(), name=st.sampled_from(["wang.li", "müller", "符海燕", "straße", "ﬁona", "ⅳ"]))
def test_every_spelling_is_one_name(data: st.DataObject, name: str) -> None:
    spelled = data.draw(spellings(name))
    assert sign_in_name(spelled) == sign_in_name(name) == sign_in_name(sign_in_name(name))
    assert throttle.name_key(spelled) == throttle.name_key(name)


@given(text=st.text(max_size=40))
def test_a_name_is_spelled_once(text: str) -> None:
    plain = sign_in_name(text)
    assert sign_in_name(plain) == plain
    assert sign_in_name(f" {text}\u200b") == plain


SPELLED = ["wang", "WANG", " Wang ", "ｗａｎｇ", "ＷＡＮＧ", "w\u200bang", "w a n g", "wa\u00adng"]


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_spellings_ways_and_pages_share_five_tries(known: bool) -> None:
    if known:
        user = UserFactory(username="Wang")
        assert user.username == "wang"
        assert try_change(user) == 422
    else:
        assert try_in("wang") == 422
    assert [try_in(spelled) for spelled in SPELLED[:2]] == [422, 422]
    assert [try_code(spelled) for spelled in SPELLED[2:4]] == [422, 422]
    assert [try_in(spelled, PASSWORD) for spelled in SPELLED] == [429] * 8
    assert [try_code(spelled) for spelled in SPELLED] == [429] * 8
    assert not known or try_change(user, typed=PASSWORD) == 429


@pytest.mark.django_db
def test_every_spelling_signs_in() -> None:
    UserFactory(username="wang")
    assert [try_in(spelled, PASSWORD) for spelled in SPELLED] == [302] * 8


@pytest.mark.django_db
def test_after_a_quarter_of_an_hour_it_may_be_tried_again() -> None:
    user = UserFactory()
    for _ in range(5):
        try_in(user.username)
    assert try_in(user.username, PASSWORD) == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert try_in(user.username, PASSWORD) == 302


@pytest.mark.django_db
def test_being_right_forgives_the_mistakes_before() -> None:
    user = UserFactory()
    for _ in range(4):
        assert [try_in(user.username) for _ in range(4)] == [422] * 4
        assert try_in(user.username, PASSWORD) == 302


@pytest.mark.django_db
def test_five_mistakes_elsewhere_do_not_lock_the_holder_out() -> None:
    user = UserFactory()
    assert [try_in(user.username, at=STRANGE) for _ in range(6)] == [422] * 5 + [429]
    assert try_in(user.username, PASSWORD) == 302


@pytest.mark.django_db
def test_many_addresses_try_one_account_and_its_holder_goes_on_where_at_home() -> None:
    user = UserFactory()
    assert try_in(user.username, PASSWORD) == 302
    answers = [try_in(user.username, at=f"198.51.{n}.1") for n in range(25)]
    assert answers == [422] * 20 + [429] * 5
    assert try_in(user.username, PASSWORD, at=STRANGE) == 429
    assert try_in(user.username, PASSWORD) == 302


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
def test_one_address_does_not_try_all_accounts_and_the_office_there_works_on(known: bool) -> None:
    colleague = UserFactory()
    assert try_in(colleague.username, PASSWORD) == 302
    names = [UserFactory().username if known else f"nobody{n}" for n in range(35)]
    assert [try_in(name) for name in names] == [422] * 30 + [429] * 5
    assert try_in(colleague.username) == 422
    assert try_in(colleague.username, PASSWORD) == 302


@pytest.mark.django_db
def test_one_person_never_locks_the_office_out() -> None:
    """Forty tries of one name are five that count; others are not touched."""
    clumsy, newcomer = UserFactory(), UserFactory()
    for _ in range(40):
        try_in(clumsy.username)
    assert try_in(newcomer.username, PASSWORD) == 302


@pytest.mark.django_db
def test_the_addresses_of_one_office_share_a_limit() -> None:
    answers = [counted(f"nobody{n}", at=f"198.51.100.{n}") for n in range(1, 106)]
    assert answers == [True] * 100 + [False] * 5
    assert try_in("nobody200", at="198.51.100.200") == 429
    assert try_in("nobody200", at="192.0.2.1") == 422


@pytest.mark.django_db
def test_colleagues_at_home_are_tried_a_hundred_times_at_most() -> None:
    users = [at_home(user) for user in UserFactory.create_batch(21)]
    answers = [counted(user.username) for user in users for _ in range(5)]
    assert answers == [True] * 100 + [False] * 5
    assert try_in(users[-1].username, PASSWORD) == 429
    assert try_in(UserFactory().username, PASSWORD) == 302


@pytest.mark.django_db
def test_a_flood_of_refused_tries_is_written_down_once_a_minute() -> None:
    for _ in range(20):
        try_in("nobody")
    kept = list(SignInTry.objects.values_list("outcome", flat=True))
    assert sorted(kept) == [TryOutcome.REFUSED] + [TryOutcome.WRONG] * 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [True, False])
def test_32_tries_at_once_are_checked_five_times(known: bool, monkeypatch: Any) -> None:
    name = UserFactory().username if known else "nobody"

    def one(number: int) -> int:
        try:
            return prove(None, name=name, way=TryWay.PASSWORD, password=f"wrong {number}").wait
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as threads:
        waits = list(threads.map(one, range(32)))
    assert (waits.count(0), len(waits)) == (5, 32)
    assert SignInTry.objects.filter(outcome=TryOutcome.WRONG).count() == 5


@pytest.mark.django_db(transaction=True)
def test_32_names_at_once_from_one_address_are_checked_thirty_times() -> None:
    UserFactory()

    def one(number: int) -> int:
        try:
            return try_in(f"nobody{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(one, range(40)))
    assert (answers.count(422), answers.count(429)) == (30, 10)


@pytest.mark.django_db
def test_old_tries_are_forgotten_and_young_ones_kept() -> None:
    from django.core.management import call_command

    try_in("nobody")
    with time_machine.travel(timezone.now() + timedelta(days=199)):
        call_command("forget_tries")
        assert SignInTry.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=201)):
        call_command("forget_tries")
        assert not SignInTry.objects.exists()


@pytest.mark.django_db
def test_a_code_is_counted_as_right() -> None:
    worker = UserFactory()
    code = issue_code(user=worker, by=UserFactory(town_supervisor=True))
    new = "seven green bottles hanging"
    data = {"username": "Ｕ" + worker.username[1:].upper(), "code": code}
    Client().post(reverse("accounts:redeem-code"), data | {"new_password": new, "again": new})
    row = SignInTry.objects.get()
    assert (row.user, row.way, row.outcome) == (worker, TryWay.CODE, TryOutcome.RIGHT)
