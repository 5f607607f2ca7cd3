"""A try to reach somebody of the list, and taking one back."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import CLOCK_TOLERANCE, lock_cases, refuse_after_death
from apps.contacts.withdrawing import take_back
from apps.core.days import local_day
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text, sentences
from apps.followups.codes import Mind, Reached
from apps.followups.models import FollowUpAttempt, FollowUpTarget
from apps.followups.services.targets import lock_target
from apps.needs.models import NeedSource
from apps.needs.raised import RaisedNeed, needs_sent, needs_stored
from apps.needs.services import record_need, take_back_needs


@transaction.atomic
@once(
    FollowUpAttempt, target="target", page="followups:target", leave_out=("another",),
    sent_words=needs_sent, stored_words=needs_stored,
)  # fmt: skip
def record_attempt(
    *, target: FollowUpTarget, by: User, client_uuid: UUID, outcome: str, occurred_at: datetime,
    way: str = "", life: str = "", work: str = "", mind: str = "", words: str = "",
    needs: Iterable[RaisedNeed] = (), another: bool = False,
) -> FollowUpAttempt:  # fmt: skip
    """By whoever sees the person. Where somebody has spoken to the person already, the page asks
    whether this was `another` talk; both stand then.
    """
    locked = lock_target(target)
    now, day = timezone.now(), local_day(occurred_at)
    if occurred_at > now + CLOCK_TOLERANCE:
        raise Refused(_("The time lies in the future."), field="occurred_at")
    if not locked.round.first <= day <= locked.round.last:
        raise Refused(_("This day is none of the round's."), field="occurred_at")
    refuse_after_death(locked.person, day, "occurred_at")
    if outcome != Reached.NOT_REACHED and not way:
        raise Refused(_("Say whether in person or by phone."), field="way")
    if outcome != Reached.REACHED and (life or work or mind):
        raise Refused(_("Life, work and mind are of somebody who was reached."), field="outcome")
    if mind == Mind.DISTRESS and not is_reason(words):
        raise Refused(_("Say in words what is the matter, and whom you called."), field="words")
    if not another:
        _ask_about_another(locked)
    row = FollowUpAttempt(
        target=locked, person=locked.person, client_uuid=client_uuid, way=way, outcome=outcome,
        occurred_at=occurred_at, day=day, life=life, work=work, mind=mind, words=words.strip(),
        recorded_at=now, recorded_by=by, **place_ids(locked.person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    _open_needs(row, needs)
    return row


@transaction.atomic
def withdraw_attempt(*, attempt: FollowUpAttempt, by: User, reason: str) -> FollowUpAttempt:
    """Recorded by mistake: the row stays and counts no more. Also after the round was closed: that
    somebody else declined or was reached stays no longer on the wrong file.
    """
    lock_cases(attempt.target.person)
    rows = FollowUpAttempt.objects.select_for_update(of=("self",)).select_related("person")
    locked: FollowUpAttempt = rows.get(pk=attempt.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    take_back(locked, by, reason.strip(), timezone.now())
    take_back_needs(source_id=locked.public_id, by=by)
    return locked


def _open_needs(attempt: FollowUpAttempt, needs: Iterable[RaisedNeed]) -> None:
    for need in needs:
        record_need(
            person=attempt.person, by=attempt.recorded_by, kind=need.kind, urgency=need.urgency,
            said_by=need.said_by, words=need.words, said_on=attempt.day,
            source=NeedSource.MEETING, source_id=attempt.public_id,
        )  # fmt: skip


def said_before(target: FollowUpTarget) -> str:
    """Who has spoken to the person in this round already; nobody calls twice without knowing."""
    rows = FollowUpAttempt.objects.spoken_to().beside(target)
    found = rows.select_related("recorded_by").order_by("-occurred_at", "-pk")
    # That somebody wants none is told before all else.
    one = found.filter(outcome=Reached.DECLINED).first() or found.first()
    if one is None:
        return ""
    facts = {"who": one.recorded_by.name, "time": day_text(one.occurred_at),
             "way": one.get_way_display()}  # fmt: skip
    if one.outcome == Reached.DECLINED:
        return _("The person told %(who)s on %(time)s (%(way)s): no follow-up is wanted.") % facts
    return _("%(who)s has reached the person on %(time)s (%(way)s).") % facts


def _ask_about_another(target: FollowUpTarget) -> None:
    if told := said_before(target):
        raise Refused(
            sentences(told, _("If this was another talk, say so below.")), field="another"
        )
