"""The user comes with the session: what was true before is asked anew with every request."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.backends import RoleBackend
from apps.accounts.roles import Role
from apps.accounts.session_store import KEPT, SessionStore, _last_user
from apps.areas.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area

pytestmark = pytest.mark.django_db


def visit(client: Client) -> Any:
    """The user as the page saw it; None when it was a stranger."""
    request = client.get("/ui/").wsgi_request
    return request.user if request.user.is_authenticated else None


def test_session_user_unit_and_merged_units_are_one_query(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    visit(client)
    with CaptureQueriesContext(connection) as queries:
        assert visit(client) == user
    asked = [
        q["sql"] for q in queries if "django_session" in q["sql"] or "accounts_user" in q["sql"]
    ]
    assert len(asked) == 1


def test_the_user_is_the_same_as_by_the_way_of_django(client: Client) -> None:
    user = UserFactory()
    former = area(WANQUAN)
    Area.objects.filter(pk=former.pk).update(
        active=False, merged_into=user.area, merged_on="2026-01-01"
    )
    client.force_login(user)
    visit(client)
    brought, found = visit(client), RoleBackend().get_user(user.pk)
    assert found is not None
    assert brought.area.scope_ids == found.area.scope_ids
    assert former.pk in brought.area.scope_ids
    for column in user._meta.concrete_fields:
        assert getattr(brought, column.attname) == getattr(found, column.attname)
    assert brought.area.above == found.area.above  # type: ignore[union-attr]
    assert (brought.scope_key, brought.area.county) == (found.scope_key, found.area.county)  # type: ignore[union-attr]


def disabled(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def another_password(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(password="another")


def another_mark(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(session_mark=uuid4())


def another_role(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(role=Role.TOWN_SUPERVISOR)


def gone(user: Any) -> None:
    user.delete()


@pytest.mark.parametrize("change", [disabled, another_password, another_mark, another_role, gone])
def test_what_ends_a_session_ends_it_with_the_next_request(
    client: Client, change: Callable[[Any], None]
) -> None:
    user = UserFactory()
    client.force_login(user)
    assert visit(client) == visit(client) == user
    change(user)
    assert visit(client) is None


def test_a_unit_that_was_renamed_is_seen_at_once(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert visit(client).area.name == "嘉积镇"
    Area.objects.filter(pk=user.area_id).update(name="新名镇", shared_caseload=True)
    seen = visit(client)
    assert (seen.area.name, seen.own_caseload_only) == ("新名镇", False)


def test_a_session_whose_data_name_another_gets_that_one(client: Client) -> None:
    """The guess of the process is wrong: it had another user under this key."""
    first, second = UserFactory(), UserFactory()
    client.force_login(first)
    assert visit(client) == first
    session = client.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(second.pk), second.get_session_auth_hash()
    session.save()
    assert _last_user[session.session_key] == first.pk
    assert visit(client) == second
    session[HASH_SESSION_KEY] = first.get_session_auth_hash()
    session.save()
    assert visit(client) is None


def test_an_ended_session_brings_nobody(client: Client) -> None:
    client.force_login(UserFactory())
    visit(client)
    key = client.session.session_key
    client.logout()
    store = SessionStore(key)
    assert store.load() == {}
    assert store.brought is None
    assert store.session_key is None


def test_so_many_sessions_are_remembered_and_no_more(client: Client) -> None:
    _last_user.clear()
    _last_user.update({f"k{n}": n for n in range(KEPT)})
    client.force_login(UserFactory())
    visit(client)
    assert len(_last_user) == KEPT
    _last_user.clear()
