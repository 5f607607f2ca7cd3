"""A person comes to another unit: every row goes along, and the old unit keeps nothing.

The models are found by what they are, the addresses are those of the matrix, the doors are tried
in any order by chance. Figures of past days stay with the unit of then.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

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
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, change_person
from apps.persons.services.assigning import fits
from apps.persons.services.moving import personal_models
from apps.reports.breakdown import break_down
from apps.transfers.services import accept_transfer, ask_transfer, hand_over
from tests.architecture.matrix_world import World
from tests.architecture.test_url_matrix import addresses, ask
from tests.architecture.url_matrix import LINES, Line
from tests.architecture.url_matrix_admin import ADMIN_LINES
from tests.architecture.visitors import COUNTY, RECORDS
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.pages import running_case
from tests.factories.schedule import seen
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db
SOAK = os.environ.get("HYPOTHESIS_PROFILE") == "soak"
NAME = "欧阳寻踪"
# What is said of a transfer stays with both units; an open one keeps the person where it is.
KEPT = ("transfers:", "admin:transfers_")
# The world's rows that are no part of a file, or that keep a person from moving.
NOT_HERE = {"twin", "transfer", "cover", "absence", "place", "by"}


def whole_file() -> World:
    """A world in which a row of every model tells of one person."""
    world = World()
    world.person.name = NAME
    Person.objects.filter(pk=world.person.pk).update(name=NAME)
    for name, value in {k: v for base in World.__mro__ for k, v in vars(base).items()}.items():
        if isinstance(value, cached_property) and name not in NOT_HERE:
            getattr(world, name)
    world.release.file, world.release.case = world.person, world.case
    world.release.received_on, world.release.reception = date(2024, 5, 1), "self"
    world.release.received_by = world.by
    world.release.save()
    return world


def left_behind(person: Person) -> list[str]:
    """Models with a row that is not where the person is."""
    place = place_ids(Person.objects.get(pk=person.pk))
    return [
        model.__name__
        for model, column in personal_models().items()
        if model._default_manager.filter(**{column: person}).exclude(**place).exists()
    ]


def test_every_model_about_a_person_moves_and_no_page_of_the_old_unit_shows_the_person() -> None:
    world = whole_file()
    models = personal_models()
    missing = [m.__name__ for m, c in models.items() if not m._default_manager.filter(
        **{c: world.person}).exists()]  # fmt: skip
    assert missing == [], "Make a row in tests/architecture/matrix_world.py"
    # Whoever sees the county sees what its towns and workers see.
    walks = {COUNTY: LINES, RECORDS: ADMIN_LINES}
    seen_before = list(islice(walk(world, {COUNTY: LINES}), 8))
    assert len(seen_before) == 8, "The walk sees nothing"
    boss = UserFactory(county_supervisor=True, area=area(WENCHANG))
    correct_case(case=world.case, by=UserFactory(system_admin=True), area=area(WENCHENG))
    assert left_behind(world.person) == []
    for model, column in models.items():
        rows = model._default_manager.filter(**{column: world.person})
        assert rows.visible_to(boss).exists(), model  # type: ignore[attr-defined]
    assert list(walk(world, walks)) == []


def walk(world: World, lines: dict[str, list[Line]]) -> Iterator[str]:
    """Addresses whose page names the person, by the visitor who asks.

    Every day those without a row, which are the lists; `make soak` asks for pages of rows, too.
    """
    for visitor, theirs in lines.items():
        asked = [x for x in theirs if x.method == "get" and not x.name.startswith(KEPT)]
        asked = [x for x in asked if SOAK or not x.kwargs(world)]
        for line, url in addresses([x for x in asked if visitor in x.allowed], world):
            if shown(world, visitor, line, url):
                yield f"{visitor}: {url}"


def shown(world: World, visitor: str, line: Line, url: str) -> bool:
    """Whether the page names the person."""
    answer = ask(world.clients[visitor], line, url, "get")
    content = b"".join(answer) if answer.streaming else answer.content
    words = content.decode(errors="replace")
    return NAME in words or str(world.person.public_id) in words.replace(url, "")


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
        self.case = running_case(
            self.workers[JIAJI], reported_on=date(2024, 3, 1), agreement_on=date(2024, 3, 1),
            decided_on=date(2024, 2, 20), received_on=date(2024, 2, 22),
        )  # fmt: skip
        Person.objects.filter(pk=self.person.pk).update(created_at="2024-02-20T00:00+08:00")
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
        return Person.objects.get(pk=self.case.person_id)

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


@settings(max_examples=300 if SOAK else 2, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(st.lists(
    st.tuples(st.sampled_from(DOORS), st.sampled_from(PLACES), st.integers(0, 40)),
    min_size=1, max_size=4,
))  # fmt: skip
@example([
    ("correct", "469002100001", 0), ("transfer", WANQUAN, 3), ("correct", FAR, 0),
    ("assign", FAR, 0), ("older_ledger", JIAJI, 1), ("correct_file", JIAJI, 5),
    ("release", WANQUAN, 5), ("second_order", JIAJI, 2),
])  # fmt: skip
def test_after_any_moves_the_file_is_whole_and_figures_stay(
    steps: list[tuple[str, str, int]],
) -> None:
    with transaction.atomic():
        follow(steps)
        transaction.set_rollback(True)


def follow(steps: list[tuple[str, str, int]]) -> None:
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
