"""Ask for an export, answer, take it along once."""

import json
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.units import over
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.exports.models import ExportDecision, ExportRequest
from apps.exports.querysets import DECIDERS
from apps.law.current import load_rulebook
from apps.law.parameters import Parameter
from apps.notices.codes import NoticeKind
from apps.notices.services import ring

# Persons who came onto the list since it was asked for: a fifth more, and not somebody else's list.
MORE: Final = 20
WHY_NOT: Final[dict[str, str | Promise]] = {
    "waiting": gettext_lazy("Nobody has approved this export yet."),
    "expired": gettext_lazy("Nobody answered within seven days: ask anew."),
    "rejected": gettext_lazy("This export was rejected."),
    "withdrawn": gettext_lazy("The request was taken back: ask anew."),
    "lapsed": gettext_lazy("It was to be taken within 24 hours: ask anew."),
    "used": gettext_lazy("This export was taken along already: ask anew."),
}


def needs_second(by: User, number: int) -> bool:
    """What the nearest unit above the account says today."""
    place = tuple(unit.code for unit in by.area.path()) if by.area else ()
    most = load_rulebook().near(place).value(Parameter.EXPORT_PERSONS, today())
    return 0 < most < number


def seconds_for(by: User, *, whole: bool) -> QuerySet[User]:
    """Who may approve: supervisors and records administrators of the unit and above."""
    if by.area is None:
        return User.objects.none()
    near = User.objects.active().filter(over(by.area), role__in=DECIDERS).exclude(pk=by.pk)
    return near.order_by("pk")


def may_decide(user: User, row: ExportRequest) -> bool:
    right = Permission.PERSON_EXPORT_WHOLE if row.whole else Permission.PERSON_EXPORT
    waiting = ExportRequest.objects.decidable_by(user, today())
    return user.may(right) and waiting.filter(pk=row.pk).exists()


@transaction.atomic
def ask(
    *, page: str, asked: dict[str, str], purpose: str, whole: bool, kind: str, number: int,
    by: User,
) -> ExportRequest:  # fmt: skip
    """Instead of the file. The same asked for again is the same request while it waits."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    told = json.dumps(asked | {"unit": _unit(by)}, ensure_ascii=False, sort_keys=True)
    row = ExportRequest(
        page=page, asked=told, purpose=purpose, whole=whole, kind=kind, number=number, asked_by=by
    )
    waiting = ExportRequest.objects.asked_for_by(by).waiting_on(today())
    for known in waiting.filter(page=page, whole=whole, kind=kind, number=number):
        if (known.asked, known.purpose) == (told, purpose):
            return known
    seconds = [user.pk for user in seconds_for(by, whole=whole)]
    if not seconds:
        raise Refused(_("An export about so many persons needs a second person to approve it, and "
                        "nobody in your unit or above it may: narrow the list."))  # fmt: skip
    with acting(by, purpose):
        save_or_refuse(row)
    ring(kind=NoticeKind.EXPORT_ASKED, readers=seconds, subject=row.public_id, by=by, number=number)
    return row


@transaction.atomic
def approve(*, row: ExportRequest, by: User, reason: str = "") -> ExportRequest:
    """Who asked may take it along, once, within a day."""
    return _answer(row, ExportDecision.APPROVED, by, reason)


@transaction.atomic
def reject(*, row: ExportRequest, by: User, reason: str = "") -> ExportRequest:
    """It does not leave, and why."""
    if not is_reason(reason):
        raise Refused(_("Say why it is rejected."), field="reason")
    return _answer(row, ExportDecision.REJECTED, by, reason)


@transaction.atomic
def withdraw(*, row: ExportRequest, by: User, reason: str = "") -> ExportRequest:
    """Who asked does not need it any more."""
    locked = _lock(row)
    if locked.asked_by_id != by.pk:
        raise Refused(_("Who asked for an export takes the request back."))
    _refuse_answered(locked)
    return _decide(locked, ExportDecision.WITHDRAWN, by, reason)


def refuse_taking(row: ExportRequest, by: User) -> None:
    """Not the own, not approved, too late, taken, or somebody of another unit by now."""
    if row.asked_by_id != by.pk:
        raise Refused(_("Who asked for an export takes it along."))
    if words := WHY_NOT.get(row.state):
        raise Refused(words)
    if row.how["unit"] != _unit(by):
        raise Refused(_("You work in another unit now: ask anew."))


@transaction.atomic
def use(*, row: ExportRequest, number: int, by: User) -> ExportRequest:
    """It leaves now: the first of two at once takes it."""
    locked = _lock(row)
    refuse_taking(locked, by)
    if number * 100 > locked.number * (100 + MORE):
        words = _("%(n)s persons are on the list now; %(approved)s were approved: ask anew.")
        raise Refused(words % {"n": number, "approved": locked.number})
    locked.used_at = timezone.now()
    with acting(by, locked.purpose):
        save_or_refuse(locked, update_fields=["used_at"])
    return locked


def _answer(row: ExportRequest, decision: ExportDecision, by: User, reason: str) -> ExportRequest:
    locked = _lock(row)
    _refuse_answered(locked)
    if not may_decide(by, locked):
        raise Refused(_("Another supervisor or records administrator decides on this export."))
    _decide(locked, decision, by, reason)
    approved = decision == ExportDecision.APPROVED
    ring(
        kind=NoticeKind.EXPORT_APPROVED if approved else NoticeKind.EXPORT_REJECTED,
        readers=[locked.asked_by_id], subject=locked.public_id, by=by, number=locked.number,
    )  # fmt: skip
    return locked


def _refuse_answered(row: ExportRequest) -> None:
    if row.decision != ExportDecision.WAITING:
        told = {"decision": row.get_decision_display(), "who": row.decided_by}
        raise Refused(_("Decided already: %(decision)s, %(who)s.") % told)
    if row.state == "expired":
        raise Refused(WHY_NOT["expired"])


def _decide(row: ExportRequest, decision: ExportDecision, by: User, reason: str) -> ExportRequest:
    row.decision, row.decided_by, row.decided_at = decision, by, timezone.now()
    row.decision_reason = reason.strip()
    with acting(by, reason):
        save_or_refuse(row)
    return row


def _lock(row: ExportRequest) -> ExportRequest:
    held = ExportRequest.objects.select_for_update(of=("self",))
    locked: ExportRequest = held.get(pk=row.pk)
    return locked


def _unit(by: User) -> str:
    return by.area.code if by.area else ""
