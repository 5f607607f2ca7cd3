"""A person comes to another unit: every row goes along, and the old unit keeps nothing.

The models are found by what they are, the addresses are those of the matrix, the doors are tried
in any order by chance. Figures of past days stay with the unit of then.
"""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, example, given, settings, strategies as st

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.cases.models import Case
from apps.cases.services import correct_case, open_case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.refusals import Refused
from apps.imports.services import import_ledger
from apps.intake.services import expect_release, open_file, receive_person
from apps.ledgers.ledger import ledgers
from apps.needs.services import record_need
from apps.persons.figures import Period
from apps.persons.models import Assignment, Merge, Person
from apps.persons.services import assign_worker, change_person, open_person, undo_merge
from apps.persons.services.assigning import fits
from apps.persons.services.moving import personal_models
from apps.reports.breakdown import break_down
from apps.transfers.services import accept_transfer, ask_transfer, hand_over
from tests.architecture.matrix_world import World
from tests.architecture.visitors import (
    COUNTY,
    COUNTY_ELSEWHERE,
    MATE,
    RECORDS,
    RECORDS_ELSEWHERE,
    TOWN,
    WORKER,
)
from tests.architecture.ways import (
    KINDS,
    OF_ROWS,
    SOAK,
    Sought,
    Way,
    Ways,
    ask,
    list_page,
    showing,
)
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import merged_into
from tests.factories.schedule import seen
from tests.imports.sheets import write_xlsx
from tests.transfers.whole_file import LOOKED_AT, sought, whole_file
from tests.undrawn import nothing_drawn

pytestmark = pytest.mark.django_db
# Not open to the new unit either: a round and a bell of the old one, two files of which one has
# stayed, and what ends with the move: windows by the unit's plans, assignments ahead, covers.
# A campaign stays with the office that runs it.
CLOSED = (
    "notices:", "assessments:round", "persons:compare", "persons:not-same", "schedule:",
    "persons:assignment-withdraw", "workbench:handover", "documents:campaign-custody",
)  # fmt: skip
OPEN = KINDS - OF_ROWS


def left_behind(person: Person) -> list[str]:
    """Models with a row that is not where the person is."""
    place = place_ids(Person.objects.get(pk=person.pk))
    return [
        model.__name__
        for model, column in personal_models().items()
        if model._default_manager.filter(**{column: person}).exclude(**place).exists()
    ]


def test_every_model_about_a_person_moves_and_no_way_of_the_old_unit_shows_the_person() -> None:
    """And lists, searches, rows and papers of the new one do."""
    world = whole_file()
    models, person = personal_models(), world.person
    missing = [m.__name__ for m, c in models.items() if not m._default_manager.filter(
        **{c: person}).exists()]  # fmt: skip
    assert missing == [], "Make a row in tests/architecture/matrix_world.py"
    ways, who = Ways(world, LOOKED_AT), sought(person, "嘉积镇")
    searches = ways.of(who, COUNTY, kinds=frozenset({"search"}))
    sees = showing(world.clients[COUNTY], searches, who)
    assert len(sees) > 5, "The walk sees nothing"
    correct_case(case=world.case, by=UserFactory(system_admin=True), area=area(WENCHENG))
    assert left_behind(person) == []
    boss = UserFactory(county_supervisor=True, area=area(WENCHANG))
    for model, column in models.items():
        rows = model._default_manager.filter(**{column: person})
        assert rows.visible_to(boss).exists(), model  # type: ignore[attr-defined]
    assert seen_by_the_old_unit(world, ways, who) == []
    assert closed_to_the_new(world, ways, who) == []
    theirs = ways.of(who, COUNTY, kinds=frozenset({"list", "search"}))
    found = showing(signed_in(boss), theirs, who)
    assert found.keys() >= sees.keys()
    assert len(found) > 24, "Lists that do not show the person any more"
    assert set(ways.walked) == KINDS


def seen_by_the_old_unit(world: World, ways: Ways, who: Sought) -> list[str]:
    """Who sees the county sees what its towns see; records staff have merges and the admin besides.

    The old worker and the one who covered are asked in turn.
    """
    found = showing(world.clients[COUNTY], ways.of(who, COUNTY, kinds=OPEN), who)
    found |= showing(world.clients[RECORDS], ways.of(who, RECORDS, but=COUNTY, kinds=OPEN), who)
    theirs = ways.of(who, WORKER, kinds=OPEN if SOAK else frozenset({"list", "page", "search"}))
    for first, visitor in enumerate((WORKER, MATE)):
        mine = theirs if SOAK else theirs[first::2]
        own = [way for way in theirs if way.line.name.startswith(("notices:", "covers:"))]
        found |= showing(world.clients[visitor], [*mine, *own], who)
    return list(found)


