"""Words looked for are in the session, under a key; an address never holds them."""

from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from apps.core.kept_query import LIMIT, keep, kept


def request_with(session: SessionStore) -> HttpRequest:
    request = HttpRequest()
    request.session = session
    return request


def test_kept_words_come_back_in_their_session_and_nowhere_else(db: None) -> None:
    session = SessionStore()
    key = keep(request_with(session), "张三 13800138000")
    session.save()

    again = request_with(SessionStore(session.session_key))
    assert kept(again, key) == "张三 13800138000"
    assert kept(request_with(SessionStore()), key) is None
    assert kept(again, "guessed") is None


def test_neither_key_nor_session_show_the_words(db: None) -> None:
    request = request_with(SessionStore())
    key = keep(request, "zhangsan")
    assert "zhangsan" not in key
    assert "zhangsan" not in str(dict(request.session.items()))


def test_the_same_words_keep_their_address() -> None:
    request = request_with(SessionStore())
    first = keep(request, "张三")
    second = keep(request, "李四")
    assert keep(request, "张三") == first != second


def test_the_oldest_words_are_forgotten_and_the_last_used_are_not() -> None:
    request = request_with(SessionStore())
    first = keep(request, "0")
    second = keep(request, "1")
    for number in range(2, LIMIT):
        keep(request, str(number))
    assert keep(request, "0") == first
    keep(request, "one more")
    assert kept(request, first) == "0"
    assert kept(request, second) is None


def test_a_token_moved_to_another_key_does_not_open() -> None:
    request = request_with(SessionStore())
    key = keep(request, "张三")
    request.session["kept_queries"] = {"other": request.session["kept_queries"][key]}
    assert kept(request, "other") is None
