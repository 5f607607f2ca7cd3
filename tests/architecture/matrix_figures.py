"""Codes of the figures whose lists have an address each; one that is missing fails the matrix."""

FIGURE_LISTS = (
    "checkin_rate", "talk_rate", "visit_rate", "test_rate", "tests_due", "persons",
    "cases_in_force", "cases_not_assigned", "nobody_present", "needs_open", "assessed",
    "no_contact", "overdue", "tests_done", "persons_tested", "positive_screened",
    "positive_confirmed", "tests_refused", "disputes_open",
    "needs_met_rate", "assistance_persons", "assistance_person_times", "assistance_household",
    "assistance_yuan", "help_better_rate", "followup_rate", "released_followed_rate",
    "employed_rate", "certificates_rate", "in_treatment", "treatment_attendance",
    "counselled_persons", "counselling_sessions",
    "carers_rate", "care_plan_rate",
    "reporting_rate", "reported_rate", "agreement_rate", "files_complete_rate", "without_plan",
    "newly_recorded", "relapse_rate", "relapse_events", "clean_three_years", "consolidation_rate",
    "execution_rate", "contact_rate", "lost_contact_rate", "followup_in_person_rate",
    "positive_rate", "assistance_needs_rate",
    *(
        f"quality_{code}"
        for code in (
            "no_document", "no_decision", "no_receipt", "paper_deviates", "no_birth", "no_report",
            "no_agreement", "no_plan", "no_team", "no_worker", "not_assessed", "quiet",
            "no_employment", "no_phone", "no_address", "lost", "dead", "odd_age", "untouched",
        )
    ),
    "letters_waiting",  # of the tests' own subject
)  # fmt: skip