def closed_to_the_new(world: World, ways: Ways, who: Sought) -> list[str]:
    """Rows, papers and acts: what is open to the old unit tells nothing; what is closed to it is
    open to the new one, of which every third is asked day by day.
    """
    found = []
    for number, way in enumerate(ways.of(who, COUNTY, RECORDS, kinds=OF_ROWS)):
        county = COUNTY in way.line.allowed
        near, far = (COUNTY, COUNTY_ELSEWHERE) if county else (RECORDS, RECORDS_ELSEWHERE)
        if undrawn(world.clients[near], way) != 404:
            found += list(showing(world.clients[near], [way], who))
        elif county and not way.line.name.startswith(CLOSED) and (SOAK or number % 3 == 0):
            found += [str(way)] if undrawn(world.clients[far], way) in (403, 404) else []
    return found


def undrawn(client: Client, way: Way) -> int:
    """The status alone."""
    with nothing_drawn():
        return int(ask(client, way).status_code)


FAR = "469005100200"  # a village of the county next door
PLACES = ["469002100200", "469002100001", JIAJI, "469002101200", WANQUAN, WENCHENG, FAR]
# Over on the first day of a sequence.
MONTHS = [(date(2024, 3, 1), date(2024, 3, 31))]


class Moves:
    """One person with a life behind, and the doors through which the unit may change."""

    def __init__(self) -> None:
        self.system = UserFactory(system_admin=True)
        self.bosses = {
            code: UserFactory(town_supervisor=True, area=area(code))
            for code in (JIAJI, WANQUAN, WENCHENG)
        }
        self.workers = {code: UserFactory(area=area(code)) for code in self.bosses}
        self.records = UserFactory(records_admin=True, area=area("46"))
        self.case = running_case(
            self.workers[JIAJI], reported_on=date(2024, 3, 1), agreement_on=date(2024, 3, 1),
            decided_on=date(2024, 2, 20), received_on=date(2024, 2, 22),
        )  # fmt: skip
        self.first = self.case.person
        Person.objects.filter(pk=self.first.pk).update(created_at="2024-02-20T00:00+08:00")
        seen(self.case, date(2024, 3, 5))
        seen(self.case, date(2024, 4, 9))
        record_need(
            urgency="normal",
            said_by="person",
            person=self.person,
            by=self.system,
            kind="work",
            said_on=date(2024, 3, 3),
        )

    @property
    def person(self) -> Person:
        """Whose the order is now: a file may have been merged into another."""
        return Case.objects.select_related("person").get(pk=self.case.pk).person

    @property
    def town(self) -> str:
        return str(self.person.town.code)

    def correct(self, to: Area) -> None:
        correct_case(case=Case.objects.get(pk=self.case.pk), by=self.system, area=to, reason="更正")

    def correct_file(self, to: Area) -> None:
        change_person(person=self.person, by=self.system, area=to, reason="更正")

    def transfer(self, to: Area) -> None:
        worker, boss = self.workers[self.town], self.bosses[self.town]
        case = Case.objects.get(pk=self.case.pk)
        asked = ask_transfer(
            case=case, by=worker, client_uuid=uuid4(), area=to, on=today(), reason="务工"
        )
        receiver = self.bosses[to.code[:9]]
        accept_transfer(transfer=hand_over(transfer=asked, by=boss), by=receiver)

    def second_order(self, to: Area) -> None:
        facts = {"measure": "SQKF", "decided_on": today()}
        open_case(by=self.system, person=self.person, area=to, **facts)

    def release(self, to: Area) -> None:
        found = expect_release(
            by=self.system, client_uuid=uuid4(), area=to, name=self.person.name,
            document_number=self.person.document_number, source="isolation",
            expected_on=today(),
        )  # fmt: skip
        receive_person(release=found, by=self.system, on=today(), reception="self")
        open_file(release=found, by=self.bosses[self.town], person=self.person)

    def assign(self, to: Area) -> None:
        worker = self.workers[self.town]
        assign_worker(persons=[self.person], worker=worker, by=self.system, on=today())

    def merge_here(self, to: Area) -> None:
        """A second file, which another unit keeps, is brought here and merged into this one."""
        twin = self._twin(to)
        change_person(person=twin, by=self.system, area=unit_of(self.person), reason="更正")
        merged_into(self.person, Person.objects.get(pk=twin.pk), self.records)

    def merge_there(self, to: Area) -> None:
        """The file is brought to the other unit and merged into the one that is kept there."""
        twin = self._twin(to)
        change_person(person=self.person, by=self.system, area=to, reason="更正")
        merged_into(twin, self.person, self.records)

    def undo(self, to: Area) -> None:
        if merge := Merge.objects.standing().filter(person=self.person).order_by("-pk").first():
            undo_merge(merge=merge, by=self.records, reason="两个人")

    def _twin(self, to: Area) -> Person:
        return open_person(by=self.system, area=to, name="同人另档", document_kind="none")

    def older_ledger(self, to: Area) -> None:
        person = self.person
        cells = {"姓名": person.name, "身份证号码": person.document_number, "执行地": to.name,
                 "管控类型": "社区戒毒", "决定日期": "2024-02-20"}  # fmt: skip
        with TemporaryDirectory() as folder:
            path = write_xlsx(Path(folder) / "old.xlsx", [list(cells), list(cells.values())])
            county = area(to.code[:6])
            report = import_ledger(
                ledger=ledgers()["persons"], path=path, by=User.objects.system(), area=county
            )
        assert place_ids(self.person) == place_ids(person), report


