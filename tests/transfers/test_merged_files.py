"""Two files that were one for a time: either finds the one, and then neither tells of the other."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.urls import NoReverseMatch, reverse

from apps.accounts.models import User
from apps.cases.services import correct_case
from apps.persons.models import Person
from apps.persons.services import change_person, undo_merge
from tests.architecture.visitors import COUNTY, COUNTY_ELSEWHERE, RECORDS, RECORDS_ELSEWHERE
from tests.architecture.ways import OF_ROWS, SOAK, Sought, Way, Ways, ask, showing, shows
from tests.factories.areas import WENCHENG, area
from tests.factories.persons import ContactFactory, PersonFactory, merged_into
from tests.transfers.whole_file import LOOKED_AT, sought, whole_file

pytestmark = pytest.mark.django_db
TWIN = "司徒同胞"
# Where two files may name one another, and the history of every row; `make soak` walks every way.
OF_TWO = ("persons:", "admin:persons_")


def twin_from_elsewhere() -> Person:
    """A file that another town kept, brought to where the first one is."""
    twin: Person = PersonFactory(name=TWIN, area=area("469002101200"))
    ContactFactory(person=twin)
    system, here = User.objects.system(), area("469002100200")
    return change_person(person=twin, by=system, area=here, reason="更正")


def chosen(ways: Ways, who: Sought, visitor: str, but: str) -> list[Way]:
    return [
        way
        for way in ways.of(who, visitor, but=but)
        if SOAK
        or way.line.name.endswith("history")
        or (way.kind not in OF_ROWS and way.line.name.startswith(OF_TWO))
    ]


def pages_of(person: Person, visitor: str) -> Iterator[Way]:
    """Of one person, whom the ways do not know."""
    known = ({"public_id": person.public_id}, {"object_id": person.pk})
    for line in LOOKED_AT:
        if visitor in line.allowed and line.name.endswith("history" if not SOAK else ""):
            with suppress(NoReverseMatch):
                ours = known[line.name.startswith("admin:persons_person_")]
                yield Way("row", line, reverse(line.name, kwargs=ours), line.method)


@pytest.mark.parametrize(
    "kept", ["the whole file", "the other file"] if SOAK else ["the whole file"]
)
def test_one_is_found_by_either_and_two_tell_nothing_of_one_another(kept: str) -> None:
    world, other = whole_file(), twin_from_elsewhere()
    person, by = world.person, world.users[RECORDS]
    ways = Ways(world, LOOKED_AT)
    stays, goes = (person, other) if kept == "the whole file" else (other, person)
    merge = merged_into(Person.objects.get(pk=stays.pk), goes, by)  # type: ignore[arg-type]
    for way in ways.of(sought(goes), COUNTY, kinds=frozenset({"search"})):
        assert shows(ask(world.clients[COUNTY], way), way, sought(stays)), str(way)
    undo_merge(merge=merge, by=by, reason="两个人")  # type: ignore[arg-type]
    correct_case(case=world.case, by=User.objects.system(), area=area(WENCHENG), reason="更正")
    moved, stayed, seen = sought(person), sought(other), {}
    for visitor, but, far in ((COUNTY, "", COUNTY_ELSEWHERE), (RECORDS, COUNTY, RECORDS_ELSEWHERE)):
        near = [*chosen(ways, moved, visitor, but), *pages_of(other, visitor)]
        seen |= showing(world.clients[visitor], near, moved)
        seen |= showing(world.clients[far], chosen(ways, stayed, visitor, but), stayed)
    assert list(seen) == []
