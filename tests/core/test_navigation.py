from typing import Any

import pytest
from django.test import RequestFactory

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.navigation import Entry, links_for, may, url_or_none
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

ENTRIES = [
    Entry("Gallery", "checklist", "core:gallery", count=f"{__name__}.units"),
    Entry("Staff", "id", "accounts:staff-list", Permission.STAFF_RESET),
    Entry("Not built", "id", "core:no-such-page"),
]


def units(user: User) -> Any:
    return Area.objects.filter(level="county")


@pytest.fixture(autouse=True)
def _entries(settings: Any) -> None:
    settings.NAVIGATION = f"{__name__}.ENTRIES"


def links(user: User, path: str = "/ui/") -> list[Any]:
    request = RequestFactory().get(path)
    request.user = user
    return [(link.label, link.current, link.count) for link in links_for(request)]


def test_only_pages_that_exist_and_that_the_role_may_open_are_shown() -> None:
    assert links(UserFactory()) == [("Gallery", True, 3)]
    supervisor = UserFactory(county_supervisor=True)
    assert links(supervisor, "/staff/?page=2") == [("Gallery", False, 3), ("Staff", True, 0)]


def test_a_page_below_an_entry_keeps_it_marked() -> None:
    supervisor = UserFactory(county_supervisor=True)
    assert links(supervisor, "/staff/1/code/")[1] == ("Staff", True, 0)
    assert not any(current for _label, current, _count in links(supervisor, "/elsewhere/"))


def test_nobody_without_a_user_may_anything_that_needs_a_permission() -> None:
    assert may(None, "")
    assert not may(None, Permission.PERSON_VIEW)
    assert url_or_none("core:no-such-page") is None
