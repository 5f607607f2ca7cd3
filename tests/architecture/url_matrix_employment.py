"""Addresses of work and training, and who gets what."""

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


def course_with_somebody(world: World) -> dict[str, Any]:
    """Whoever sees nobody in it gets no file of it."""
    world.enrolment  # noqa: B018 - a row of the list
    return {"public_id": world.course.public_id}


EMPLOYMENT_LINES = [
    *(Line(f"employment:{page}", DAILY) for page in ("list", "bases", "courses")),
    *(Line(f"employment:{page}", SUPERVISORS) for page in ("new-base", "new-course")),
    Line(
        "employment:base", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("work_base"),
    ),
    Line(
        "employment:change-course", SUPERVISORS - ELSEWHERE, hidden=SUPERVISORS & ELSEWHERE,
        kwargs=by_id("course"),
    ),
    Line("employment:course", DAILY - ELSEWHERE, hidden=ELSEWHERE, kwargs=course_with_somebody),
    *(of_person(f"employment:{page}") for page in ("person", "place", "enrol")),
    *(of_person(f"employment:{page}", kwargs=by_id("placement"))
      for page in ("placement", "look", "end", "correct", "withdraw")),
    of_person("employment:withdraw-look", kwargs=by_id("placement_look")),
    *(of_person(f"employment:{page}", kwargs=by_id("enrolment"))
      for page in ("enrolment", "hours", "examination", "certificate", "correct-enrolment",
                   "withdraw-enrolment")),
    of_person("employment:take-back-end", kwargs=by_id("ended_placement")),
]  # fmt: skip
