"""Addresses of care plans and care lists, and who gets what."""

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


def list_with_somebody(world: World) -> dict[str, Any]:
    """Whoever sees nobody in it gets no file of it."""
    world.care_entry  # noqa: B018 - a row of the list
    return {"public_id": world.care_list.public_id}


CARE_LINES = [
    *(of_person(f"care:{page}") for page in ("person", "new")),
    *(of_person(f"care:{page}", kwargs=by_id("care_plan"))
      for page in ("plan", "step", "review", "close", "reopen", "withdraw")),
    *(of_person(f"care:{page}", kwargs=by_id("care_step"))
      for page in ("end-step", "correct-step", "withdraw-step")),
    of_person("care:withdraw-review", kwargs=by_id("care_review")),
    Line("care:lists", DAILY),
    Line("care:new-list", SUPERVISORS),
    Line("care:list", DAILY - ELSEWHERE, hidden=ELSEWHERE, kwargs=list_with_somebody),
    *(
        Line(
            f"care:{act}", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
            kwargs=by_id("care_list"),
        )
        for act in ("fill", "add", "close-list")
    ),
    Line(
        "care:take-off", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("care_entry"),
    ),
]  # fmt: skip
