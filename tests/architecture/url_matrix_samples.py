"""Addresses of drug tests, of draws, of campaigns and of follow-ups, and who gets what."""

from tests.architecture.url_lines import (
    DAILY,
    ELSEWHERE,
    NEAR,
    SUPERVISORS,
    Line,
    by_id,
    of_person,
)
from tests.architecture.visitors import (
    AUDITOR,
    TOWN,
    WORKER_ELSEWHERE,
)

SAMPLE_LINES = [
    # drug tests
    Line("drugtests:list", DAILY),
    *(of_person(f"drugtests:{page}") for page in ("person", "create", "not-taken")),
    *(of_person(f"drugtests:{page}", kwargs=by_id("drug_test"))
      for page in ("detail", "correct", "withdraw")),
    *(Line(f"drugtests:{page}", DAILY) for page in ("storage", "objections", "on-their-way")),
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
    # campaigns
    Line("campaigns:list", DAILY),
    Line("campaigns:new", SUPERVISORS),
    *(
        Line(f"campaigns:{page}", DAILY - ELSEWHERE, hidden=ELSEWHERE, kwargs=by_id("campaign"))
        for page in (
            "campaign", "grid", "results", "sites", "labels", "sheets", "slips", "campaign-day",
            "samples-sealed", "samples-stored", "samples-sent", "samples-received",
            "samples-analysed",
        )
    ),
    *(
        Line(
            f"campaigns:{act}", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("campaign"),
        )
        for act in (
            "fill", "fill-drawn", "fill-numbers", "add", "close", "site-add", "give",
            "samples-destroyed",
        )
    ),
    *(
        Line(
            f"campaigns:{act}", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("campaign_site"),
        )
        for act in ("slots", "call-off")
    ),
    # Of the county: who works in its towns sees the counts, and the county enters them.
    Line(
        "campaigns:counts", (DAILY - ELSEWHERE) | {WORKER_ELSEWHERE},
        hidden=ELSEWHERE - {WORKER_ELSEWHERE}, kwargs=by_id("drivers"),
    ),
    Line(
        "campaigns:counts-new", SUPERVISORS - ELSEWHERE - {TOWN}, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("drivers"),
    ),
    Line(
        "campaigns:counts-correct", SUPERVISORS - ELSEWHERE - {TOWN},
        hidden=SUPERVISORS & ELSEWHERE, kwargs=by_id("campaign_count"),
    ),
    Line("campaigns:day", DAILY),
    of_person("campaigns:slip", kwargs=by_id("invited")),
    *(of_person(f"campaigns:{page}", kwargs=by_id("campaign_target"))
      for page in ("target", "move", "tell", "call", "excuse")),
    # follow-up rounds
    Line("followups:list", DAILY),
    Line("followups:new", SUPERVISORS),
    Line("followups:round", DAILY - ELSEWHERE, hidden=ELSEWHERE, kwargs=by_id("followup_round")),
    *(
        Line(
            f"followups:{act}", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("followup_round"),
        )
        for act in ("fill", "fill-released", "add", "close")
    ),
    *(of_person(f"followups:{page}", kwargs=by_id("followup_target"))
      for page in ("target", "attempt", "call")),
    of_person("followups:withdraw", kwargs=by_id("followup_attempt")),
    of_person("followups:remove", SUPERVISORS, kwargs=by_id("followup_target")),
]  # fmt: skip

# Addresses of a line above, of the row of a unit above: walked by test_url_matrix.
FROM_BELOW_LINES = [
    # Of the county: its towns see it and put their persons on its list; they neither close it nor
    # add sites nor give slots, and run of its sites the one in the own unit alone.
    *(
        Line(
            f"campaigns:{page}", (DAILY - ELSEWHERE) | {WORKER_ELSEWHERE},
            hidden=ELSEWHERE - {WORKER_ELSEWHERE}, kwargs=by_id("county_campaign"),
        )
        for page in ("campaign", "sites", "grid", "results")
    ),
    *(
        Line(
            f"campaigns:{act}", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("county_campaign"),
        )
        for act in ("fill", "fill-drawn", "add")
    ),
    *(
        Line(
            f"campaigns:{act}", SUPERVISORS - ELSEWHERE - {TOWN}, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("county_campaign"),
        )
        for act in ("close", "site-add", "give")
    ),
    *(
        Line(
            f"campaigns:{act}", allowed, hidden=SUPERVISORS & ELSEWHERE, kwargs=by_id(site),
        )
        for act in ("slots", "call-off")
        for site, allowed in (
            ("county_site", SUPERVISORS - ELSEWHERE - {TOWN}),
            ("county_site_in_town", SUPERVISORS - ELSEWHERE),
        )
    ),
]  # fmt: skip
