"""Django takes psycopg 3 wherever it finds it, without a word."""

import importlib.util

from django.db import connection


def test_psycopg_3_is_not_installed_beside_psycopg2() -> None:
    assert importlib.util.find_spec("psycopg") is None


def test_django_uses_psycopg2() -> None:
    assert connection.Database.__name__ == "psycopg2"
