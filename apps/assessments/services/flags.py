"""Set and end marks that mean help."""

from datetime import date
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import place_ids
from apps.assessments.codes import FlagKind, SealedKind
from apps.assessments.models import HelpFlag, SealedFlag
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person

SECRECY = "精神卫生法4、艾滋病防治条例39"
F = TypeVar("F", HelpFlag, SealedFlag)


@transaction.atomic
def set_flag(*, person: Person, by: User, kind: str, since: date, words: str = "") -> HelpFlag:
    """A mark that asks for help. The same again is the same flag."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if kind not in FlagKind.values:
        raise Refused(_("Choose a flag."), field="kind")
    if since > today():
        raise Refused(_("The day lies in the future."), field="since")
    known = HelpFlag.objects.filter(person=person, kind=kind, ended_on=None).first()
    if known is not None:
        same_or_differs(known, _standing(), since=since, words=words)
        return known  # type: ignore[no-any-return]
    row = HelpFlag(
        person=person, kind=kind, since=since, words=words.strip(), recorded_by=by,
        **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def end_flag(*, flag: HelpFlag, by: User, on: date) -> HelpFlag:
    """It no longer holds; it stays on file with its days."""
    locked: HelpFlag = HelpFlag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    return _end(locked, by, on)


@transaction.atomic
def set_sealed(
    *, person: Person, by: User, kind: str, since: date, agreed_on: date, words: str = ""
) -> SealedFlag:
    """A confidential fact of health, kept with the person's agreement."""
    _refuse_others(by)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if kind not in SealedKind.values:
        raise Refused(_("Say what it is about."), field="kind")
    if max(since, agreed_on) > today():
        raise Refused(_("The day lies in the future."), field="since")
    rows = SealedFlag.objects.filter(person=person, ended_on=None).order_by("pk")
    known = next((row for row in rows if row.kind == kind), None)
    if known is not None:
        same_or_differs(known, _standing(), since=since, agreed_on=agreed_on, words=words)
        return known
    row = SealedFlag(
        person=person, kind=kind, since=since, agreed_on=agreed_on, words=words.strip(),
        recorded_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def end_sealed(*, flag: SealedFlag, by: User, on: date) -> SealedFlag:
    """It no longer holds, or the person takes the agreement back."""
    _refuse_others(by)
    locked: SealedFlag = SealedFlag.objects.select_for_update(of=("self",)).get(pk=flag.pk)
    return _end(locked, by, on)


def _end(row: F, by: User, on: date) -> F:
    if row.ended_on is not None:
        same_or_differs(row, _("The mark has ended already."), ended_on=on)
        return row
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    row.ended_on, row.ended_by = on, by
    with acting(by):
        save_or_refuse(row)
    return row


def _standing() -> str:
    return _("This mark stands already. End it first, and set it anew.")


def _refuse_others(by: User) -> None:
    if not by.may(Permission.SEALED_FLAGS):
        raise Refused(_("Confidential facts of health need a permission of their own."), SECRECY)
