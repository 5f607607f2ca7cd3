"""A statement that the server knows by name answers as the ordinary one does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, NotSupportedError, ProgrammingError, connection, transaction
from django.db.models import F
from pghistory import context

from apps.areas.models import Area
from apps.core import planned
from apps.core.days import today
from apps.core.prepared import Statement
from tests.factories.areas import JIAJI

pytestmark = pytest.mark.django_db

OF_CODES = "SELECT name FROM areas_area WHERE code = ANY(%s) AND level <> '%%' ORDER BY code"


@pytest.fixture(autouse=True)
def at_once(db: None, settings: Any) -> None:
    """Prepared with the first asking, on a connection that has not asked yet."""
    settings.PLANNED_WHEN_ASKED_BEFORE = 0
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    planned._plans.clear()


def asked(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
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
    "value",
    [True, 3, 2**40, -5, "3", None, date(2024, 2, 29), [1, 2], [1, 2**40], ["a"], [], b"a",
     [UUID(int=3)], Decimal("1.50"), Decimal(2), -(2**31), -(2**63), 2**70, timedelta(days=2),
     datetime(2024, 2, 29, tzinfo=UTC)],
)  # fmt: skip
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


def test_many_values_are_planned_where_the_statement_is_written_to_be_kept() -> None:
    sql = f"SELECT name FROM areas_area WHERE code IN ({', '.join(['%s'] * 300)})"
    for end, prepared in (("", 0), (planned.ONE_PLAN, 1)):
        assert asked(sql + end, *[JIAJI] * 300) == [("嘉积镇",)]
        assert len([one for one in names() if "code IN" in one]) == prepared


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


def test_who_did_it_stands_in_the_history_of_what_it_writes() -> None:
    sql = "UPDATE areas_area SET name = %s WHERE code = %s"
    with connection.cursor() as cursor, context(reason="一次改名"):
        for name in ("甲镇", "乙镇"):
            cursor.execute(sql, [name, JIAJI])
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


def test_what_the_server_cannot_prepare_stays_an_ordinary_statement() -> None:
    # As constants the two are one expression, as places they are two.
    sql = "SELECT level = %s FROM areas_area GROUP BY level = %s ORDER BY 1"
    with transaction.atomic():
        for _time in range(3):
            assert asked(sql, "town", "town") == [(False,), (True,)]
    assert not [one for one in names() if "GROUP BY" in one]


def test_a_refused_value_is_refused_as_ever_and_the_next_is_answered() -> None:
    sql = "SELECT %s::text::date"
    assert asked(sql, "2024-02-29") == [(date(2024, 2, 29),)]
    with pytest.raises(DataError), transaction.atomic():
        asked(sql, "2025-02-29")
    assert asked(sql, "2024-02-29") == [(date(2024, 2, 29),)]


def test_a_statement_without_sense_is_told_as_ever() -> None:
    with pytest.raises(ProgrammingError, match="no_such_table"), transaction.atomic():
        asked("SELECT * FROM no_such_table WHERE id = %s", 1)
    assert asked(OF_CODES, ["46"]) == [("海南省",)]


def modes() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return str(cursor.fetchone()[0])


def test_one_plan_is_made_where_it_fits_all_values_and_only_there() -> None:
    sql = "SELECT name FROM areas_area WHERE code = %s"
    assert asked(sql + planned.ONE_PLAN, JIAJI) == [("嘉积镇",)]
    assert modes() == "force_generic_plan"
    assert asked(sql, JIAJI) == [("嘉积镇",)]
    assert modes() == "auto"


def test_a_mode_that_was_rolled_back_costs_time_and_nothing_else() -> None:
    sql = "SELECT name FROM areas_area WHERE code = %s" + planned.ONE_PLAN
    with transaction.atomic():
        assert asked(sql, JIAJI) == [("嘉积镇",)]
        transaction.set_rollback(True)
    assert modes() == "auto"
    assert asked(sql, JIAJI) == [("嘉积镇",)]


def test_it_is_planned_anew_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "PLAN_SERVES", 3)
    for _time in range(8):
        assert asked(OF_CODES, [JIAJI]) == [("嘉积镇",)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements"
                       " WHERE statement LIKE '%AND level%'")  # fmt: skip
        assert [uses for (uses,) in cursor.fetchall()] == [2]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("SELECT 7 / %s", Decimal(2)),
        ("SELECT (%s AT TIME ZONE 'Asia/Shanghai')::text", datetime(2024, 2, 29)),  # noqa: DTZ001
        ("SELECT -%s", -(2**31)),
    ],
)
def test_what_the_driver_writes_in_a_way_of_its_own_is_asked_so(sql: str, value: Any) -> None:
    ordinary = f"{sql} /* GROUP BY */;"
    with connection.cursor() as cursor:
        cursor.execute(ordinary, [value])
        expected = cursor.fetchall()
    for _time in range(2):
        assert asked(sql, value) == expected


def test_a_changed_column_costs_one_asking_at_most() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE widened (name varchar(4))")
    sql = "SELECT * FROM widened WHERE name = %s"
    assert asked(sql, "a") == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE widened ADD COLUMN more integer")
    with pytest.raises(NotSupportedError), transaction.atomic():
        asked(sql, "a")
    assert asked(sql, "a") == []
    assert len([one for one in names() if "widened" in one]) == 2  # prepared anew, beside the old


def test_a_sign_of_per_cent_in_a_kept_statement_stays_one() -> None:
    rows = Area.objects.annotate(half=F("id") % 2).filter(code=JIAJI, name__contains="镇")
    text, values = Statement.of(rows).fixed
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        assert len(cursor.fetchall()) == 1
