"""Addresses of periodic reports: of a town, sent to its county. Who gets what."""

from typing import Any

from tests.architecture.matrix_world import World
from tests.architecture.url_lines import FIGURES, NEAR, SUPERVISORS, Line
from tests.architecture.visitors import COUNTY, RECORDS

OURS = SUPERVISORS & NEAR
WHOLE_COUNTY = frozenset({COUNTY, RECORDS})


def report(world: World) -> dict[str, Any]:
    return {"public_id": world.periodic_report.public_id}


PERIODIC_LINES = [
    Line("periodic:list", FIGURES),
    *(
        Line(f"periodic:{page}", SUPERVISORS)
        for page in ("preview", "forms", "rules", "new-rule")
    ),
    Line("periodic:form", SUPERVISORS, kwargs=lambda world: {"every": "month"}, rows=False),
    Line("periodic:end-rule", WHOLE_COUNTY, hidden=SUPERVISORS - WHOLE_COUNTY,
         kwargs=lambda world: {"public_id": world.report_rule.public_id}),
    *(
        Line(f"periodic:{page}", OURS, hidden=FIGURES - OURS, kwargs=report)
        for page in ("report", "xlsx", "docx", "answer")
    ),
    Line("periodic:send", OURS, hidden=SUPERVISORS - OURS, kwargs=report),
    Line("periodic:rows", OURS, hidden=SUPERVISORS - OURS,
         kwargs=lambda world: report(world) | {"code": "cases_in_force"}),
]  # fmt: skip
