"""One statement asks for all users who read alike, and gives each what is theirs."""

from collections.abc import Callable, Hashable
from typing import Any

import pytest
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.areas.models import Area
from apps.checkins.views import taps
from apps.core import navigation
from apps.core.days import today
from apps.core.shared_statements import _OWN, NotAlike, PreparedForReaders
from apps.persons import access
from apps.persons.models import Person
from apps.schedule import scope
from apps.workbench import person_file, saved_views, timeline_rows
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


class Written:
    """A build that counts how often a query is written."""

    def __init__(self, build: Callable[[User], "QuerySet[Any, Any]"]) -> None:
        self.build, self.times = build, 0

    def __call__(self, user: User) -> "QuerySet[Any, Any]":
        self.times += 1
        return self.build(user)


def persons(user: User) -> "QuerySet[Any, Any]":
    return Person.objects.visible_to(user).order_by("pk")


def at(code: str | None) -> dict[str, Any]:
    return {"area": area(code)} if code else {}


def not_shared(kept: PreparedForReaders) -> list[Hashable]:
    """Shapes and keys of what is written for each user."""
    return [place for place, statement in kept._shared.items() if statement is _OWN]


def somebody_of(user: User) -> Person:
    if user.own_caseload_only:
        return running_case(user).person
    assert user.area is not None
    county, town = (
        (user.area, None) if user.area.level == "county" else (user.area.parent, user.area)
    )
    return PersonFactory(county=county, town=town, village=None)


@pytest.fixture
def as_on_a_site(settings: Any) -> None:
    settings.STATEMENTS_COMPARED = 0


@pytest.mark.usefixtures("as_on_a_site")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, None),
        ({"town_supervisor": True}, WANQUAN),
        ({"county_supervisor": True}, WENCHANG),
    ],
)
def test_users_of_one_shape_share_what_was_written(one: dict[str, Any], other: str | None) -> None:
    users = [UserFactory(**facts) for facts in (one, {**one, **at(other)})]
    for user in users:
        own = somebody_of(user)
        assert list(persons(user)) == [own]
    kept, build = PreparedForReaders(), Written(persons)
    for user in users:
        assert kept.rows(user, "persons", build) == list(persons(user))
        assert kept.counts(user, "counted", [persons]) == [persons(user).count()]
    assert build.times == 3  # two invented users and the first one
    assert not_shared(kept) == []


@pytest.mark.usefixtures("as_on_a_site")
def test_users_of_other_shapes_do_not() -> None:
    kept, build = PreparedForReaders(), Written(persons)
    merged = area(WANQUAN)
    shapes = [
        UserFactory(),
        UserFactory(is_active=False),
        UserFactory(town_supervisor=True),
        UserFactory(county_supervisor=True),
        UserFactory(province_viewer=True),
        UserFactory(auditor=True),
    ]
    for number, user in enumerate(shapes, start=1):
        assert kept.rows(user, "persons", build) == list(persons(user))
        assert build.times == 3 * number
    Area.objects.filter(pk=merged.pk).update(active=False, merged_into=area(), merged_on=today())
    PersonFactory(town=merged, village=None, county=area(QIONGHAI))
    found = kept.rows(User.objects.get(pk=shapes[2].pk), "persons", build)
    assert [person.town_id for person in found] == [merged.pk]
    assert build.times == 3 * (len(shapes) + 1)


@pytest.mark.usefixtures("as_on_a_site")
@pytest.mark.parametrize(
    "build",
    [
        lambda user: User.objects.filter(name=user.name),
        lambda user: User.objects.filter(area__code__startswith=user.area.code[:4]),
        lambda user: User.objects.filter(
            pk__in=[u.pk for u in User.objects.filter(area=user.area)]
        ),
        lambda user: User.objects.filter(public_id=user.public_id),
        lambda user: User.objects.filter(pk__gt=user.pk - 1),
    ],
)
def test_what_asks_for_more_than_numbers_is_written_for_each(build: Callable[[User], Any]) -> None:
    users = [UserFactory(), UserFactory(area=area(WANQUAN))]
    kept = PreparedForReaders()
    for user in users:
        ordered = build(user).order_by("pk")
        assert kept.rows(user, "own", lambda one: build(one).order_by("pk")) == list(ordered)
    assert not_shared(kept) != []


def test_a_statement_that_is_not_the_readers_own_is_noticed() -> None:
    """What the whole suite watches, for every page it opens as anybody."""
    first, second = UserFactory(), UserFactory()

    def tells_them_apart(user: User) -> "QuerySet[Any, Any]":
        return User.objects.filter(is_active=user.pk == second.pk)

    kept = PreparedForReaders()
    kept.rows(first, "all", tells_them_apart)
    with pytest.raises(NotAlike):
        kept.rows(second, "all", tells_them_apart)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"town_supervisor": True},
        {"county_supervisor": True},
        {"records_admin": True},
        {"province_viewer": True},
        {"system_admin": True},
        {"auditor": True},
    ],
)
def test_what_the_pages_ask_is_shared(facts: dict[str, Any]) -> None:
    """A query that is written for each user again costs each of them a slow first page."""
    reader = UserFactory(**facts)
    case = running_case(reader if reader.own_caseload_only else UserFactory())
    client = signed_in(reader)
    file = f"/persons/{case.person.public_id}/"
    for url in ("/today/", "/persons/", file, f"{file}history/", f"{file}checkins/"):
        assert client.get(url).status_code < 500
    kept = [
        navigation._WRITTEN, scope._WRITTEN, person_file._WRITTEN, timeline_rows._WRITTEN,
        saved_views._WRITTEN, access._WRITTEN, taps._ITEMS,
    ]  # fmt: skip
    assert [place for one in kept for place in not_shared(one)] == []
