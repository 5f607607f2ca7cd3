"""Make the summary of a half-year, correct it, withdraw it."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assessments.figures import count_half_year
from apps.assessments.models import HalfYearSummary
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.withdrawing import take_back
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person
from apps.schedule.models import DueItem
from apps.schedule.outcomes import settle

KIND: Final = "summary"
# In the last month of the half-year there is something to sum up.
BEFORE_THE_END: Final = timedelta(days=31)
WORDS: Final = ("progress_words", "difficulty_words", "help_words", "said_words")


def _half_year(given: dict[str, Any]) -> str:
    item: DueItem = given["item"]
    return f"{item.case_id}:{item.opens_on}"


@transaction.atomic
@once(HalfYearSummary, target=_half_year, leave_out=("item",), page="assessments:summary")
def make_summary(
    *, item: DueItem, by: User, client_uuid: UUID, told_on: date, **words: str
) -> HalfYearSummary:
    """Of the window's half-year, with the numbers as they stand. The same form twice is one."""
    case = Case.objects.select_for_update(no_key=True).get(pk=item.case_id)
    row = HalfYearSummary(
        client_uuid=client_uuid, person_id=case.person_id, case=case, first=item.opens_on,
        last=item.due_on, told_on=told_on, recorded_at=timezone.now(), recorded_by=by,
        **place_ids(case),
    )  # fmt: skip
    _fill(row, words)
    _refuse_wrong(row)
    row.figures = count_half_year(case, row.first, min(row.last, today()))
    with acting(by):
        save_or_refuse(row)
    settle([case.person_id], kind=KIND)
    return row


@transaction.atomic
def correct_summary(
    *, summary: HalfYearSummary, by: User, reason: str, version: int, changes: dict[str, Any]
) -> HalfYearSummary:
    """The words and the day; who, when, why and the old value stay in history."""
    locked = _lock(summary)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason_why")
    locked.refuse_correction(version)
    locked.told_on = changes.pop("told_on", locked.told_on)
    _fill(locked, changes)
    _refuse_wrong(locked)
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    settle([locked.person_id], kind=KIND)
    return locked


@transaction.atomic
def withdraw_summary(*, summary: HalfYearSummary, by: User, reason: str) -> HalfYearSummary:
    """Made by mistake: the row stays with the reason, and the half-year is open again."""
    locked = _lock(summary)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    take_back(locked, by, reason.strip(), timezone.now())
    settle([locked.person_id], kind=KIND)
    return locked


def window_sent(client_uuid: UUID, person: Person, first: date) -> DueItem | None:
    """The window of the half-year for which this very form has made the summary before."""
    made = HalfYearSummary.objects.filter(client_uuid=client_uuid, person=person, first=first)
    found: DueItem | None = DueItem.objects.filter(
        case__in=made.values("case"), kind=KIND, opens_on=first
    ).first()
    return found


def _lock(summary: HalfYearSummary) -> HalfYearSummary:
    Case.objects.select_for_update(no_key=True).get(pk=summary.case_id)
    rows = HalfYearSummary.objects.select_for_update(of=("self",)).select_related("case")
    locked: HalfYearSummary = rows.get(pk=summary.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn; it cannot be changed any more."))
    return locked


def _fill(row: HalfYearSummary, words: dict[str, Any]) -> None:
    if unknown := set(words) - set(WORDS):
        raise TypeError(f"Not a fact of a summary: {sorted(unknown)}")
    for name, value in words.items():
        setattr(row, name, value.strip())


def _refuse_wrong(row: HalfYearSummary) -> None:
    """A half-year that is nearly over, of an order in force, told, with the person's words."""
    if row.told_on > today():
        raise Refused(_("The day lies in the future."), field="told_on")
    if row.told_on < row.last - BEFORE_THE_END:
        raise Refused(
            _("The half-year is not over yet: its summary is made in the last month."),
            field="told_on",
        )
    if not row.case.is_in_force_on(row.told_on):
        raise Refused(
            _("No order is in force on this day: nothing is summed up any more."), field="told_on"
        )
    for name in WORDS:
        if not getattr(row, name):
            raise Refused(_("Say it in a few words."), field=name)
