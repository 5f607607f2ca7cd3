"""Change the calendar or a number; who counts days from them is told."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.services import after_merging
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.law.models import CalendarDay, LawParameter

Listener = Callable[[], None]
_listeners: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Call `listener` in the transaction of every change; a decorator."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


@transaction.atomic
def set_calendar_day(
    *, day: date, kind: str, by: User, name: str = "", basis: str = ""
) -> CalendarDay:
    """A day off, a made-up working day, or a day as every week."""
    row = CalendarDay.objects.filter(day=day).first() or CalendarDay(day=day)
    row.kind, row.name, row.basis = kind, name.strip(), basis.strip()
    with acting(by):
        save_or_refuse(row)
    _tell()
    return row


@transaction.atomic
def set_parameter(
    *, name: str, value: int, effective_from: date, basis: str, by: User, area: Area | None = None
) -> LawParameter:
    """A number from a day on; what began before keeps the number of its day."""
    if not basis.strip():
        raise Refused(_("Name the paper that sets the number."), field="basis")
    row = LawParameter(
        name=name, value=value, effective_from=effective_from, area=area and area.today,
        basis=basis.strip(), recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    _tell()
    return row


@after_merging
def _follow_the_successor(area: Area) -> None:
    """The numbers of the unit that took the area in hold there from now on."""
    if LawParameter.objects.exclude(area=None).exists():
        _tell()


def _tell() -> None:
    for listener in _listeners:
        listener()
