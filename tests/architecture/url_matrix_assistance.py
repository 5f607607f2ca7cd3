"""Addresses of help and its ledger, and who gets what."""

from tests.architecture.url_lines import (
    DAILY,
    NEAR,
    SUPERVISORS,
    Line,
    by_id,
    of_person,
)

ASSISTANCE_LINES = [
    Line("assistance:list", DAILY),
    Line("assistance:changes", DAILY),
    *(of_person(f"assistance:{page}") for page in ("person", "create")),
    of_person("assistance:detail", kwargs=by_id("helped")),
    of_person("assistance:step", kwargs=by_id("helped", kind="applied")),
    of_person("assistance:take-back", kwargs=by_id("help_step")),
    of_person("assistance:withdraw-look", kwargs=by_id("help_look")),
    of_person("assistance:receipt", kwargs=by_id("payment")),
    of_person("assistance:ask", kwargs=by_id("helped")),
    *(of_person(f"assistance:{page}", kwargs=by_id("paid_help")) for page in ("pay", "look")),
    Line(
        "assistance:reverse", SUPERVISORS & NEAR, hidden=SUPERVISORS - NEAR,
        kwargs=by_id("payment"),
    ),
    Line(
        "assistance:correct-budget", SUPERVISORS & NEAR, hidden=SUPERVISORS - NEAR,
        kwargs=by_id("help_budget"),
    ),
    *(
        Line(f"assistance:{page}", SUPERVISORS)
        for page in ("ledger", "elsewhere", "budget", "close")
    ),
]  # fmt: skip