# A sequence is short, and each costs a second: a failing one is told as it is.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if SOAK else [])]
DOORS = [name for name, value in vars(Moves).items() if callable(value) and name[0] != "_"]


def figures(moves: Moves) -> dict[str, Any]:
    """Every figure of every unit, for months and days that are over."""
    found = {}
    for first, last in MONTHS:
        for code in (QIONGHAI, WENCHANG, JIAJI):
            told = break_down(Period(area(code), first, last, last))
            lines = {str(unit.area): unit.figures for unit in told.units} | {"all": told.total}
            for name, of_unit in lines.items():
                for figure in of_unit.values():
                    key = (code, first, name, figure.indicator.code)
                    found[key] = (figure.numerator, figure.denominator)
    return {key: value for key, value in found.items() if any(value)}


def unit_of(person: Person) -> Area:
    return person.village or person.town or person.county


@settings(max_examples=300 if SOAK else 2, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(st.lists(
    st.tuples(st.sampled_from(DOORS), st.sampled_from(PLACES), st.integers(0, 40)),
    min_size=1, max_size=4,
), st.integers(0, 1000))  # fmt: skip
@example([
    ("correct", "469002100001", 0), ("transfer", WANQUAN, 3), ("correct", FAR, 0),
    ("assign", FAR, 0), ("older_ledger", JIAJI, 1), ("correct_file", JIAJI, 5),
    ("release", WANQUAN, 5), ("second_order", JIAJI, 2),
], 0)  # fmt: skip
@example([("merge_here", WANQUAN, 1), ("merge_there", FAR, 2), ("undo", FAR, 0)], 7)
def test_after_any_moves_the_file_is_whole_and_figures_stay(
    steps: list[tuple[str, str, int]], first: int
) -> None:
    with transaction.atomic():
        look(follow(steps), first)
        transaction.set_rollback(True)


def lists() -> list[str]:
    """Addresses of all lists that a supervisor of a town reads."""
    found = []
    for line in LOOKED_AT:
        with suppress(NoReverseMatch):
            if TOWN in line.allowed and list_page(url := reverse(line.name)):
                found.append(url)
    return found


def look(moves: Moves, first: int) -> None:
    """A few of the lists, by chance, as each town sees them: the person stands in its own alone."""
    person, all_lists = moves.person, lists()
    for code, boss in moves.bosses.items():
        client = signed_in(boss)
        for n in range(0 if SOAK else first, len(all_lists) if SOAK else first + 3):
            words = client.get(all_lists[n % len(all_lists)]).content.decode()
            assert person.name not in words or code == person.town.code  # type: ignore[union-attr]


def follow(steps: list[tuple[str, str, int]]) -> Moves:
    moves, day = Moves(), today()
    before = figures(moves)
    assert before
    for door, code, later in steps:
        day += timedelta(days=later)
        with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
            with suppress(Refused), transaction.atomic():
                getattr(moves, door)(area(code))
            holds(moves)
    assert figures(moves) == before
    return moves


def holds(moves: Moves) -> None:
    """Nothing is left behind, nobody of another unit is responsible, strangers see nothing."""
    person = moves.person
    assert left_behind(person) == []
    unit = person.village or person.town
    for row in Assignment.objects.filter(person=person).not_over_on(today()):
        assert fits(row.worker, unit)
    for code, boss in moves.bosses.items():
        ours = code == person.town.code
        assert Person.objects.visible_to(boss).filter(pk=person.pk).exists() == ours
        assert CheckIn.objects.visible_to(boss).filter(person=person).count() == (2 if ours else 0)


def test_the_clock_of_a_move(db: None) -> None:
    """Until the evening before the old unit counts, from the day on the new one."""
    moves = Moves()
    moves.correct(area(WANQUAN))
    yesterday = today() - timedelta(days=1)

    def persons(code: str, day: date) -> int:
        return break_down(Period(area(code), day, day, day)).total["persons"].numerator

    assert [persons(code, yesterday) for code in (JIAJI, WANQUAN)] == [1, 0]
    assert [persons(code, today()) for code in (JIAJI, WANQUAN)] == [0, 1]
    moves.correct(area(JIAJI))
    assert [persons(code, today()) for code in (JIAJI, WANQUAN)] == [1, 0]
    assert [persons(code, yesterday) for code in (JIAJI, WANQUAN)] == [1, 0]
