import pytest
from django.db import connection

from apps.persons.models import Person
from tests.audit.test_history import person

pytestmark = pytest.mark.django_db


def stored_phone(row: Person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM persons_person WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def test_a_value_that_nobody_opened_keeps_its_bytes() -> None:
    row = person(phone="10012345678")
    before = stored_phone(row)
    again = Person.objects.get(pk=row.pk)
    again.sex = "1"
    again.save()
    assert stored_phone(row) == before
    assert Person.objects.get(pk=row.pk).phone == "10012345678"
