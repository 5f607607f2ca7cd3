"""Every column of days knows its outer bounds, whatever code writes to it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from apps.core.day_checks import SUFFIX, day_columns, ensure_day_checks
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
SLIPS = ("0001-01-01", "0024-05-01", "1899-12-31", "2206-11-28", "9999-12-31")


def takes(column: str, day: str) -> bool:
    """A row of a copy of the table that has its checks, and nothing but this day."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f'INSERT INTO "copy" ("{column}") VALUES (%s)', [day])
        except IntegrityError:
            return False
    return True


def copy_of(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute('DROP TABLE IF EXISTS "copy"')
        cursor.execute(f'CREATE TEMP TABLE "copy" (LIKE "{table}" INCLUDING CONSTRAINTS)')
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = '\"copy\"'::regclass AND attnum > 0"
        )
        for (column,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "copy" ALTER COLUMN "{column}" DROP NOT NULL')
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = '\"copy\"'::regclass "
            "AND conname NOT LIKE %s",
            [f"%{SUFFIX}"],
        )
        for (check,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "copy" DROP CONSTRAINT "{check}"')


def test_no_column_of_days_takes_a_slip_and_all_take_days_that_can_be() -> None:
    columns = sorted(day_columns())
    assert len(columns) > 50
    faults = []
    for table, column in columns:
        copy_of(table)
        faults += [f"{table}.{column} takes {day}" for day in SLIPS if takes(column, day)]
        for day in ("1900-01-01", "2024-02-29", "2199-12-31"):
            if not takes(column, day):
                faults.append(f"{table}.{column} refuses {day}")
    assert faults == []


def test_a_service_refuses_in_words() -> None:
    person = PersonFactory()
    person.born_on = date(24, 5, 1)
    with pytest.raises(Refused, match=r"date of birth|出生日期"):
        save_or_refuse(person)


def test_rows_that_are_there_do_not_stop_an_update_and_are_named() -> None:
    with connection.cursor() as cursor:
        check = f"born_on{SUFFIX}"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE persons_person DROP CONSTRAINT {check}")
        Person.objects.filter(pk=PersonFactory().pk).update(born_on=date(24, 5, 1))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert ensure_day_checks(connection) == ["persons_person.born_on"]
        assert ensure_day_checks(connection) == []  # it is there now
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = %s", [check])
        assert cursor.fetchall() == [(False,)]
