"""Lists whose SQL, and bars of filters whose markup, are kept: what makes them void."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.list_page import ListPage
from apps.persons.models import Person
from config.urls import urlpatterns
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
assert urlpatterns  # every page is loaded
LISTS = "/persons/", "/approvals/"


def pages(of: type[ListPage] = ListPage) -> Iterator[type[ListPage]]:
    for page in of.__subclasses__():
        yield page
        yield from pages(page)


WRITTEN = sorted((p for p in set(pages()) if p.is_written), key=lambda page: page.__name__)


def asked(user: User, address: str = "/x/") -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = user
    request.session = {}  # type: ignore[assignment]
    return request


def addresses(page: type[ListPage]) -> Iterator[str]:
    """Every order, and every choice of every filter."""
    yield "/x/"
    for name in page.table_class([]).orders():
        yield from (f"/x/?sort={name}", f"/x/?sort=-{name}")
    for name, one in page.filterset_class.base_filters.items() if page.filterset_class else ():
        choices = one.extra.get("choices", [])
        for code, _label in choices() if callable(choices) else choices:
            yield f"/x/?{name}={code}"
        yield f"/x/?{name}=on"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.__name__)
def test_what_is_kept_of_a_list_was_looked_up_nowhere(page: type[ListPage]) -> None:
    """A value from the database inside the kept SQL would be that of yesterday."""
    kept = 0
    for user in (UserFactory(), UserFactory(county_supervisor=True)):
        assert user.scope_key
        for address in addresses(page):
            request, view = asked(user, address), page()
            filters = view._filters(request)
            question = view._question(request, filters)
            if not question.is_written:
                continue
            with CaptureQueriesContext(connection) as queries:
                view.queryset(request)
            assert not queries.captured_queries, address
            if filters is not None:
                # Its controls look up what they show; that is no part of the question.
                filters.set.form.is_valid()
            with CaptureQueriesContext(connection) as queries:
                str(question.queryset.query)
            assert not queries.captured_queries, address
            kept += 1
    assert kept > 5


def test_some_lists_are_written() -> None:
    assert {"PersonsPage", "Inbox"} <= {page.__name__ for page in WRITTEN}


def names(client: Client, address: str = "/persons/") -> set[str]:
    html = client.get(address).content.decode()
    return set(re.findall(r'<td class="name"[^>]*><a href="[^"]*">([^<]*)<', html))


def test_the_rows_are_those_of_the_moment_and_of_the_user() -> None:
    here, there = Client(), Client()
    here.force_login(UserFactory(town_supervisor=True))
    there.force_login(UserFactory(town_supervisor=True, area=area(WANQUAN)))
    first: Person = PersonFactory(name="王一")
    for _ in range(2):
        assert (names(here), names(there)) == ({"王一"}, set())
    second: Person = PersonFactory(name="王二", employment="farming")
    assert names(here) == {"王一", "王二"}
    assert names(here, "/persons/?employment=farming") == {"王二"}
    Person.objects.filter(pk=second.pk).update(employment="employed")
    assert names(here, "/persons/?employment=farming") == set()
    Person.objects.filter(pk=first.pk).update(town=area(WANQUAN), village=None)
    assert (names(here), names(there)) == ({"王二"}, {"王一"})


def test_another_unit_of_the_same_user_is_another_list(client: Client) -> None:
    user: User = UserFactory(town_supervisor=True)
    PersonFactory(name="王一")
    client.force_login(user)
    assert names(client) == {"王一"}
    User.objects.filter(pk=user.pk).update(area=area(WANQUAN))
    user.refresh_from_db()
    client.force_login(user)
    assert names(client) == set()


def test_a_unit_merged_into_the_own_brings_its_persons_at_once(client: Client) -> None:
    other = area(WANQUAN)
    PersonFactory(name="王三", town=other, village=None)
    client.force_login(UserFactory(town_supervisor=True))
    assert names(client) == set()
    Area.objects.filter(pk=other.pk).update(
        active=False, merged_into=area(), merged_on="2026-01-01"
    )
    assert names(client) == {"王三"}


def bar(client: Client, address: str = "/persons/") -> str:
    html = client.get(address).content.decode()
    return html[
        html.index('<div class="filters">') : html.index(
            "</form>", html.index('class="btns"', html.index('<div class="filters">'))
        )
    ]


def test_the_bar_proposes_units_and_workers_of_the_moment(client: Client) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    assert bar(client) == bar(client)
    assert "嘉积镇" in bar(client)
    assert "新来的" not in bar(client)
    Area.objects.filter(pk=area().pk).update(name="新名镇")
    UserFactory(name="新来的")
    html = bar(client)
    assert "新名镇" in html
    assert "嘉积镇" not in html
    assert "新来的" in html
    User.objects.filter(name="新来的").update(is_active=False)
    assert "新来的" not in bar(client)


def test_the_bar_is_that_of_the_user_the_language_and_the_address() -> None:
    clients = [Client(), Client()]
    for client, code in zip(clients, ("469002", "469005"), strict=True):
        client.force_login(UserFactory(county_supervisor=True, area=area(code)))
    for _ in range(2):
        first, second = map(bar, clients)
        assert "嘉积镇" in first
        assert "文城镇" not in first
        assert "文城镇" in second
        assert "嘉积镇" not in second
    client = clients[0]
    assert "selected" in bar(client, "/persons/?employment=farming")
    assert 'name="sort" value="-name"' in bar(client, "/persons/?sort=-name")
    assert 'name="sort"' not in bar(client)
    client.cookies["language"] = "en"
    with translation.override("en"):
        assert "Employment" in bar(client)
        assert "就业" not in bar(client)


def test_what_somebody_typed_is_drawn_for_this_answer_alone(client: Client) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    assert 'value="嘉积&lt;"' in bar(client, "/persons/?area=嘉积<")
    assert "嘉积&lt;" not in bar(client)
    assert 'class="is-wrong"' in bar(client, "/persons/?employment=nonsense")
    assert 'class="is-wrong"' not in bar(client)


# Their rows are those of one thing that the address names.
OF_ONE = {"CampaignPage", "CareListPage", "CoursePage", "CountsPage", "RoundPage"}
SORTED = sorted(
    (p for p in set(pages()) if hasattr(p, "table_class")
     and not OF_ONE & {one.__name__ for one in p.__mro__}),
    key=lambda page: page.__name__,
)  # fmt: skip


@pytest.mark.parametrize("page", SORTED, ids=lambda page: page.__name__)
def test_every_head_that_offers_an_order_gives_one(page: type[ListPage]) -> None:
    """A column whose words are worked out has to say what it is sorted by."""
    user = UserFactory(county_supervisor=True)
    for name in page.table_class([]).orders():
        view, request = page(), asked(user, f"/x/?sort={name}")
        view.setup(request)
        rows = view._sorted(request, page.table_class([]), view.queryset(request))
        with suppress(EmptyResultSet):
            str(rows.query)
