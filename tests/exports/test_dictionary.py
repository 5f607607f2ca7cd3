"""The data dictionary says what the models say."""

import io
import os
import subprocess
import sys

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from apps.exports.dictionary import tables
from tests.factories.accounts import UserFactory
from tests.factories.pages import signed_in


def test_the_page_of_the_documentation_is_of_today() -> None:
    """Asked outside of the tests, whose toys are no part of the product."""
    root = settings.BASE_DIR
    asked = [sys.executable, str(root / "manage.py"), "data_dictionary", "--check"]
    with_own = {n: v for n, v in os.environ.items() if n != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(asked, cwd=root, env=with_own, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_what_is_encrypted_and_whose_it_is() -> None:
    found = {(one.label, c.name): c for one in tables() for c in one.columns}
    assert found["persons.Person", "document_number"].holds == "encrypted"
    assert found["persons.Person", "document_index"].holds == "blind index"
    assert found["checkins.CheckIn", "state_words"].personal == "person"
    assert found["checkins.CheckIn", "recorded_by_id"].personal == "staff"
    assert found["areas.Area", "name"].personal == ""
    assert "SQJD" in found["cases.Case", "measure"].choices


@pytest.mark.django_db
def test_every_table_and_column_of_the_database_is_told() -> None:
    told = {one.table: {column.name for column in one.columns} for one in tables()}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name in told:
                there = connection.introspection.get_table_description(cursor, name)
                assert {column.name for column in there} == told[name], name
    assert len(told) > 80


@pytest.mark.django_db
def test_it_is_taken_along_as_a_table() -> None:
    client = signed_in(UserFactory(records_admin=True))
    page = client.get(reverse("exports:dictionary"), secure=True)
    assert "persons_person" in page.content.decode()
    answer = client.get(reverse("exports:dictionary-file"), secure=True)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    assert book.active is not None
    assert book.active.max_row > 800
