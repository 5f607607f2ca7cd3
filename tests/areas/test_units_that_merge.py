"""A unit that became another: every door of the new one opens on what lay in the old one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from apps.accounts.models import User
from apps.areas.fields import AreaField, full_name
from apps.areas.models import Area
from apps.areas.services import change_area, merge_areas, open_area
from apps.assessments.services import set_validity
from apps.cases.deadlines import deadline_of
from apps.cases.models import Case
from apps.core.days import today
from apps.law.services import set_parameter
from apps.ledgers.places import UnitPlaces
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import assign_worker, open_person
from apps.reports.breakdown import break_down
from apps.reports.indicators import INDICATORS
from apps.schedule.case_facts import facts_of
from apps.schedule.plans import PlanBook
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import plan

pytestmark = pytest.mark.django_db
OLD_VILLAGE, THIRD = "469002101200", "469002109"
BEFORE = date(2024, 1, 1)


def merge(code: str, into: str) -> None:
    merge_areas(area=area(code), into=area(into), by=User.objects.system())


def opened(code: str, name: str) -> None:
    area(QIONGHAI)
    open_area(code=code, name=name, by=User.objects.system())


def town_into_town() -> None:
    merge(WANQUAN, JIAJI)


def village_into_village() -> None:
    opened("469002101201", "新村")
    merge(OLD_VILLAGE, "469002101201")


def twice_in_a_row() -> None:
    opened(THIRD, "中间镇")
    merge(WANQUAN, THIRD)
    merge(THIRD, JIAJI)


def town_then_village() -> None:
    merge(WANQUAN, JIAJI)
    merge(OLD_VILLAGE, "469002100200")


def renamed() -> None:
    change_area(area=area(WANQUAN), name="万泉河镇", by=User.objects.system())


def county_into_county() -> None:
    merge("469005", QIONGHAI)


@dataclass(frozen=True)
class Scenario:
    """`town` and `place` are codes of today; `before` and `after` are what a form is given."""

    act: Callable[[], None]
    town: str
    place: str
    before: str
    after: str
    filters: tuple[str, ...]
    home: str = OLD_VILLAGE
    # Names that ended with the merger: what is written since is not found by them.
    ended: tuple[str, ...] = ()


SCENARIOS = [
    Scenario(town_into_town, JIAJI, OLD_VILLAGE, "万泉镇加积坡村", "嘉积镇加积坡村",
             ("万泉镇", "嘉积镇", "加积坡村", WANQUAN)),
    Scenario(village_into_village, WANQUAN, "469002101201", "万泉镇加积坡村", "万泉镇新村",
             ("万泉镇", "加积坡村", "新村"), ended=("加积坡村",)),
    Scenario(twice_in_a_row, JIAJI, OLD_VILLAGE, "万泉镇加积坡村", "嘉积镇加积坡村",
             ("万泉镇", "嘉积镇", "加积坡村")),
    Scenario(town_then_village, JIAJI, "469002100200", "万泉镇加积坡村", "嘉积镇先锋村",
             ("嘉积镇", "万泉镇", "加积坡村", "先锋村"), ended=("万泉镇", "加积坡村")),
    Scenario(renamed, WANQUAN, OLD_VILLAGE, "万泉镇加积坡村", "万泉河镇加积坡村",
             ("万泉镇", "万泉河镇", "加积坡村")),
    Scenario(county_into_county, "469005100", "469005100200", "文城镇下山村", "琼海市文城镇下山村",
             ("文昌市", "琼海市", "文城镇", "下山村"), home="469005100200"),
]  # fmt: skip


class World:
    """A person of the old place with an order, before and after; the staff of the new unit."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.old_staff: User = UserFactory(area=area(scenario.home).above)
        self.person: Person = PersonFactory(area=area(scenario.home))
        self.case: Case = CaseFactory(person=self.person)
        scenario.act()
        self.worker: User = UserFactory(area=area(scenario.town))
        self.chief: User = UserFactory(town_supervisor=True, area=area(scenario.town))
        self.boss: User = UserFactory(county_supervisor=True, area=area(QIONGHAI))

    def later(self) -> Person:
        """A file that the staff of the new unit open in the old place."""
        return open_person(
            by=self.worker, area=area(self.scenario.home), name="陈后来", document_kind="none"
        )


