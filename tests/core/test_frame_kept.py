"""The frame is kept as strings: nothing kept is another's, of another page or of before."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps.accounts.roles import Role
from apps.areas.models import Area
from apps.core import frame
from apps.core.navigation import TODAY_COUNT, Link
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area

pytestmark = pytest.mark.django_db


def shown(client: Client, path: str = "/ui/") -> str:
    html = client.get(path).content.decode()
    before, _main, behind = html.partition("<main")
    return before + behind.partition("</main>")[2]


def test_two_persons_in_turn_each_see_their_own_name_and_unit() -> None:
    clients = {}
    for name, code in (("周晓岚", JIAJI), ("<b>文某</b>", "469005100")):
        clients[name] = Client()
        clients[name].force_login(UserFactory(name=name, area=area(code)))
    for _ in range(2):
        first, second = (shown(client) for client in clients.values())
        assert "周晓岚" in first
        assert "嘉积镇" in first
        assert "周晓岚" not in second
        assert "嘉积镇" not in second
        assert "&lt;b&gt;文某&lt;/b&gt;" in second
        assert "<b>文某" not in second


def renamed(user: Any) -> None:
    Area.objects.filter(pk=user.area_id).update(name="新名镇")


def another_role(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(role=Role.TOWN_SUPERVISOR)


def moved(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(area=area("469002101"))


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        (renamed, "嘉积镇", "新名镇"),
        (another_role, "社区工作者", "镇街主管"),
        (moved, "嘉积镇", "万泉镇"),
    ],
)
def test_what_changes_about_a_user_changes_the_frame(
    client: Client, change: Callable[[Any], None], gone: str, new: str
) -> None:
    user = UserFactory()
    client.force_login(user)
    gone = str(user.get_role_display()) if change is another_role else gone
    assert gone in shown(client)
    change(user)
    user.refresh_from_db()
    client.force_login(user)
    new = str(user.get_role_display()) if change is another_role else new
    html = shown(client)
    assert new in html
    assert gone not in html


def test_a_new_role_has_its_own_pages_in_the_side_bar(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    assert 'href="/approvals/"' not in shown(client)
    another_role(user)
    user.refresh_from_db()
    client.force_login(user)
    assert 'href="/approvals/"' in shown(client)


def test_each_page_marks_its_own_entry_and_carries_its_own_address(client: Client) -> None:
    client.force_login(UserFactory())
    for path in ("/persons/", "/needs/", "/persons/?status=running"):
        html = shown(client, path)
        plain = path.partition("?")[0]
        assert re.findall(r'href="([^"]*)" aria-current="page"', html)[0] == plain
        assert f'name="next" value="{path}"' in html


def test_each_language_has_its_own_frame(client: Client) -> None:
    client.force_login(UserFactory())
    for _ in range(2):
        for language, words in (("zh-hans", "今日"), ("en", "Today")):
            client.cookies["language"] = language
            assert f"</svg> {words}" in shown(client)


def test_each_answer_has_its_own_token(client: Client) -> None:
    client.force_login(UserFactory())
    tokens = [re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', shown(client)) for _ in "12"]
    assert len(set(tokens[0])) == len(set(tokens[1])) == 1
    assert tokens[0][0] != tokens[1][0]


def test_the_number_beside_an_entry_is_that_of_the_moment(client: Client) -> None:
    from apps.core.days import today

    client.force_login(UserFactory())
    for number in (3, 4, 0, 3):
        session = client.session
        session[TODAY_COUNT] = [today().isoformat(), number]
        session.save()
        found = re.findall(r'data-count-of="now">(\d+)<', shown(client))
        assert found == ([str(number)] if number else [])


def test_a_unit_in_the_address_is_carried_by_the_links_of_that_page_alone(client: Client) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    assert f'href="/needs/?area={JIAJI}"' in shown(client, f"/persons/?area={JIAJI}")
    assert f"area={JIAJI}" not in shown(client, "/persons/")


@pytest.mark.parametrize("part", frame.PARTS)
def test_a_part_follows_from_its_facts_alone(part: str) -> None:
    """Its template is given nothing else: an unknown variable fails in tests."""
    link = Link("今日", "checklist", "/today/", "", current=True, count=2)
    facts = {"links": (link,), "help_url": "/help/", "search_url": "/search/", "switches": True}
    values = [facts.get(name, True) for name in frame.PARTS[part]]
    frame.drawn.cache_clear()
    pieces = frame.drawn(part, "zh-hans", tuple(values))
    assert pieces is frame.drawn(part, "zh-hans", tuple(values))
    for place, value in enumerate(values):
        other = (link, link) if isinstance(value, tuple) else None
        changed = (*values[:place], other, *values[place + 1 :])
        assert frame.drawn(part, "zh-hans", changed) != pieces


def test_nothing_is_left_open() -> None:
    """Every mark is filled, and what is filled in is escaped."""
    text = frame.filled(("<p>", "name", "</p>"), {"name": "&lt;b&gt;"})
    assert text == "<p>&lt;b&gt;</p>"
    with pytest.raises(KeyError):
        frame.filled(("<p>", "nothing", "</p>"), {})
