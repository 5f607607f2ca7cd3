"""Every list leaves with stars in place of names and numbers, unless somebody may and says so."""

from dataclasses import replace

import pytest

from apps.audit.models import AccessLog, Action
from apps.core.masking import without_names
from apps.core.text import mask_address, mask_name
from tests.architecture.visitors import COUNTY, WORKER
from tests.architecture.ways import Ways, list_page, shows, text_of
from tests.transfers.whole_file import LOOKED_AT, sought, whole_file

pytestmark = pytest.mark.django_db
EXPORTS = frozenset({"export"})


@pytest.mark.parametrize(
    ("name", "stars"),
    [
        ("陈小明", "陈**"), ("陈伟", "陈*"), ("吾买尔·艾山", "吾*****"),
        ("John Smith", "J*** S****"), ("陈", "陈*"), ("", ""),
    ],
)  # fmt: skip
def test_of_a_name_the_first_character_is_told(name: str, stars: str) -> None:
    assert mask_name(name) == stars


def test_of_an_address_the_beginning_is_told() -> None:
    assert mask_address("琼海市嘉积镇先锋村12号") == "琼海市嘉积镇****"
    assert mask_address("") == ""


def test_names_and_numbers_have_stars_inside_of_words_too() -> None:
    words = "陈小明（电话13876540417，身份证46900219900307231X）说陈小明的母亲来过"
    assert without_names(words, ["陈小明", "陈小", ""]) == (
        "陈**（电话138****0417，身份证4690**********231X）说陈**的母亲来过"
    )


def last_export() -> AccessLog:
    return AccessLog.objects.filter(action__startswith="export").latest("pk")


def test_no_list_tells_a_name_or_a_number_unless_the_whole_was_asked_for() -> None:
    world = whole_file()
    who, ways = sought(world.person), Ways(world, LOOKED_AT)
    client, lists = world.clients[COUNTY], 0
    for way in ways.of(who, COUNTY, kinds=EXPORTS):
        if not list_page(way.url).whole_permission:  # type: ignore[union-attr]
            continue  # a list of units names nobody
        told = client.post(way.url, way.sent, follow=True)
        told.text_shown = text_of(told)  # type: ignore[attr-defined]
        log = last_export()
        assert (log.action, log.purpose) == (Action.EXPORT, "核对名册"), way
        if not shows(told, way, who):
            continue
        lists += 1
        masked = replace(way, sent={n: v for n, v in way.sent.items() if n != "whole"})
        text = text_of(client.post(masked.url, masked.sent, follow=True))
        assert not [w for w in (who.name, who.number, who.phone) if w in text], way
        assert mask_name(who.name) in text, way
        last = last_export()
        assert last.action == Action.EXPORT_MASKED
        assert (last.person_count, last.view) == (log.person_count, log.view), way
    assert lists > 15


def test_who_may_not_take_the_whole_gets_the_list_with_stars_alone() -> None:
    world = whole_file()
    client = world.clients[WORKER]
    sent = {"purpose": "核对名册", "format": "csv"}
    left = AccessLog.objects.filter(action__startswith="export").count()
    assert client.post("/persons/", sent | {"whole": "1"}, secure=True).status_code == 403
    assert AccessLog.objects.filter(action__startswith="export").count() == left
    text = text_of(client.post("/persons/", sent, secure=True))
    assert mask_name(world.person.name) in text
    assert world.person.name not in text
    page = client.get("/persons/", secure=True).content.decode()
    assert 'name="whole"' not in page
    page = world.clients[COUNTY].get("/persons/", secure=True).content.decode()
    assert "checked" not in page.split('name="whole"')[1][:40]
