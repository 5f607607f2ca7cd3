"""A statement that the server knows by name answers as the ordinary one does."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from pghistory import context

from apps.areas.models import Area
from apps.core import planned
from apps.core.days import today
from tests.factories.areas import JIAJI

pytestmark = pytest.mark.django_db

OF_CODES = "SELECT name FROM areas_area WHERE code = ANY(%s) AND level <> '%%' ORDER BY code"


def asked(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        planned.execute_planned(cursor, sql, params)
        return cursor.fetchall()


def names() -> list[str]:
    """What the server has prepared on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_it_is_prepared_once_and_answers_each_value() -> None:
    assert asked(OF_CODES, [JIAJI]) == [("嘉积镇",)]
    assert asked(OF_CODES, ["46", "469002"]) == [("海南省",), ("琼海市",)]
    assert len([one for one in names() if "AND level" in one]) == 1


@pytest.mark.parametrize(
    "value", [True, 3, 2**40, -5, "3", None, date(2024, 2, 29), [1, 2], [1, 2**40], ["a"], []]
)
def test_a_value_has_the_type_that_it_has_in_an_ordinary_statement(value: Any) -> None:
    sql = "SELECT pg_typeof(%s)::text"
    with connection.cursor() as cursor:
        if value in (None, "3"):
            sql = "SELECT %s::text"
        elif value == []:
            sql = "SELECT %s::bigint[]"
        cursor.execute(sql, [value])
        assert asked(sql, value) == cursor.fetchall()


def test_below_the_number_of_askings_nothing_is_prepared(settings: Any) -> None:
    settings.PLANNED_WHEN_ASKED_BEFORE = 2
    sql = "SELECT 'asked twice', %s"
    for _time in range(2):
        assert asked(sql, "x") == [("asked twice", "x")]
    assert not [one for one in names() if "asked twice" in one]
    assert asked(sql, "x") == [("asked twice", "x")]
    assert [one for one in names() if "asked twice" in one]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "KEPT", 5)
    for number in range(20):
        assert asked(f"SELECT {number}, %s", 1) == [(number, 1)]
    assert len(names()) <= 6


def test_what_is_asked_once_costs_no_plan_of_what_is_asked_often(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(planned, "KEPT", 5)
    assert asked("SELECT 'often', %s", 1) == [("often", 1)]
    settings.PLANNED_WHEN_ASKED_BEFORE = 2
    for number in range(20):
        asked(f"SELECT {number}, 'once', %s", 1)
    assert len([one for one in names() if "often" in one]) == 1
    assert len(planned._plans[connection.connection].asked) <= 5


@pytest.mark.parametrize("column", ["code", "id"])
def test_an_empty_list_is_of_whatever_it_is_compared_with(column: str) -> None:
    assert asked(f"SELECT count(*) FROM areas_area WHERE {column} = ANY(%s)", []) == [(0,)]


def test_a_new_connection_is_told_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    planned._plans.clear()
    assert asked(OF_CODES, [JIAJI]) == [("嘉积镇",)]


def test_who_did_it_stands_in_the_history_of_what_it_writes() -> None:
    sql = "UPDATE areas_area SET name = %s WHERE code = %s"
    with connection.cursor() as cursor, context(reason="一次改名"):
        for name in ("甲镇", "乙镇"):
            planned.execute_planned(cursor, sql, [name, JIAJI])
            assert cursor.rowcount == 1
    area = Area.objects.get(code=JIAJI)
    last = area.events.order_by("-pgh_id").first()
    assert (area.name, last.name) == ("乙镇", "乙镇")
    assert last.pgh_context.metadata["reason"] == "一次改名"


def test_whoever_watches_sees_what_was_asked() -> None:
    seen: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        for _time in range(2):
            asked("SELECT %s::date", today())
    assert seen == ["SELECT %s::date"] * 2
