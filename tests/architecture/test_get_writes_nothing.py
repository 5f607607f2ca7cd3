"""Looking changes nothing: a GET leaves every table as it was, sessions and the read log aside."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory

MAY_GROW = {"django_session", "audit_accesslog", "pghistory_context"}
ROLES = ["", "town_supervisor", "county_supervisor", "records_admin", "system_admin", "auditor"]


def plain_urls(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Every address that needs no id."""
    for part in resolver.url_patterns:
        route = str(part.pattern).lstrip("^").rstrip("$\\Z")
        if "<" in route or "(" in route:
            continue
        if isinstance(part, URLPattern):
            yield prefix + route
        else:
            yield from plain_urls(part, prefix + route)


def contents() -> dict[str, str]:
    """A fingerprint of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in MAY_GROW:
                continue
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            rows = sorted(row[0] for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


class Writes:
    """Notes the statements that write, to name the page at fault."""

    def __init__(self) -> None:
        self.url = ""
        self.found: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Called by Django around every statement."""
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self.found.append(f"{self.url}: {sql[:60]}")
        return execute(sql, params, many, context)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_get_writes_nothing(client: Client, role: str) -> None:
    CaseFactory()
    client.force_login(UserFactory(**({role: True} if role else {})))
    before, seen, writes = contents(), 0, Writes()
    for writes.url in sorted(set(plain_urls(get_resolver()))):
        with connection.execute_wrapper(writes):
            response = client.get(writes.url)
        seen += response.status_code == 200
        assert response.status_code < 500, writes.url
    now = contents()
    changed = [table for table in now if now[table] != before[table]]
    assert not changed, f"{changed} were written to; statements: {writes.found}"
    assert seen > 3
