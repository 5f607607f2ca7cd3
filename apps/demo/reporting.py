"""Reports of the demo: the county asks for months, and its towns have sent the last one."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.periodic.codes import Every
from apps.periodic.models import PeriodicReport
from apps.periodic.rules import period_before
from apps.periodic.services import answer_report, ask_for_reports, freeze_report, send_report

DUE_DAYS = 5


def reports_once(office: Office) -> None:
    """That of the demo's town waits for an answer, another is accepted, the county's went up."""
    first, last = period_before(Every.MONTH, office.day)
    own = office.workers[0].area_id
    other = next((town for town in sorted(office.chiefs) if town != own), None)
    with on_day(office.day, 9):
        _ask(office.supervisor, period_before(Every.MONTH, first)[0])
        send_report(report=_freeze(office.supervisor, "county", first, last), by=office.supervisor)
        for town in (own, other):
            if (chief := office.chiefs.get(town or 0)) is None:
                continue
            row = _freeze(chief, f"town-{town}", first, last)
            send_report(report=row, by=chief)
            if town == other:
                answer_report(report=row, by=office.supervisor, answer="received")


def _ask(boss: User, first: date) -> None:
    ask_for_reports(
        area=_unit(boss), by=boss, client_uuid=_key("rule"), level="town", every=Every.MONTH,
        due_days=DUE_DAYS, first_day=first,
    )  # fmt: skip


def _freeze(by: User, name: str, first: date, last: date) -> PeriodicReport:
    return freeze_report(
        area=_unit(by), by=by, client_uuid=_key(name), every=Every.MONTH, first=first, last=last
    )


def _unit(user: User) -> Area:
    assert user.area is not None  # noqa: S101 - supervisors have one
    return user.area


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-report-{name}")