@pytest.fixture(params=SCENARIOS, ids=lambda s: s.act.__name__)
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param)


def test_a_worker_of_the_new_unit_gets_a_person_of_the_old_place(world: World) -> None:
    assign_worker(persons=[world.person], worker=world.worker, by=world.chief, on=today())
    assert list(Person.objects.visible_to(world.worker)) == [world.person]
    assert list(Case.objects.visible_to(world.chief)) == [world.case]


def test_staff_open_files_in_the_old_place_and_it_is_the_new_one(world: World) -> None:
    person = world.later()
    assert person.town == area(world.scenario.town)
    assert person.village == area(world.scenario.place)
    assert person.county == area(QIONGHAI)
    assert set(Person.objects.visible_to(world.chief)) == {world.person, person}


def test_an_account_of_the_old_unit_goes_on(world: World) -> None:
    world.old_staff.refresh_from_db()
    assert world.old_staff.area == area(world.scenario.town)
    client = signed_in(world.old_staff)
    assert client.get(reverse("workbench:today")).status_code == 200
    assert world.chief.may("staff_reset")
    assert world.old_staff in User.objects.staff_of(world.chief)


def test_every_figure_counts_once_and_under_the_new_unit(world: World) -> None:
    world.later()
    period = Period(area(QIONGHAI), BEFORE, today(), today())
    found = break_down(period)
    names = [unit.area and unit.area.code for unit in found.units]
    assert None not in names
    assert all(Area.objects.get(code=code).active for code in names)
    home = found.units[names.index(world.scenario.town)]
    assert (home.figures["persons"].numerator, home.figures["cases_in_force"].numerator) == (2, 1)
    below = break_down(Period(area(world.scenario.town), BEFORE, today(), today()))
    [place] = [unit for unit in below.units if unit.area == area(world.scenario.place)]
    assert place.figures["persons"].numerator == 2
    for code in INDICATORS:
        assert sum(u.figures[code].numerator for u in below.units) == below.total[code].numerator


def test_the_dashboard_drills_down_by_the_new_and_the_old_code(world: World) -> None:
    client = signed_in(world.boss)
    old = area(world.scenario.home)
    for code in (world.scenario.town, world.scenario.place, old.code, old.parent.code):
        answer = client.get(reverse("reports:dashboard"), {"area": code})
        assert answer.status_code == 200
        assert answer.context["period"].area.active
        assert "Unit not known" not in answer.content.decode()


def test_filters_find_them_by_the_old_and_the_new_name(world: World) -> None:
    later = world.later()
    client = signed_in(world.boss)
    for words in world.scenario.filters:
        page = client.get(reverse("persons:list"), {"area": words, "unit": words})
        found = page.content.decode()
        assert world.person.name in found, words
        assert (later.name in found) == (words not in world.scenario.ended), words
    assert (
        world.person.name
        not in client.get(reverse("persons:list"), {"area": "东风社区"}).content.decode()
    )


def test_forms_take_the_place_by_its_old_and_new_name(world: World) -> None:
    place = area(world.scenario.place)
    for within in (world.worker.area, world.boss.area):
        field = AreaField(within=within)
        for typed in (world.scenario.before, world.scenario.after, full_name(place), place.code):
            assert field.clean(typed) == place, typed


def test_an_import_finds_the_place_by_its_old_and_new_name(world: World) -> None:
    for text in (world.scenario.before, world.scenario.after):
        for places in (UnitPlaces(area(QIONGHAI)), UnitPlaces(area(world.scenario.town))):
            found = places.find(f"{text}三队")
            assert found is not None, text
            assert (found.area, found.rest) == (area(world.scenario.place), "三队")


