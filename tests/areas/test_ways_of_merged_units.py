"""After units merged every way leads to the persons as before: by the old name and by the new."""

from dataclasses import replace

import pytest

from apps.accounts.models import User
from tests.architecture.visitors import COUNTY, RECORDS, TOWN
from tests.architecture.ways import KINDS, SOAK, Sought, Ways, showing
from tests.areas.test_units_that_merge import merge, opened
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.pages import signed_in
from tests.transfers.whole_file import LOOKED_AT, sought, whole_file

pytestmark = pytest.mark.django_db
THIRD, NEW_VILLAGE = "469002109", "469002100201"
WALKED = frozenset({"list", "past days", "export", "admin list", "admin search"})


def town_twice_and_village() -> None:
    """The village first: villages merge inside their town."""
    opened(NEW_VILLAGE, "新村")
    merge("469002100200", NEW_VILLAGE)
    opened(THIRD, "中间镇")
    merge(JIAJI, THIRD)
    merge(THIRD, WANQUAN)


def test_every_way_leads_there_by_the_old_and_the_new_name() -> None:
    world = whole_file()
    ways, who = Ways(world, LOOKED_AT), sought(world.person, "嘉积镇")

    def found(who: Sought, *, named: bool = False) -> set[str]:
        """Who saw the rows goes on; the area is another, so everybody signs in anew."""
        told: set[str] = set()
        for visitor, but in ((COUNTY, ""), (RECORDS, COUNTY)):
            client = signed_in(User.objects.get(pk=world.users[visitor].pk))  # type: ignore[union-attr]
            asked = ways.of(who, visitor, but=but, kinds=KINDS if named or SOAK else WALKED)
            asked = [way for way in asked if not named or who.unit in way.sent.values()]
            told |= set(showing(client, asked, who))
        return {way.replace(who.unit, "unit") for way in told}

    before, by_name = found(who), found(who, named=True)
    assert len(before) > 40
    assert len(by_name) > 8
    town_twice_and_village()
    assert found(who) == before
    for name in ("嘉积镇", "先锋村", "新村", "万泉镇"):
        assert found(replace(who, unit=name), named=True) == by_name
    chief = signed_in(UserFactory(town_supervisor=True, area=area(WANQUAN)))
    found_lists = ways.of(who, TOWN, kinds=frozenset({"list"}))
    lists = [way for way in found_lists if not way.line.name.startswith("notices:")]
    theirs = {str(way) for way in lists} & before
    assert set(showing(chief, lists, who)) >= theirs
