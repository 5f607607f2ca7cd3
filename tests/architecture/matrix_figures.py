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
    "letters_waiting",  # of the tests' own subject
)  # fmt: skip
