"""Every page, in Chinese at the desk and in English on the phone: axe finds nothing, nothing
scrolls sideways. Pages of an office are looked at in all WIDTHS besides, once they are open.

`make soak` (WHOLE_SWEEP=1) opens them in both languages at the desk and on the phone, and looks at
all of them in all widths. With PICTURES=folder the pictures are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from apps.accounts.models import User
from apps.campaigns.services import give_slots
from apps.counselling.services import ByWhom
from apps.guide.pages import JOBS
from apps.imports.models import LedgerImport
from apps.imports.services.working import work_on
from tests.architecture.visitors import WHOLE_SWEEP
from tests.drugtests.ways import disputed, of_hair
from tests.e2e.axe import ONLY, PICTURES, assert_good_page
from tests.e2e.conftest import Desk
from tests.e2e.story import Story, told
from tests.e2e.widths import show, too_wide
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.assistance import approved, paid
from tests.factories.breaches import days_ago, heard, recorded
from tests.factories.campaigns import entered, listed, opened, site_of, slots_of
from tests.factories.care import care_list_of, cared_for, looked_at, planned, stepped
from tests.factories.cases import CaseFactory
from tests.factories.counselling import counselled
from tests.factories.draws import stored_draw
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.exports import waits
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.imports import received
from tests.factories.learning import learned, unit_score
from tests.factories.pages import running_case
from tests.factories.periodic import frozen
from tests.factories.persons import PersonFactory, resident_number
from tests.factories.schedule import at
from tests.factories.treatment import attended, clinic_of, station_of, treated

# Chinese at the desk, and on the phone the longer English words.
LOOKS = [("zh-hans", 1440), ("en", 390)]
if PICTURES or WHOLE_SWEEP:
    LOOKS += [("en", 1440), ("zh-hans", 390)]
REPORT = "report"
PERSON, WAITING, DRAW, DRAWN, SAMPLE, NOTHING = "person", "waiting", "draw", "drawn", "sample", ""
CAMPAIGN, TARGET, DRIVERS, HAIR = "campaign", "target", "drivers", "hair"
HELPED = "helped"
ROUND, LOOKED_IN_ON = "round", "looked in on"

WORKS, TRAINED = "works", "trained"
TRIED = "tried"
EXPORT = "export"
TREATED, CLINIC, LEARNED = "treated", "clinic", "learned"
COUNSELLED = "counselled"
PLANNED, STEP, CARED_FOR = "planned", "step", "cared for"


@dataclass(frozen=True)
class Shown:
    """A page: who opens it (stranger, worker, supervisor or a trait) and whom it is about."""

    url: str
    by: str = "worker"
    about: str = NOTHING
    query: str = ""
    args: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "-".join([self.url.replace(":", "-"), *self.args])


ABOUT_NOBODY = [
    Shown("accounts:sign-in", "stranger"),
    Shown("accounts:redeem-code", "stranger"),
    Shown("accounts:password"),
    Shown("accounts:me"),
    Shown("accounts:second-list", "system_admin"),
    Shown("admin:index", "system_admin"),
    Shown("plans:list", "system_admin"),
    Shown("plans:new", "system_admin"),
    Shown("plans:choose", "system_admin"),
    Shown("assessments:validity", "system_admin"),
    Shown("assessments:validity-new", "system_admin", query="?risk_level=medium"),
    Shown("guide:index"),
    *[Shown("guide:page", args=(slug,)) for slug in JOBS],
    # What is refused: no such page, and a page of others.
    Shown("guide:page", args=("nothing",)),
    Shown("reports:dashboard"),
]
OF_AN_OFFICE = [
    Shown("workbench:today"),
    Shown("checkins:round"),
    Shown("checkins:round-print"),
    Shown("checkins:list"),
    Shown("checkins:create", about=PERSON),
    Shown("needs:list"),
    Shown("assistance:list"),
    Shown("assistance:changes", "supervisor"),
    Shown("assistance:person", about=PERSON),
    Shown("assistance:create", about=PERSON),
    Shown("assistance:detail", "supervisor", about=HELPED),
    Shown("assistance:pay", about=HELPED),
    Shown("assistance:ledger", "supervisor"),
    Shown("assistance:elsewhere", "supervisor"),
    Shown("reports:dashboard", "supervisor"),
    Shown("reports:help", "supervisor"),
    Shown("reports:trend", "supervisor"),
    Shown("reports:quality", "supervisor"),
    Shown("reports:indicators", "supervisor"),
    Shown("persons:lookups", "supervisor"),
    Shown("persons:checkins", about=PERSON),
    Shown("persons:needs", about=PERSON),
    Shown("persons:access", "supervisor", about=PERSON),
    Shown("handover:copy", "supervisor", about=PERSON),
    Shown("needs:create", about=PERSON),
    Shown("accounts:staff-list", "supervisor"),
    Shown("covers:list", "supervisor"),
    Shown("covers:begin", "supervisor"),
    Shown("persons:list"),
    Shown("persons:create"),
    Shown("workbench:search", query="?q=chs"),
    Shown("cases:unassigned", "supervisor"),
    Shown("approvals:list", "supervisor"),
    Shown("cases:gaps", "supervisor"),
    Shown("workbench:person", about=PERSON),
    Shown("cases:case", about=PERSON),
    Shown("persons:contacts", about=PERSON),
    Shown("persons:history", about=PERSON),
    Shown("persons:edit", about=PERSON),
    Shown("persons:reveal", "supervisor", about=PERSON),
    Shown("workbench:person-print", about=PERSON),
    Shown("assessments:person", about=PERSON),
    Shown("assessments:create", about=PERSON),
    Shown("assessments:list"),
    Shown("visits:lost"),
    Shown("visits:lost-new", about=PERSON),
    Shown("employment:list"),
    Shown("employment:person", about=PERSON),
    Shown("employment:place", about=PERSON),
    Shown("employment:placement", about=WORKS),
    Shown("employment:bases", "supervisor"),
    Shown("employment:courses", "supervisor"),
    Shown("employment:course", about=TRAINED),
    Shown("handover:list", "supervisor"),
    Shown("handover:receive", "supervisor"),
    Shown("handover:load", "supervisor"),
    Shown("imports:list", "records_admin"),
    Shown("imports:new", "records_admin"),
    Shown("exports:ledger", "supervisor"),
    Shown("exports:requests", "supervisor"),
    Shown("exports:request", "supervisor", about=EXPORT),
    Shown("exports:dictionary", "records_admin"),
    Shown("imports:import", "records_admin", about=TRIED),
    Shown("imports:columns", "records_admin", about=TRIED),
    Shown("treatment:list"),
    Shown("treatment:person", about=PERSON),
    Shown("treatment:treatment", about=TREATED),
    Shown("treatment:clinics", "supervisor"),
    Shown("treatment:new-clinic", "supervisor"),
    Shown("treatment:months", about=CLINIC),
    Shown("learning:list"),
    Shown("learning:new", about=PERSON),
    Shown("learning:record", about=LEARNED),
    Shown("learning:units", "supervisor"),
    Shown("counselling:list"),
    Shown("counselling:person", about=PERSON),
    Shown("counselling:create", about=PERSON),
    Shown("counselling:session", about=COUNSELLED),
    Shown("counselling:notes", about=COUNSELLED),
    Shown("counselling:notes", "supervisor", about=COUNSELLED),
    Shown("counselling:correct", about=COUNSELLED),
    Shown("periodic:list", "supervisor"),
    Shown("periodic:preview", "supervisor"),
    Shown("periodic:report", "supervisor", about=REPORT),
    Shown("periodic:rules", "supervisor"),
    Shown("periodic:form", "supervisor", args=("month",)),
    Shown("draws:list", "supervisor"),
    Shown("draws:new", "supervisor"),
    Shown("draws:draw", "supervisor", about=DRAW, query="?again=1"),
    Shown("draws:drawn", about=DRAWN),
    Shown("draws:statistics", "supervisor"),
    Shown("draws:excuse", about=PERSON),
    Shown("campaigns:list"),
    Shown("care:person", about=PERSON),
    Shown("care:new", about=PERSON),
    Shown("care:plan", about=PLANNED),
    Shown("care:step", about=PLANNED),
    Shown("care:end-step", about=STEP),
    Shown("care:review", about=PLANNED),
    Shown("care:lists", "supervisor"),
    Shown("care:new-list", "supervisor"),
    Shown("care:list", "supervisor", about=CARED_FOR),
    Shown("care:fill", "supervisor", about=CARED_FOR),
    Shown("followups:list"),
    Shown("followups:new", "supervisor"),
    Shown("followups:round", "supervisor", about=ROUND),
    Shown("followups:fill-released", "supervisor", about=ROUND),
    Shown("followups:target", about=LOOKED_IN_ON),
    Shown("followups:attempt", about=LOOKED_IN_ON),
    Shown("campaigns:new", "supervisor"),
    Shown("campaigns:campaign", "supervisor", about=CAMPAIGN),
    Shown("campaigns:grid", about=CAMPAIGN),
    Shown("campaigns:results", about=CAMPAIGN),
    Shown("campaigns:samples-sealed", about=HAIR),
    Shown("campaigns:samples-stored", about=HAIR),
    Shown("campaigns:samples-analysed", about=HAIR),
    Shown("campaigns:add", "supervisor", about=CAMPAIGN),
    Shown("campaigns:fill-numbers", "supervisor", about=CAMPAIGN),
    Shown("campaigns:target", about=TARGET),
    Shown("campaigns:sites", "supervisor", about=CAMPAIGN),
    Shown("campaigns:site-add", "supervisor", about=CAMPAIGN),
    Shown("campaigns:move", about=TARGET),
    Shown("campaigns:campaign-day", about=CAMPAIGN),
    Shown("campaigns:labels", about=CAMPAIGN),
    Shown("campaigns:sheets", about=CAMPAIGN),
    Shown("campaigns:slip", about=TARGET),
    Shown("campaigns:counts", "supervisor", about=DRIVERS),
    Shown("drugtests:list"),
    Shown("drugtests:occupational", "supervisor"),
    Shown("drugtests:person", about=PERSON),
    Shown("drugtests:create", about=PERSON),
    Shown("drugtests:not-taken", about=PERSON),
    Shown("drugtests:on-their-way", "supervisor"),
    Shown("drugtests:storage", "supervisor"),
    Shown("drugtests:objections", "supervisor"),
    Shown("drugtests:detail", about=SAMPLE),
    Shown("drugtests:step", about=SAMPLE, args=("unfit",)),
    Shown("drugtests:custody", about=SAMPLE),
    Shown("drugtests:labels", about=SAMPLE),
    Shown("drugtests:notice", about=SAMPLE),
    Shown("assessments:rounds"),
    Shown("plans:list", "supervisor"),
    Shown("documents:templates", "supervisor"),
]
# Of others, whose columns are more, and one whose words are many.
OF_OTHERS = [
    Shown("persons:list", "supervisor"),
    Shown("workbench:today", "supervisor"),
    Shown("cases:agreement", "supervisor", about=WAITING),
]
# English words are longer, and of them every page is looked at in all widths; of Chinese every
# second page, and those whose columns are many. What axe says of a page in one look it says in the
# other: half of the pages are asked in each.
MANY_COLUMNS = {"persons:list", "workbench:today", "approvals:list", "cases:gaps"}


def tour(
    desk: Desk,
    pages: list[Shown],
    users: dict[str, User | None],
    about: dict[str, Any],
    *,
    at_all_widths: Callable[[Shown], bool] = lambda shown: False,
    asks_axe: Callable[[Shown], bool] = lambda shown: True,
    **look: Any,
) -> list[str]:
    """Opens every page once, one after the other in the same tab; what was found wrong, by page."""
    found = []
    tabs = {name: desk.window(user, **look).new_page() for name, user in users.items()}
    for shown in (shown for shown in pages if not ONLY or shown.name in ONLY):
        page, args = tabs[shown.by], [*([about[shown.about]] if shown.about else []), *shown.args]
        page.goto(reverse(shown.url, args=args) + shown.query)
        size = page.viewport_size
        try:
            assert_good_page(page, shown.name, asks_axe=asks_axe(shown))
        except AssertionError as error:
            found.append(f"{shown.name}: {error}")
        if at_all_widths(shown):
            found += too_wide(page)
        if size and size != page.viewport_size:
            page.set_viewport_size(size)
    return found


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_pages_about_nobody(desk: Desk, settings: Any, lang: str, width: int) -> None:
    settings.DEMO = True  # with its banner
    users = {
        "stranger": None,
        "worker": UserFactory(name="周晓岚"),
        "system_admin": UserFactory(system_admin=True, name="管理员"),
    }
    half = set(ABOUT_NOBODY[lang == "en" :: 2])
    asked = set(ABOUT_NOBODY) if WHOLE_SWEEP or PICTURES else half
    found = tour(
        desk, ABOUT_NOBODY, users, {}, lang=lang, width=width, asks_axe=lambda one: one in asked
    )
    assert found == []


def rows_of(story: Story) -> dict[str, Any]:
    """What the pages of an office are about: the names of rows, by what they are called above."""
    made = stored_draw(story.first.person, story.supervisor)
    sample = disputed(story.first.person, story.worker)
    campaign = opened(by=story.supervisor)
    row = listed(campaign, story.first.person, ground="consent", ground_words="本人书面同意")
    slots_of(site_of(campaign, by=story.supervisor), by=story.supervisor, day=campaign.last)
    give_slots(campaign=campaign, by=story.supervisor)
    for outcome in ("negative", "positive"):
        found = running_case(story.worker, person=PersonFactory(sex="1")).person
        entered(listed(campaign, found), outcome=outcome, occurred_at=at(campaign.first, "00:00"))
    help_ = approved(person=story.first.person, by=story.supervisor)
    paid(help_, by=story.supervisor, household=2)
    visits = round_of(by=story.supervisor)
    looked_in = looked_in_on(visits, story.first.person)
    noted(looked_in, by=story.worker, words="在修车店上班，孩子上学的钱有点紧")
    works = placed(story.first.person, by=story.worker)
    looked(works, by=story.worker, words="老板说干活踏实，想长期留下")
    course = course_of(by=story.supervisor, provider="职业技能培训中心", places=20)
    enrolled(course, story.first.person, by=story.worker)
    base_of(by=story.supervisor)
    clinic = clinic_of(by=story.supervisor)
    station_of(clinic, by=story.supervisor)
    treatment = treated(story.first.person, by=story.worker, clinic=clinic)
    attended(treatment, by=story.worker)
    learning = learned(story.first.person, by=story.worker, words="自己用手机学完的")
    unit_score(by=story.supervisor)
    held = counselled(
        story.first.person, by=story.worker, kind="both", family_told="agreed",
        agreed_on=days_ago(0), next_on=days_ago(-14),
        who=ByWhom("other", "李医生", "县人民医院心理科"), words="夜里睡不好，和妻子一起谈了很久",
    )  # fmt: skip
    plan = planned(story.first.person, by=story.worker, matters="上午要送孩子上学，约在下午")
    step = stepped(plan, by=story.worker)
    looked_at(plan, by=story.worker, changed="培训改到下个月")
    care = care_list_of(by=story.supervisor)
    cared_for(care, story.first.person, by=story.supervisor)
    return {
        COUNSELLED: held.public_id,
        TREATED: treatment.public_id, CLINIC: clinic.public_id, LEARNED: learning.public_id,
        WORKS: works.public_id, TRAINED: course.public_id, TRIED: _tried().public_id,
        EXPORT: waits(by=story.worker).public_id,
        HELPED: help_.public_id, PLANNED: plan.public_id, STEP: step.public_id,
        CARED_FOR: care.public_id,
        ROUND: visits.public_id, LOOKED_IN_ON: looked_in.public_id,
        SAMPLE: sample.public_id,
        REPORT: frozen(area(JIAJI), by=UserFactory(town_supervisor=True)).public_id,
        PERSON: story.first.person.public_id, DRAW: made.public_id,
        DRAWN: made.rows.get().public_id, CAMPAIGN: campaign.public_id, TARGET: row.public_id,
        DRIVERS: opened(by=story.supervisor, title="客运", asks="occupation").public_id,
        HAIR: of_hair(story.supervisor, story.worker).public_id,
    }  # fmt: skip


def _tried() -> LedgerImport:
    """A ledger with lines of each state, and a column that nobody knows."""
    one = received(
        [
            ["序号", "姓名", "身份证号码", "管控类型", "报到日期", "备注"],
            ["1", "林志明", resident_number(7101), "社区戒毒", "2024-03-01", "在家"],
            ["2", "符丽琴", resident_number(7102), "社会面管控", "", ""],
            ["3", "王秀莲", "46900219910514", "社会面管控", "", ""],
            ["4", "陈福山", resident_number(7104), "临时看看", "2024-02-30", ""],
        ],
        by=UserFactory(records_admin=True),
    )
    work_on(one)
    return LedgerImport.objects.get(pk=one.pk)


@pytest.mark.parametrize(("lang", "width"), LOOKS)
def test_pages_of_an_office(desk: Desk, lang: str, width: int) -> None:
    story, pages = told(), OF_AN_OFFICE
    users: dict[str, User | None] = {"worker": story.worker, "supervisor": story.supervisor}
    about = rows_of(story)
    users["records_admin"] = LedgerImport.objects.get(public_id=about[TRIED]).recorded_by
    if not PICTURES:
        breach = recorded(story.first, story.worker, kind="left", on=days_ago(9), until=days_ago(5))
        heard(breach, story.worker, said="手机掉水里了，不知道外出要书面报告。" * 3)
        waiting: Any = CaseFactory(not_agreed=True, person=PersonFactory(name="欧阳秋月"))
        about[WAITING], pages = waiting.public_id, OF_AN_OFFICE + OF_OTHERS
    wide = {one for one in pages if one in OF_OTHERS or one.url in MANY_COLUMNS}
    half = set(pages[::2])  # of Chinese
    english, whole = lang == "en", bool(PICTURES) or WHOLE_SWEEP
    found = tour(
        desk, [one for one in pages if english or whole or one in half | wide], users, about,
        lang=lang, width=width,
        at_all_widths=lambda one: not PICTURES and (WHOLE_SWEEP or english or one in wide),
        asks_axe=lambda one: whole or (one not in half if english else one in half),
    )  # fmt: skip
    assert found == []


def test_the_page_of_those_who_are_too_busy_to_answer(desk: Desk) -> None:
    page = desk.open("/")
    page.set_content(render_to_string("core/503.html"), wait_until="load")
    for width in (1440, 390):
        show(page, width)
        assert_good_page(page, "busy")
