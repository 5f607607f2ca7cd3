from contextlib import suppress
from datetime import date
from typing import Any

import pghistory
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.audit.history import HistoryEntry, history_of
from apps.persons.models import Contact, Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area

pytestmark = pytest.mark.django_db


def person(**fields: Any) -> Person:
    facts: dict[str, Any] = {
        "name": "王安", "sort_key": "wangan", "document_kind": "none", "county": area(QIONGHAI),
        "town": area(JIAJI), "created_by": User.objects.system(),
    }  # fmt: skip
    return Person.objects.create(**facts | fields)


def told_of(row: Any, reader: User | None = None) -> list[HistoryEntry]:
    return history_of(row, reader=reader or User())


def changes(entry: HistoryEntry) -> dict[str, tuple[str, str]]:
    return {label: (before, after) for label, before, after in entry.what}


@pytest.fixture(autouse=True)
def _english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def test_a_change_says_who_what_and_why() -> None:
    row, user = person(), UserFactory(name="符用户")
    with acting(user, "wrong card"):
        row.sex, row.born_on, row.town = "1", date(1990, 5, 2), area(WANQUAN)
        row.save()
    changed, recorded = told_of(row)
    assert (changed.who, changed.why) == ("符用户", "wrong card")
    assert recorded.what == []
    told = changes(changed)
    assert told["sex"] == ("", "Male")
    assert told["town"] == ("嘉积镇", "万泉镇")
    assert told["date of birth"][1]


def test_a_reason_is_as_unreadable_in_the_database_as_the_row_it_is_about() -> None:
    row, user = person(), UserFactory()
    with acting(user, "他母亲说的"):
        Person.objects.filter(pk=row.pk).update(sex="1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context WHERE metadata::text LIKE '%%母亲%%'"
                       " OR metadata ->> 'reason' IS NOT NULL")  # fmt: skip
        assert cursor.fetchone() == (0,)
    assert told_of(row)[0].why == "他母亲说的"


def test_an_encrypted_value_is_only_said_to_have_changed() -> None:
    row = person(phone="10012345678", residence_address="somewhere")
    row.phone = "10087654321"
    row.save()
    told = changes(told_of(row)[0])
    assert told == {"phone": ("", "")}


def test_saving_the_same_values_again_is_no_entry() -> None:
    row = person(phone="10012345678")
    assert row.phone
    row.save()
    assert len(told_of(row)) == 1


def test_queryset_bulk_and_raw_writes_are_in_the_history() -> None:
    row, user = person(), UserFactory()
    with pghistory.context(user=user.pk):
        Person.objects.filter(pk=row.pk).update(sex="1")
        row.refresh_from_db()
        row.sex = "2"
        Person.objects.bulk_update([row], ["sex"])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE persons_person SET sex = '1' WHERE id = %s", [row.pk])
    told = [changes(entry)["sex"] for entry in told_of(row)[:3]]
    assert told == [("Female", "Male"), ("Male", "Female"), ("", "Male")]
    assert {entry.who for entry in told_of(row)[:3]} == {user.name}


def test_a_write_from_elsewhere_names_nobody() -> None:
    row = person()
    Person.objects.filter(pk=row.pk).update(sex="1")
    assert told_of(row)[0].who == "outside the product"


def test_the_number_of_queries_does_not_grow_with_the_entries(
    django_assert_num_queries: Any,
) -> None:
    row = person()
    for sex in "121212":
        Person.objects.filter(pk=row.pk).update(sex=sex)
    with django_assert_num_queries(2):
        assert len(told_of(row)) == 7


def test_somebody_outside_the_readers_scope_is_not_named() -> None:
    """A row that once belonged to another file; a file that was merged is named with the kept."""
    here, gone, merged = person(), person(name="李远", town=area(WANQUAN)), person(name="李并")
    Person.objects.filter(pk=merged.pk).update(merged_into=here, merged_on=date(2024, 3, 1))
    row = Contact.objects.create(
        person=gone, name="陈母", relation="parent", agreed_on=date(2024, 1, 1), county=gone.county,
        recorded_by=User.objects.system(),
    )  # fmt: skip
    for to in (merged, here):
        Contact.objects.filter(pk=row.pk).update(person=to)
    near, county = UserFactory(town_supervisor=True), UserFactory(county_supervisor=True)
    told = [changes(entry)["person"] for entry in told_of(row, near)[:2]]
    hidden = "name not shown: outside your area or caseload"
    assert told == [("李并", "王安"), (hidden, "李并")]
    assert changes(told_of(row, county)[1])["person"] == ("李远", "李并")


def test_a_savepoint_carries_no_context_and_what_is_written_after_it_does() -> None:
    row, by = person(), UserFactory()
    with acting(by), CaptureQueriesContext(connection) as asked:
        with transaction.atomic():
            Person.objects.filter(pk=row.pk).update(name="王二")
        with suppress(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
        Person.objects.filter(pk=row.pk).update(name="王三")
    texts = [one["sql"] for one in asked]
    assert len([text for text in texts if "SAVEPOINT" in text]) == 5
    assert not [text for text in texts if "SAVEPOINT" in text and "set_config" in text]
    assert len([text for text in texts if "UPDATE" in text and "set_config" in text]) == 2
