"""When a session ends and a kept form is forgotten, to the second, and which forms are kept."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from apps.accounts import sessions, unsent

HOURS, IDLE = settings.SESSION_COOKIE_AGE, settings.SESSION_IDLE_MINUTES * 60


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-03-02T08:00:00+08:00", tick=False) as moment:
        yield moment


def session(**facts: int) -> SessionBase:
    made = SessionBase()
    sessions.begin(made)
    made.update(facts)
    return made


@pytest.mark.parametrize(
    ("seconds", "seen_again", "reason"),
    [
        (IDLE - 1, False, None),
        (IDLE, False, "idle"),
        (HOURS - 1, True, None),
        (HOURS, True, "expired"),
        (HOURS, False, "expired"),
    ],
)
def test_a_session_is_over_after_an_idle_hour_or_a_day_of_work(
    clock: time_machine.Traveller, seconds: int, reason: str | None, *, seen_again: bool
) -> None:
    mine = session()
    clock.shift(seconds)
    if seen_again:
        sessions.touch(mine)
    assert sessions.limit_reached(mine) == reason
    assert sessions.limit_reached(SessionBase()) is None


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, (IDLE, True)),
        (HOURS - IDLE - 1, (IDLE, True)),
        (HOURS - IDLE, (IDLE, False)),
        (HOURS - IDLE + 1, (IDLE - 1, False)),
    ],
)
def test_going_on_helps_until_the_last_hour(
    clock: time_machine.Traveller, seconds: int, told: tuple[int, bool]
) -> None:
    mine = session()
    clock.shift(seconds)
    assert sessions.ends_in(mine) == told


@pytest.mark.parametrize(("seconds", "written"), [(59, False), (60, True)])
def test_that_somebody_was_here_is_written_once_a_minute(
    clock: time_machine.Traveller, seconds: int, *, written: bool
) -> None:
    mine, fresh = session(), SessionBase()
    clock.shift(seconds)
    sessions.touch(mine)
    sessions.touch(fresh)
    assert (mine[sessions.SEEN] - mine[sessions.BEGAN] == seconds) is written
    assert sessions.BEGAN in fresh


# Forms that were posted too late.


def posted(name: str = "needs:list", *, owner: int = 7, by: str = "post", **facts: Any) -> Any:
    address = reverse(name) + "?area=1"
    data = {"words": "想找工作", "empty": " ", "kind": "work", "csrfmiddlewaretoken": "x"} | facts
    headers = data.pop("headers", {})
    request: Any = getattr(RequestFactory(), by)(address, data, headers=headers)
    request.session, request.resolver_match = SessionBase(), resolve(reverse(name))
    request.ended_user = owner or ""
    unsent.keep(request)
    return request


def shown(request: Any, user: int = 7) -> unsent.Unsent | None:
    request.user = SimpleNamespace(pk=user)
    return unsent.found(request)


def test_a_kept_form_comes_back_with_what_a_person_typed() -> None:
    found = shown(posted())
    assert found is not None
    assert (found.path, found.address) == ("/needs/", "/needs/?area=1")
    assert (found.typed, found.had_files) == (["想找工作"], False)
    assert "csrfmiddlewaretoken" not in found.fields


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({}, True),
        ({"by": "get"}, False),
        ({"owner": 0}, False),
        ({"name": "accounts:password"}, False),
        ({"headers": {"hx-request": "true"}}, False),
        ({"words": "x" * unsent.LIMIT}, False),
    ],
)
def test_a_form_is_kept_where_it_is_known_whose_it_was(
    facts: dict[str, Any], *, kept: bool
) -> None:
    assert (shown(posted(**facts)) is not None) is kept


@pytest.mark.parametrize(("seconds", "kept"), [(unsent.SECONDS, True), (unsent.SECONDS + 1, False)])
def test_a_form_is_kept_for_half_an_hour(
    clock: time_machine.Traveller, seconds: int, *, kept: bool
) -> None:
    request = posted()
    clock.shift(seconds)
    assert (shown(request) is not None) is kept
    assert bool(list(request.session.keys())) is kept


@pytest.mark.parametrize("broken", [None, "bm8=", "no form"])
def test_whoever_else_signs_in_finds_nothing_and_it_is_forgotten(broken: str | None) -> None:
    request = posted()
    if broken is not None:
        [key] = request.session.keys()
        request.session[key]["form"] = broken
    assert shown(request, user=7 if broken is not None else 8) is None
    assert list(request.session.keys()) == []
    assert shown(request) is None


def test_a_browser_remembers_whose_forms_it_sends() -> None:
    request: Any = RequestFactory().get("/")
    request.user = SimpleNamespace(pk=7)
    first, again = HttpResponse(), HttpResponse()
    unsent.remember_owner(request, first)
    assert first.cookies[unsent.OWNER_COOKIE]["httponly"]
    assert first.cookies[unsent.OWNER_COOKIE]["samesite"] == "Lax"
    request.COOKIES[unsent.OWNER_COOKIE] = first.cookies[unsent.OWNER_COOKIE].value
    unsent.remember_owner(request, again)
    assert not again.cookies
    request.user.pk = 8
    unsent.remember_owner(request, again)
    assert again.cookies