def test_plans_and_numbers_of_the_new_unit_hold(world: World) -> None:
    rule = plan("3d", area(world.scenario.town))
    set_parameter(
        name="report_days", value=4, effective_from=BEFORE, basis="办法", by=world.boss,
        area=area(world.scenario.town),
    )  # fmt: skip
    [facts] = facts_of([world.case.pk])
    held = PlanBook.load("checkin").rule_on(facts, today())
    assert held is not None
    assert held.id == rule.pk
    assert deadline_of(world.case) == date(2024, 2, 26)


def test_today_lists_them(world: World) -> None:
    assign_worker(persons=[world.person], worker=world.worker, by=world.chief, on=today())
    for user in (world.worker, world.chief):
        page = signed_in(user).get(reverse("workbench:today"))
        assert world.person.name in page.content.decode()


def test_the_unit_is_chosen_in_the_top_bar_by_both_names(world: World) -> None:
    old = area(world.scenario.home)
    town = area(world.scenario.town)
    for text in (old.parent.code, old.parent.name, town.name):
        chosen: Any = world.boss.unit_below(text)
        if old.parent.level == "town":
            assert chosen == town
    links = signed_in(world.boss).get(reverse("accounts:units"), {"area": town.code})
    assert full_name(town) in links.content.decode()


def test_the_assign_page_offers_the_workers_of_both(world: World) -> None:
    client, row = signed_in(world.chief), {"row": str(world.person.public_id)}
    page = client.post(reverse("persons:assign"), row).content.decode()
    assert world.worker.name in page
    assert world.old_staff.name in page
    sent = row | {"worker": world.worker.pk, "on": str(today()), "kind": "responsible"}
    assert client.post(reverse("persons:assign"), sent).status_code == 302
    assert list(Person.objects.visible_to(world.worker)) == [world.person]


def test_the_admin_finds_by_both_names_and_offers_the_unit_of_today(world: World) -> None:
    """Every chooser of a unit, and every search that looks for one."""
    client, place = signed_in(UserFactory(system_admin=True)), area(world.scenario.place)
    old = Area.objects.get(code=world.scenario.home)
    fields = [
        (model, name)
        for model, shown in admin.site._registry.items()
        for name in shown.autocomplete_fields
        if model._meta.get_field(name).related_model is Area and model is not Person
    ]
    assert len(fields) > 4
    for model, name in fields:
        for words in (old.name, place.name, *old.former_names):
            facts = {"app_label": model._meta.app_label, "field_name": name, "term": words,
                     "model_name": model._meta.model_name}  # fmt: skip
            answer = client.get(reverse("admin:autocomplete"), facts).json()
            offered = {int(row["id"]) for row in answer["results"]}
            assert place.pk in offered, (model, words)
            assert not Area.objects.filter(pk__in=offered, active=False).exists()
    town, parent = area(world.scenario.town), Area.objects.get(pk=old.parent_id)
    for words in (town.name, parent.name, *parent.former_names):
        answer = client.post("/admin/accounts/user/", {"q": words}, follow=True)
        assert world.worker.username in answer.content.decode(), words


def test_what_is_set_for_a_unit_that_is_no_more_holds_in_its_successor(world: World) -> None:
    old = Area.objects.get(pk=area(world.scenario.home).parent_id)
    facts = {"effective_from": today(), "basis": "办法", "by": world.boss, "area": old}
    number = set_parameter(name="report_days", value=4, **facts)
    rule = set_validity(risk_level="high", months=2, **facts)
    assert number.area == rule.area == plan("3d", old).area == old.today


def test_a_form_that_names_two_units_names_none() -> None:
    opened("469002100300", "加积坡村")
    town_into_town()
    field = AreaField(within=area(JIAJI))
    assert field.clean("万泉镇加积坡村") == area(OLD_VILLAGE)
    with pytest.raises(Exception, match="No single unit"):
        field.clean("嘉积镇加积坡村")
