"""Addresses of maintenance treatment and of learning, and who gets what."""

from typing import Any

from tests.architecture.matrix_world import World
from tests.architecture.url_lines import (
    DAILY,
    ELSEWHERE,
    SUPERVISORS,
    Line,
    by_id,
    of_person,
)


def clinic_with_somebody(world: World) -> dict[str, Any]:
    world.treatment  # noqa: B018 - a row of the page
    return {"public_id": world.clinic.public_id}


TREATMENT_LINES = [
    *(Line(f"treatment:{page}", DAILY) for page in ("list", "clinics")),
    Line("treatment:new-clinic", SUPERVISORS),
    Line(
        "treatment:clinic", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("clinic"),
    ),
    Line("treatment:months", DAILY - ELSEWHERE, hidden=ELSEWHERE, kwargs=clinic_with_somebody),
    *(of_person(f"treatment:{page}") for page in ("person", "begin")),
    *(of_person(f"treatment:{page}", kwargs=by_id("treatment"))
      for page in ("treatment", "end", "correct-treatment", "withdraw", "month")),
    of_person("treatment:take-back-end", kwargs=by_id("ended_treatment")),
    *(of_person(f"treatment:{page}", kwargs=by_id("treatment_month"))
      for page in ("correct", "withdraw-month")),
    *(Line(f"learning:{page}", DAILY) for page in ("list", "units")),
    Line("learning:new-score", SUPERVISORS),
    Line(
        "learning:withdraw-score", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("unit_score"),
    ),
    *(of_person(f"learning:{page}") for page in ("person", "new")),
    *(of_person(f"learning:{page}", kwargs=by_id("learning"))
      for page in ("record", "correct", "withdraw")),
]  # fmt: skip
