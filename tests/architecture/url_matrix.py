"""Every address of the product and who gets what from it. An address without a line fails.

A line says who is `allowed` (gets the page, or may act) and from whom the row is `hidden` (404,
the same as for a row that does not exist). Everybody else who is signed in gets 403; who is signed
out, or whose account is disabled, comes to the sign-in page.

To add yours: one `Line` under your app, with `kwargs` from the world when the address has any
(tests/architecture/matrix_world.py; add a cached property there for a row that is missing).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.matrix_figures import FIGURE_LISTS
from tests.architecture.matrix_world import World
from tests.architecture.visitors import (
    AUDITOR,
    COUNTY,
    COUNTY_ELSEWHERE,
    EVERYBODY,
    MATE,
    PROVINCE,
    RECORDS,
    RECORDS_ELSEWHERE,
    SYSTEM,
    TOWN,
    TOWN_ELSEWHERE,
    WORKER,
    WORKER_ELSEWHERE,
)

Visitors = frozenset[str]

ALL: Visitors = frozenset(EVERYBODY)
WORKERS: Visitors = frozenset({WORKER, MATE, WORKER_ELSEWHERE})
SUPERVISORS: Visitors = frozenset(
    {TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE, RECORDS, RECORDS_ELSEWHERE}
)
APPROVERS: Visitors = frozenset({TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE})
# Who may be the second person for an account of a higher role.
CONFIRMERS: Visitors = frozenset({COUNTY, COUNTY_ELSEWHERE, RECORDS, RECORDS_ELSEWHERE, SYSTEM})
# Whoever sees persons, of whatever area.
DAILY: Visitors = WORKERS | SUPERVISORS
ADMINS: Visitors = frozenset({RECORDS, RECORDS_ELSEWHERE, SYSTEM, AUDITOR})
SIGNED_IN: Visitors = DAILY | {PROVINCE, SYSTEM, AUDITOR}
FIGURES: Visitors = SUPERVISORS | {PROVINCE}
# Whose area the person of the world lives in, and who is responsible.
NEAR: Visitors = frozenset({WORKER, TOWN, COUNTY, RECORDS})
FAR: Visitors = DAILY - NEAR
# Who is expected has no worker yet: whoever works in the town receives.
TOWN_STAFF: Visitors = NEAR | {MATE}
# To whose area the transfer of the world is handed over.
RECEIVERS: Visitors = frozenset({TOWN_ELSEWHERE, COUNTY_ELSEWHERE, RECORDS_ELSEWHERE})
BOTH_SIDES: Visitors = NEAR | RECEIVERS
# Who may read confidential facts of health.
SEALED: Visitors = APPROVERS
# Signed in and of another area than the round's.
ELSEWHERE: Visitors = frozenset(
    {WORKER_ELSEWHERE, TOWN_ELSEWHERE, COUNTY_ELSEWHERE, RECORDS_ELSEWHERE}
)


def assessment(world: World) -> dict[str, Any]:
    return {"public_id": world.assessment.public_id}


def help_flag(world: World) -> dict[str, Any]:
    return {"public_id": world.help_flag.public_id}


def sealed_flag(world: World) -> dict[str, Any]:
    return {"public_id": world.sealed_flag.public_id}


def line_of_need(world: World) -> dict[str, Any]:
    return {"kind": "need", "row_id": world.need.public_id}


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Line:
    name: str
    allowed: Visitors
    hidden: Visitors = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = nothing
    # "post": the address only acts, GET answers 405.
    method: str = "get"
    # Answers without a sign-in.
    public: bool = False
    query: dict[str, str] = field(default_factory=dict)
    # The address names a row: one that is not there is a 404 for everybody who may ask.
    rows: bool = True
    visitors: tuple[str, ...] = EVERYBODY

    def standing(self, visitor: str) -> tuple[bool, bool]:
        return visitor in self.allowed, visitor in self.hidden


def person(world: World) -> dict[str, Any]:
    world.case  # noqa: B018 - the person has an order
    return {"public_id": world.person.public_id}


def case(world: World) -> dict[str, Any]:
    return {"public_id": world.case.public_id}


def due_item(world: World) -> dict[str, Any]:
    return {"item_id": world.due_item.pk}


def half_year(world: World) -> dict[str, Any]:
    """The person, with an order whose half-years are asked for."""
    return person(world) if world.case else {}


def by_id(name: str, **more: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"public_id": getattr(world, name).public_id, **more}


def contact(world: World) -> dict[str, Any]:
    return {**person(world), "contact_id": world.contact.public_id}


def cover(world: World) -> dict[str, Any]:
    return {**person(world), "cover_id": world.cover.public_id}


def ahead(world: World) -> dict[str, Any]:
    return {**person(world), "assignment_id": world.ahead.public_id}


def two_files(world: World) -> dict[str, Any]:
    return {**person(world), "other_id": world.twin.public_id}


def village(world: World) -> dict[str, Any]:
    assert world.person.village
    return {"code": world.person.village.code}


def of_person(name: str, may: Iterable[str] = DAILY, **more: Any) -> Line:
    """A page or an act of one person: for those near who may, hidden from the others who may."""
    return Line(
        name, NEAR & frozenset(may), hidden=FAR & frozenset(may), **{"kwargs": person, **more}
    )


LINES = [
    # config, core
    Line("home", SIGNED_IN),
    Line("core:live", ALL, public=True),
    Line("core:ready", ALL, public=True),
    Line("core:language", ALL, public=True, method="post"),
    Line("core:gallery", SIGNED_IN),
    # accounts
    Line("accounts:sign-in", ALL, public=True),
    Line("accounts:redeem-code", ALL, public=True),
    Line("accounts:sign-out", ALL, public=True, method="post"),
    Line("accounts:me", SIGNED_IN),
    Line("accounts:password", SIGNED_IN),
    Line("accounts:units", SUPERVISORS, rows=False),
    Line("accounts:staff-list", SUPERVISORS | {SYSTEM}),
    Line(
        "accounts:staff-code", frozenset({TOWN, COUNTY, RECORDS, SYSTEM}), kwargs=by_id("staff"),
        hidden=frozenset({TOWN_ELSEWHERE, COUNTY_ELSEWHERE, RECORDS_ELSEWHERE}),
    ),
    Line("accounts:second-list", CONFIRMERS, rows=False),
    Line(
        "accounts:second", frozenset({COUNTY, RECORDS, SYSTEM}),
        kwargs=lambda world: {"public_id": world.account_proposal.public_id},
        hidden=frozenset({COUNTY_ELSEWHERE, RECORDS_ELSEWHERE}),
    ),
    # guide
    Line("guide:index", SIGNED_IN),
    Line("guide:page", SIGNED_IN, kwargs=lambda world: {"slug": "worker"}, rows=False),
    # audit
    Line("audit:log", frozenset({AUDITOR})),
    # workbench
    Line("workbench:today", DAILY),
    of_person("workbench:today-panel"),
    Line("workbench:round-add", DAILY, method="post", query={"q": "chen"}),
    Line("workbench:round-with", DAILY, method="post"),
    of_person("workbench:line-why", kwargs=line_of_need),
    Line("workbench:search", DAILY, query={"q": "chen"}),
    of_person("workbench:person"),
    of_person("workbench:person-print"),
    # persons
    Line("persons:list", DAILY),
    Line("persons:view-save", DAILY, method="post"),
    Line("persons:view-delete", DAILY, method="post", kwargs=by_id("saved_view"), rows=False),
    of_person("persons:history"),
    of_person("persons:access", SUPERVISORS),
    of_person("persons:checkins"),
    of_person("persons:needs"),
    of_person("persons:visits"),
    Line("persons:create", DAILY),
    Line("persons:assign", SUPERVISORS, method="post"),
    Line("persons:lookups", SUPERVISORS),
    Line("persons:lookups-seen", SUPERVISORS, method="post"),
    Line("persons:alike", DAILY),
    # The worker looks after one of the two only.
    Line(
        "persons:compare", NEAR - {WORKER}, hidden=FAR | {WORKER}, kwargs=two_files,
    ),
    of_person("persons:not-same", SUPERVISORS, kwargs=two_files),
    of_person("persons:merge", {RECORDS, RECORDS_ELSEWHERE}, kwargs=two_files),
    of_person("persons:not-same-back", SUPERVISORS, kwargs=by_id("not_same")),
    Line("persons:merges", frozenset({RECORDS, RECORDS_ELSEWHERE})),
    of_person("persons:merge-undo", {RECORDS, RECORDS_ELSEWHERE}, kwargs=by_id("merge")),
    of_person("persons:edit"),
    of_person("persons:life-status"),
    of_person("persons:reveal"),
    of_person("persons:call"),
    of_person("persons:contacts"),
    of_person("persons:contact-add"),
    of_person("persons:contact-withdraw", kwargs=contact),
    of_person("persons:cover-end", SUPERVISORS, kwargs=cover),
    of_person("persons:assignment-withdraw", SUPERVISORS, kwargs=ahead),
    # cases
    of_person("cases:case"),
    Line("cases:unassigned", SUPERVISORS),
    Line("cases:assign-village", SUPERVISORS, kwargs=village),
    Line("cases:gaps", DAILY),
    of_person("cases:open"),
    *(of_person(f"cases:{act}", kwargs=case) for act in ("report", "agreement", "plan", "leave")),
    of_person("cases:suspend", SUPERVISORS, kwargs=case),
    of_person("cases:close", SUPERVISORS, kwargs=case),
    of_person("cases:correct", kwargs=case),
    of_person("cases:return", kwargs=by_id("leave")),
    of_person("cases:withdraw-leave", kwargs=by_id("leave")),
    of_person("cases:resume", SUPERVISORS, kwargs=by_id("suspension")),
    of_person("cases:not-held", SUPERVISORS, kwargs=by_id("suspension")),
    of_person("cases:extend", kwargs=by_id("leave")),
    of_person("cases:release", SUPERVISORS, kwargs=case),
    of_person("cases:set-end", SUPERVISORS, kwargs=case),
    of_person("cases:police", kwargs=case),
    of_person("cases:end-control", kwargs=case),
    of_person("cases:member", kwargs=case),
    of_person("cases:reply", SUPERVISORS, kwargs=by_id("police_report")),
    of_person("cases:withdraw-report", kwargs=by_id("police_report")),
    of_person("cases:lead", kwargs=by_id("member")),
    of_person("cases:leave-team", kwargs=by_id("member")),
    # notices
    Line("notices:list", SIGNED_IN),
    Line("notices:read-all", SIGNED_IN, method="post"),
    Line(
        "notices:open", frozenset({WORKER}), hidden=SIGNED_IN - {WORKER},
        kwargs=by_id("notice"), method="post",
    ),
    # approvals
    Line("approvals:list", DAILY),
    of_person("approvals:decide", kwargs=by_id("proposal")),
    # schedule, needs, check-ins
    of_person("schedule:why", kwargs=due_item),
    Line("needs:list", DAILY),
    of_person("needs:create"),
    of_person("needs:refer", kwargs=by_id("need")),
    of_person("needs:close", kwargs=by_id("need")),
    of_person("needs:reopen", kwargs=by_id("need")),
    Line("checkins:list", DAILY),
    Line("checkins:round", DAILY),
    Line("checkins:round-print", DAILY),
    Line("checkins:round-apply", DAILY, method="post"),
    of_person("checkins:log", method="post"),
    of_person("checkins:create"),
    of_person("checkins:undo", kwargs=by_id("checkin"), method="post"),
    of_person("checkins:note", kwargs=by_id("checkin")),
    of_person("checkins:correct", kwargs=by_id("checkin")),
    of_person("checkins:withdraw", kwargs=by_id("checkin")),
    # visits and interviews
    Line("visits:list", DAILY),
    of_person("visits:create", kwargs=lambda world: person(world) | {"kind": "visit"}),
    of_person("visits:attempt", kwargs=lambda world: person(world) | {"kind": "talk"}),
    of_person("visits:detail", kwargs=by_id("meeting")),
    of_person("visits:undo", kwargs=by_id("meeting"), method="post"),
    of_person("visits:correct", kwargs=by_id("meeting")),
    of_person("visits:withdraw", kwargs=by_id("meeting")),
    Line("visits:lost", DAILY),
    of_person("visits:lost-new"),
    of_person("visits:lost-detail", kwargs=by_id("lost")),
    of_person("visits:lost-found", kwargs=by_id("lost"), method="post"),
    of_person("schedule:put-off", kwargs=due_item),
    of_person("schedule:show-again", kwargs=due_item, method="post"),
    *(Line(name, SUPERVISORS | {SYSTEM}) for name in ("plans:list", "assessments:validity")),
    *(Line(name, frozenset({SYSTEM})) for name in ("plans:new", "assessments:validity-new")),
    Line("plans:lay-out", frozenset({SYSTEM}), kwargs=lambda world: {"rule_id": world.plan.pk}),
    # documents
    of_person("documents:person"),
    of_person("documents:choose"),
    of_person("documents:prepare", kwargs=lambda world: person(world) | {"kind": "agreement"}),
    of_person("documents:attach"),
    Line("documents:list", DAILY),
    of_person("documents:detail", kwargs=by_id("paper")),
    of_person("documents:print", kwargs=by_id("paper")),
    of_person("documents:docx", kwargs=by_id("paper")),
    of_person("documents:void", kwargs=by_id("paper")),
    of_person("documents:scan", kwargs=by_id("scan")),
    of_person("documents:scan-withdraw", kwargs=by_id("scan")),
    Line("documents:templates", SUPERVISORS),
    Line("documents:template", SUPERVISORS, kwargs=lambda world: {"kind": "agreement"}),
    Line(
        "documents:standard", SUPERVISORS,
        kwargs=lambda world: {"kind": "agreement", "measure": "SQJD"},
    ),
    of_person("documents:file", SUPERVISORS, kwargs=by_id("template")),
    of_person("documents:template-withdraw", SUPERVISORS, kwargs=by_id("template"), method="post"),
    # breaches
    Line("breaches:list", DAILY),
    of_person("breaches:person"),
    of_person("breaches:record"),
    of_person("breaches:breach", kwargs=by_id("breach")),
    of_person("breaches:hear", kwargs=by_id("breach")),
    of_person("breaches:withdraw", kwargs=by_id("breach")),
    of_person("breaches:revoke", APPROVERS, kwargs=by_id("breach")),
    of_person("breaches:education", kwargs=by_id("breach")),
    of_person("breaches:admonition", kwargs=by_id("breach")),
    of_person("breaches:warning", kwargs=by_id("breach")),
    # transfers
    Line("transfers:list", DAILY),
    of_person("transfers:person"),
    of_person("transfers:ask"),
    Line("transfers:transfer", BOTH_SIDES, hidden=DAILY - BOTH_SIDES, kwargs=by_id("transfer")),
    Line("transfers:letter", BOTH_SIDES, hidden=DAILY - BOTH_SIDES, kwargs=by_id("transfer")),
    of_person("transfers:hand-over", SUPERVISORS, kwargs=by_id("transfer")),
    of_person("transfers:cancel", kwargs=by_id("transfer")),
    of_person("transfers:arrival", kwargs=by_id("transfer")),
    of_person("transfers:agreement", kwargs=by_id("transfer")),
    Line(
        "transfers:accept", APPROVERS & RECEIVERS, hidden=APPROVERS - RECEIVERS,
        kwargs=by_id("transfer"),
    ),
    # intake
    Line("intake:list", DAILY),
    Line("intake:expect", DAILY),
    *(
        Line(f"intake:{act}", TOWN_STAFF, hidden=DAILY - TOWN_STAFF, kwargs=by_id("release"))
        for act in ("release", "receive", "open", "call-off")
    ),
    # covers
    Line("covers:list", DAILY),
    Line("covers:begin", SUPERVISORS),
    Line("workbench:handover", TOWN_STAFF, hidden=DAILY - TOWN_STAFF, kwargs=by_id("absence")),
    *(of_person(f"covers:{act}", SUPERVISORS, kwargs=by_id("absence"))
      for act in ("last-day", "another", "call-off")),
    # drug tests
    Line("drugtests:list", DAILY),
    *(of_person(f"drugtests:{page}") for page in ("person", "create", "not-taken")),
    *(of_person(f"drugtests:{page}", kwargs=by_id("drug_test"))
      for page in ("detail", "correct", "withdraw")),
    Line("drugtests:find", DAILY),
    Line("drugtests:occupational", SUPERVISORS),
    of_person("drugtests:step", kwargs=by_id("drug_test", kind="screened")),
    of_person("drugtests:take-back", kwargs=by_id("sample_step")),
    *(
        of_person(f"drugtests:{paper}", kwargs=by_id("sampled_test"))
        for paper in ("custody", "labels", "notice")
    ),
    # random draws
    *(Line(name, SUPERVISORS | {AUDITOR}) for name in ("draws:list", "draws:statistics")),
    Line("draws:new", SUPERVISORS),
    Line(
        "draws:draw", (SUPERVISORS & NEAR) | {AUDITOR}, hidden=SUPERVISORS - NEAR,
        kwargs=by_id("draw"),
    ),
    of_person("draws:drawn", kwargs=by_id("drawn")),
    of_person("draws:excuse"),
    of_person("draws:excuse-withdraw", kwargs=by_id("draw_excuse")),
    # assessments
    of_person("assessments:summary-new", kwargs=half_year),
    of_person("assessments:summary", kwargs=by_id("summary")),
    of_person("assessments:summary-correct", kwargs=by_id("summary")),
    of_person("assessments:summary-withdraw", kwargs=by_id("summary")),
    *(of_person(f"assessments:{page}") for page in ("person", "create", "event", "flag")),
    of_person("assessments:sealed", SEALED),
    Line("assessments:list", DAILY),
    Line("assessments:rounds", DAILY),
    Line("assessments:round-new", APPROVERS),
    Line(
        "assessments:round", DAILY - ELSEWHERE, hidden=ELSEWHERE,
        kwargs=lambda world: {"public_id": world.round.public_id},
    ),
    of_person("assessments:told", kwargs=by_id("assessment")),
    of_person("assessments:objection", kwargs=by_id("assessment")),
    of_person("assessments:flag-end", kwargs=by_id("help_flag")),
    of_person("assessments:sealed-end", SEALED, kwargs=by_id("sealed_flag"), method="post"),
    # reports
    Line("reports:dashboard", FIGURES),
    *(
        Line(f"reports:{figure}", SUPERVISORS)
        for figure in FIGURE_LISTS
    ),
]  # fmt: skip
