"""The addresses of Django's admin, by pattern: each model has the same pages.

A new model in the admin needs one entry: who sees it, who changes it, and a row of the world.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from tests.architecture.matrix_world import World
from tests.architecture.url_lines import ADMINS, Line, Visitors
from tests.architecture.visitors import (
    AUDITOR,
    COUNTY,
    DISABLED,
    NOBODY,
    PROVINCE,
    RECORDS,
    RECORDS_ELSEWHERE,
    SYSTEM,
    TOWN,
    WORKER,
)

OUR_RECORDS: Visitors = frozenset({RECORDS})
BOTH_RECORDS: Visitors = frozenset({RECORDS, RECORDS_ELSEWHERE})
SYSTEM_ONLY: Visitors = frozenset({SYSTEM})
NONE: Visitors = frozenset()
# One of each role; where a role stands matters to those who see records only.
EACH_ROLE = (
    WORKER, TOWN, COUNTY, RECORDS, RECORDS_ELSEWHERE, PROVINCE, SYSTEM, AUDITOR, NOBODY, DISABLED,
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """`row` is one that lies in 琼海市; `hidden`: who sees the model, but not that row."""

    see: Visitors
    row: Callable[[World], Model]
    hidden: Visitors = NONE
    add: Visitors = NONE


def personal(row: Callable[[World], Model]) -> Shown:
    return Shown(OUR_RECORDS, row, hidden=frozenset({RECORDS_ELSEWHERE}))


MODELS = {
    "accounts_user": Shown(SYSTEM_ONLY, lambda w: w.staff, add=SYSTEM_ONLY),
    "accounts_resetcode": Shown(frozenset({SYSTEM, AUDITOR}), lambda w: w.reset_code),
    "accounts_accountproposal": Shown(frozenset({SYSTEM, AUDITOR}), lambda w: w.account_proposal),
    "exports_exportrequest": Shown(frozenset({SYSTEM, AUDITOR}), lambda w: w.export),
    "areas_area": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.person.county, add=SYSTEM_ONLY),
    "accounts_signintry": Shown(frozenset({SYSTEM, AUDITOR}), lambda w: w.failed_sign_in),
    "audit_accesslog": Shown(frozenset({AUDITOR}), lambda w: w.access),
    "audit_accessseal": Shown(frozenset({AUDITOR}), lambda w: w.seal),
    "audit_accesscheck": Shown(frozenset({AUDITOR}), lambda w: w.access_check),
    "core_nightlyrun": Shown(frozenset({SYSTEM, AUDITOR}), lambda w: w.nightly_run),
    "organisations_organisation": Shown(
        OUR_RECORDS,
        lambda w: w.organisation,
        hidden=frozenset({RECORDS_ELSEWHERE}),
        add=BOTH_RECORDS,
    ),
    "persons_person": personal(lambda w: w.person),
    "persons_assignment": personal(lambda w: w.assignment),
    "persons_contact": personal(lambda w: w.contact),
    "persons_merge": personal(lambda w: w.merge),
    "persons_notsame": personal(lambda w: w.not_same),
    "persons_outsidelookup": personal(lambda w: w.lookup),
    "notices_notice": Shown(SYSTEM_ONLY, lambda w: w.notice),
    "approvals_proposal": personal(lambda w: w.proposal),
    "cases_case": personal(lambda w: w.case),
    "cases_leave": personal(lambda w: w.leave),
    "cases_suspension": personal(lambda w: w.suspension),
    "cases_teammember": personal(lambda w: w.member),
    "cases_policereport": personal(lambda w: w.police_report),
    "cases_casestep": personal(lambda w: w.step),
    "law_calendarday": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.calendar_day, add=SYSTEM_ONLY),
    "law_lawparameter": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.law_parameter, add=SYSTEM_ONLY),
    "cases_risklevelrecord": personal(lambda w: w.risk_level),
    "schedule_planrule": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.plan, add=SYSTEM_ONLY),
    "schedule_dueitem": personal(lambda w: w.due_item),
    "assessments_assessment": personal(lambda w: w.assessment),
    "assessments_lifeevent": personal(lambda w: w.life_event),
    "assessments_helpflag": personal(lambda w: w.help_flag),
    "assessments_round": Shown(
        OUR_RECORDS, lambda w: w.round, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "assessments_roundtarget": personal(lambda w: w.round_target),
    "assessments_validityrule": Shown(
        BOTH_RECORDS | {SYSTEM}, lambda w: w.validity, add=SYSTEM_ONLY
    ),
    "needs_need": personal(lambda w: w.need),
    "campaigns_campaign": Shown(
        OUR_RECORDS, lambda w: w.campaign, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    **{
        f"campaigns_{name}": Shown(OUR_RECORDS, row, hidden=frozenset({RECORDS_ELSEWHERE}))
        for name, row in (
            ("campaignsite", lambda w: w.campaign_site),
            ("campaignslot", lambda w: w.campaign_slot),
            ("campaigncount", lambda w: w.campaign_count),
        )
    },
    "campaigns_campaigntarget": personal(lambda w: w.campaign_target),
    "followups_followupround": Shown(
        OUR_RECORDS, lambda w: w.followup_round, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "followups_followuptarget": personal(lambda w: w.followup_target),
    "followups_followupattempt": personal(lambda w: w.followup_attempt),
    "periodic_periodicreport": Shown(
        OUR_RECORDS, lambda w: w.periodic_report, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "periodic_reportsending": Shown(
        OUR_RECORDS, lambda w: w.periodic_report.sending, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "periodic_reporttemplate": Shown(
        OUR_RECORDS | {SYSTEM}, lambda w: w.report_form, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "periodic_reportrule": Shown(
        OUR_RECORDS | {SYSTEM}, lambda w: w.report_rule, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "draws_draw": personal(lambda w: w.draw),
    "draws_drawn": personal(lambda w: w.drawn),
    "draws_excuse": personal(lambda w: w.draw_excuse),
    "drugtests_drugtest": personal(lambda w: w.drug_test),
    "drugtests_dossier": personal(lambda w: w.dossier),
    "drugtests_step": personal(lambda w: w.sample_step),
    "drugtests_reading": personal(lambda w: w.reading),
    "drugtests_analyte": Shown(
        BOTH_RECORDS | {SYSTEM}, lambda w: w.reading.analyte, add=SYSTEM_ONLY
    ),
    "drugtests_cutoff": Shown(
        BOTH_RECORDS | {SYSTEM},
        lambda w: w.reading.analyte.cut_offs.first(),
        add=SYSTEM_ONLY,
    ),
    "drugtests_occupationalscreening": Shown(
        OUR_RECORDS, lambda w: w.screening_of_drivers, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "drugtests_kit": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.kit, add=SYSTEM_ONLY),
    **{
        f"employment_{name}": Shown(
            OUR_RECORDS, row, hidden=frozenset({RECORDS_ELSEWHERE}), add=BOTH_RECORDS
        )
        for name, row in (("base", lambda w: w.work_base), ("course", lambda w: w.course))
    },
    "counselling_session": personal(lambda w: w.session),
    "care_carelist": Shown(
        OUR_RECORDS, lambda w: w.care_list, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "care_carelistentry": personal(lambda w: w.care_entry),
    "care_careplan": personal(lambda w: w.care_plan),
    "care_carestep": personal(lambda w: w.care_step),
    "care_carereview": personal(lambda w: w.care_review),
    "employment_placement": personal(lambda w: w.placement),
    "employment_look": personal(lambda w: w.placement_look),
    "employment_enrolment": personal(lambda w: w.enrolment),
    "treatment_clinic": Shown(
        OUR_RECORDS, lambda w: w.clinic, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "treatment_treatment": personal(lambda w: w.treatment),
    "treatment_attendance": personal(lambda w: w.treatment_month),
    "learning_learningrecord": personal(lambda w: w.learning),
    "learning_unitscore": Shown(
        OUR_RECORDS, lambda w: w.unit_score, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "assistance_assistance": personal(lambda w: w.helped),
    "assistance_assistancestep": personal(lambda w: w.help_step),
    "assistance_payment": personal(lambda w: w.payment),
    "assistance_look": personal(lambda w: w.help_look),
    "assistance_samehelpquestion": personal(lambda w: w.same_help),
    "assistance_programme": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.programme, add=SYSTEM_ONLY),
    "assistance_budget": Shown(
        OUR_RECORDS,
        lambda w: w.help_budget,
        hidden=frozenset({RECORDS_ELSEWHERE}),
        add=BOTH_RECORDS,
    ),
    "assistance_monthclosing": Shown(
        OUR_RECORDS, lambda w: w.closed_month, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "assistance_lettersender": Shown(
        OUR_RECORDS,
        lambda w: w.letter_sender,
        hidden=frozenset({RECORDS_ELSEWHERE}),
        add=BOTH_RECORDS,
    ),
    "toy_letters_letter": personal(lambda w: w.letter),
    "assessments_halfyearsummary": personal(lambda w: w.summary),
    "visits_meeting": personal(lambda w: w.meeting),
    "visits_lostcontact": personal(lambda w: w.lost),
    "visits_search": personal(lambda w: w.search),
    "schedule_snooze": personal(lambda w: w.snooze),
    "checkins_checkin": personal(lambda w: w.checkin),
    "documents_issueddocument": personal(lambda w: w.paper),
    "documents_attachment": personal(lambda w: w.scan),
    "documents_officetemplate": personal(lambda w: w.template),
    "documents_documentnumber": personal(lambda w: w.number),
    "breaches_breach": personal(lambda w: w.breach),
    "breaches_response": personal(lambda w: w.response),
    "transfers_transfer": personal(lambda w: w.transfer),
    "intake_release": personal(lambda w: w.release),
    "covers_cover": Shown(OUR_RECORDS, lambda w: w.absence, hidden=frozenset({RECORDS_ELSEWHERE})),
    "workbench_savedview": Shown(
        OUR_RECORDS, lambda w: w.saved_view, hidden=frozenset({RECORDS_ELSEWHERE})
    ),
    "imports_ledgersynonym": Shown(BOTH_RECORDS | {SYSTEM}, lambda w: w.synonym, add=SYSTEM_ONLY),
}


def _of_model(name: str, shown: Shown) -> list[Line]:
    def row(world: World) -> dict[str, Any]:
        return {"object_id": str(shown.row(world).pk)}

    everybody = shown.see | shown.hidden
    return [
        Line(f"admin:{name}_changelist", everybody),
        Line(f"admin:{name}_add", shown.add),
        Line(f"admin:{name}_change", shown.see, hidden=shown.hidden, kwargs=row),
        Line(f"admin:{name}_history", shown.see, hidden=shown.hidden, kwargs=row),
    ]


_LINES: list[Line] = [
    Line("admin:index", ADMINS),
    Line("admin:jsi18n", ADMINS),
    Line("admin:app_list", BOTH_RECORDS, kwargs=lambda world: {"app_label": "persons"}),
    Line(
        "admin:autocomplete", BOTH_RECORDS | {SYSTEM},
        query={"app_label": "accounts", "model_name": "user", "field_name": "area", "term": "jj"},
    ),
    *[line for name, shown in MODELS.items() for line in _of_model(name, shown)],
]  # fmt: skip
ADMIN_LINES = [replace(line, visitors=EACH_ROLE) for line in _LINES]
