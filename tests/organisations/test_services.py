"""The register of bodies: an entry has a county, and its town lies in it."""

import pytest

from apps.accounts.models import User
from apps.organisations.models import Organisation
from apps.organisations.services import change_organisation, register_organisation
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, WENCHENG, area
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db


def registered(by: User, **facts: object) -> Organisation:
    return register_organisation(**{"by": by, "name": "嘉积派出所", "kind": "police"} | facts)  # type: ignore[arg-type]


def test_it_stands_in_the_county_of_who_enters_it_or_in_the_one_that_is_named() -> None:
    own = registered(UserFactory(records_admin=True), name=" 嘉积派出所 ")
    assert (own.name, own.county.code) == ("嘉积派出所", QIONGHAI)
    named = registered(UserFactory(records_admin=True), county=area(WENCHANG))
    assert named.county.code == WENCHANG
    with refused("Name the county of the organisation."):
        registered(UserFactory(system_admin=True))
    by_hand = registered(UserFactory(system_admin=True), name="总站", county=area(WENCHANG))
    assert by_hand.county.code == WENCHANG


@pytest.mark.parametrize(("code", "fits"), [(None, True), (JIAJI, True), (WENCHENG, False)])
def test_its_town_lies_in_its_county(code: str | None, *, fits: bool) -> None:
    by, town = UserFactory(records_admin=True), area(code) if code else None
    words = None if fits else "The town lies in another county."
    with answered(words):
        assert registered(by, town=town).town == town
    row = registered(by, name="万泉派出所")
    with answered(words):
        assert change_organisation(organisation=row, by=by, town=town).town == town


def test_a_change_is_kept_with_who_made_it_and_a_second_entry_is_none() -> None:
    by = UserFactory(records_admin=True)
    row = registered(by)
    change_organisation(organisation=row, by=by, phone="0898-62822110", active=False)
    row.refresh_from_db()
    assert (row.phone, row.active) == ("0898-62822110", False)
    other = registered(by, name="万泉派出所")
    for act in (
        lambda: registered(by),
        lambda: change_organisation(organisation=other, by=by, name=row.name),
    ):
        with refused("This organisation is registered already."):
            act()
