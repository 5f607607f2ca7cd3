"""Every address of the product and who gets what from it. An address without a line fails.

A line says who is `allowed` (gets the page, or may act) and from whom the row is `hidden` (404,
the same as for a row that does not exist). Everybody else who is signed in gets 403; who is signed
out, or whose account is disabled, comes to the sign-in page.

To add yours: one `Line` under your app (of tests, draws and campaigns in
`url_matrix_samples.py`), with `kwargs` from the world when the address has any
(tests/architecture/matrix_world.py; add a cached property there for a row that is missing).
"""

from tests.architecture.matrix_figures import FIGURE_LISTS
from tests.architecture.url_lines import (
    ALL,
    APPROVERS,
    BOTH_SIDES,
    CONFIRMERS,
    DAILY,
    ELSEWHERE,
    FAR,
    FIGURES,
    NEAR,
    RECEIVERS,
    SEALED,
    SIGNED_IN,
    SUPERVISORS,
    TOWN_STAFF,
    Line,
    ahead,
    by_id,
    campaign_with_somebody,
    case,
    contact,
    cover,
    due_item,
    half_year,
    line_of_need,
    of_person,
    person,
    two_files,
    village,
)
from tests.architecture.url_matrix_assistance import ASSISTANCE_LINES
from tests.architecture.url_matrix_care import CARE_LINES
from tests.architecture.url_matrix_counselling import COUNSELLING_LINES
from tests.architecture.url_matrix_employment import EMPLOYMENT_LINES
from tests.architecture.url_matrix_handover import HANDOVER_LINES
from tests.architecture.url_matrix_imports import IMPORT_LINES
from tests.architecture.url_matrix_periodic import PERIODIC_LINES
from tests.architecture.url_matrix_samples import SAMPLE_LINES
from tests.architecture.url_matrix_treatment import TREATMENT_LINES
from tests.architecture.visitors import (
    AUDITOR,
    COUNTY,
    COUNTY_ELSEWHERE,
    RECORDS,
    RECORDS_ELSEWHERE,
    SYSTEM,
    TOWN,
    TOWN_ELSEWHERE,
    WORKER,
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
    of_person("cases:withdraw-member", kwargs=by_id("member")),
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
    *(Line(name, frozenset({SYSTEM}))
      for name in ("plans:new", "plans:choose", "assessments:validity-new")),
    Line("plans:lay-out", frozenset({SYSTEM}), kwargs=lambda world: {"rule_id": world.plan.pk}),
    Line("plans:remove", frozenset({SYSTEM}),
         kwargs=lambda world: {"rule_id": world.plan_to_come.pk}),
    # documents
    of_person("documents:person"),
    of_person("documents:choose"),
    of_person("documents:prepare", kwargs=lambda world: person(world) | {"kind": "agreement"}),
    of_person("documents:attach"),
    of_person("handover:copy"),
    Line("documents:list", DAILY),
    of_person("documents:detail", kwargs=by_id("paper")),
    of_person("documents:print", kwargs=by_id("paper")),
    of_person("documents:docx", kwargs=by_id("paper")),
    of_person("documents:custody", kwargs=by_id("sampled_test")),
    # Nobody of a mate's caseload is on it: an empty list has no file.
    of_person("documents:campaign-custody", kwargs=campaign_with_somebody),
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
    *SAMPLE_LINES,
    *ASSISTANCE_LINES,
    *HANDOVER_LINES,
    *IMPORT_LINES,
    *PERIODIC_LINES,
    *EMPLOYMENT_LINES,
    *TREATMENT_LINES,
    *COUNSELLING_LINES,
    *CARE_LINES,
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
    Line("reports:help", FIGURES),
    Line("reports:trend", FIGURES),
    Line("reports:indicators", FIGURES),
    Line("reports:quality", SUPERVISORS),
    *(
        Line(f"reports:{figure}", SUPERVISORS)
        for figure in FIGURE_LISTS
    ),
]  # fmt: skip
