"""Exports that wait for a second person."""

from datetime import date

from apps.accounts.models import User
from apps.areas.models import Area
from apps.exports.models import ExportRequest
from apps.exports.services import ask
from apps.law.models import LawParameter
from apps.law.services import set_parameter

PATH = "/persons/"


def waits(
    *, by: User, number: int = 60, whole: bool = False, purpose: str = "季度核对"
) -> ExportRequest:
    """The list of persons, asked for without the page."""
    how = {"path": PATH, "query": "", "names": "", "post": "format=csv" + "&whole=1" * whole}
    return ask(
        page="persons:list", asked=how, purpose=purpose, whole=whole, kind="csv", number=number,
        by=by,
    )  # fmt: skip


def above(most: int, area: Area | None = None, since: date = date(2020, 1, 1)) -> LawParameter:
    """From so many persons on a second one approves."""
    return set_parameter(
        name="export_persons", value=most, effective_from=since, basis="局发〔2020〕3号",
        by=User.objects.system(), area=area,
    )  # fmt: skip
