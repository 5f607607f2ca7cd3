"""What encrypted columns hold, in the row and in its history."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from apps.accounts.models import User
from apps.areas.models import Area, Level
from apps.persons.models import Person

pytestmark = pytest.mark.django_db
NUMBER = "469098199001011234"


@pytest.fixture
def person():
    province = Area.objects.create(code="98", name="省", level=Level.PROVINCE)
    county = Area.objects.create(code="980001", name="县", level=Level.COUNTY, parent=province)
    return Person.objects.create(
        name="测试",
        sort_key="ce shi",
        county=county,
        document_number=NUMBER,
        document_index=b"i" * 32,
        created_by=User.objects.system(),
    )


def stored(table: str, row: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT document_number FROM {table} WHERE {row}")
        return bytes(cursor.fetchone()[0])


def test_the_number_is_read_in_clear_and_stored_as_ciphertext(person):
    assert Person.objects.get(pk=person.pk).document_number == NUMBER
    assert NUMBER.encode() not in stored("persons_person", f"id = {person.pk}")


def test_history_holds_the_same_ciphertext_and_no_clear_text(person):
    live = stored("persons_person", f"id = {person.pk}")
    assert stored("persons_personevent", f"pgh_obj_id = {person.pk}") == live


def test_a_number_copied_into_another_row_by_sql_does_not_open(person):
    other = Person.objects.create(
        name="另一人",
        sort_key="ling yi ren",
        county=person.county,
        document_kind="none",
        created_by=person.created_by,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE persons_person SET document_number ="
            " (SELECT document_number FROM persons_person WHERE id = %s) WHERE id = %s",
            [person.pk, other.pk],
        )
    with pytest.raises(InvalidTag):
        _ = Person.objects.get(pk=other.pk).document_number


def test_an_encrypted_column_cannot_be_set_past_its_model(person):
    with pytest.raises(TypeError, match="saved through its model"):
        Person.objects.filter(pk=person.pk).update(phone="10000200000")


def test_a_saved_row_keeps_its_value_when_saved_again(person):
    again = Person.objects.get(pk=person.pk)
    again.name = "改名"
    again.save()
    assert Person.objects.get(pk=person.pk).document_number == NUMBER


def test_an_empty_value_stays_empty(person):
    assert Person.objects.get(pk=person.pk).phone == ""


def test_a_deferred_value_is_fetched_and_opened_when_asked_for(person):
    assert Person.objects.defer("document_number").get(pk=person.pk).document_number == NUMBER
