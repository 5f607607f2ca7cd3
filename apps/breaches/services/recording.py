"""Record what happened, hear the person, take an entry back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.facts import Facts, day_in
from apps.approvals.services import propose, withdraw
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.breaches.codes import BreachDecision, BreachKind
from apps.breaches.models import Breach
from apps.breaches.services import guards
from apps.cases.models import Case
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import bracketed

CONFIRMATION = "breach"


@transaction.atomic
@once(Breach, target="case", called={"on": "starts_on", "until": "ends_on"})
def record_breach(
    *,
    case: Case,
    by: User,
    client_uuid: UUID,
    kind: str,
    on: date,
    facts: str,
    until: date | None = None,
    duty: str = "",
) -> Breach:
    """What happened, in words. It counts for nothing until the person was heard and it is decided.

    `until`: the last day away. The same form sent twice is one row.
    """
    locked = lock(case, open_only=False)
    last = (until or on) if kind == BreachKind.LEFT else on
    duty = duty if kind == BreachKind.MISSED else ""
    if not is_reason(facts):
        raise Refused(_("Say what happened, in words that the person can answer."), field="facts")
    if last < on:
        raise Refused(_("The end lies before the beginning."), field="until")
    guards.refuse_unfounded(locked, kind, on, last, duty)
    if kind == BreachKind.LEFT:
        guards.refuse_reported_leave(locked, on, last)
    breach = Breach(
        client_uuid=client_uuid, case=locked, person=locked.person, kind=kind, duty=duty,
        starts_on=on, ends_on=last, facts=facts.strip(), recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    return store(breach, by)


@transaction.atomic
def hear_person(
    *,
    breach: Breach,
    by: User,
    on: date,
    said: str = "",
    not_heard_why: str = "",
    attempts: str = "",
) -> Breach:
    """The person's own words; with them the entry goes before a supervisor.

    Or why the person could not be heard and what was tried: the entry waits for the next attempt.
    """
    locked = lock_breach(breach)
    said, why, tried = said.strip(), not_heard_why.strip(), attempts.strip()
    if locked.is_heard:
        if locked.said == said:
            return locked  # the same tap again
        raise Refused(_("The hearing is on file already."))
    refuse_decided(locked)
    _refuse_unheard(said, why, tried)
    if not locked.starts_on <= on <= today():
        raise Refused(_("The hearing follows what happened, and is not in the future."), field="on")
    if not said:
        return _note_attempt(locked, by, f"{on}: {tried}", why)
    locked.heard_on, locked.heard_by, locked.said = on, by, said
    store(locked, by)
    propose(
        kind=CONFIRMATION, person=locked.person, subject=locked.public_id, by=by,
        facts=facts_of(locked), place=locked,
    )  # fmt: skip
    return locked


def _note_attempt(breach: Breach, by: User, attempt: str, why: str) -> Breach:
    """One line an attempt, with its day; nothing is confirmed and nothing counts."""
    lines = breach.attempts.splitlines()
    if attempt not in lines:
        breach.attempts, breach.not_heard_why = "\n".join([*lines, attempt]), why
        store(breach, by)
    return breach


@transaction.atomic
def withdraw_breach(*, breach: Breach, by: User, reason: str) -> Breach:
    """The entry was a mistake: it stays readable and never counts."""
    locked = lock_breach(breach)
    if locked.decision == BreachDecision.WITHDRAWN:
        same_or_differs(locked, _("Withdrawn already."), decision_reason=reason)
        return locked  # the same tap again
    refuse_decided(locked)
    if not is_reason(reason):
        raise Refused(_("Say why."), field="reason")
    withdraw(kind=CONFIRMATION, subject=locked.public_id, by=by, reason=reason)
    return decide(locked, BreachDecision.WITHDRAWN, by, reason)


def facts_of(breach: Breach) -> Facts:
    return {
        "kind": breach.kind, "first": breach.starts_on, "last": breach.ends_on,
        "facts": breach.facts, "said": breach.said,
    }  # fmt: skip


def facts_in_words(facts: Facts) -> str:
    """What the supervisor reads in the inbox: the facts, and the person's words beside them."""
    days = day_in(facts, "first")
    if facts["last"] != facts["first"]:
        days = _("%(first)s to %(last)s") % {"first": days, "last": day_in(facts, "last")}
    heard = _("The person says: %(said)s") % {"said": facts["said"]}
    return f"{BreachKind(facts['kind']).label}{bracketed(days)}\n{facts['facts']}\n{heard}"


def lock_breach(breach: Breach) -> Breach:
    """The stored row, held until the transaction ends."""
    held = Breach.objects.select_for_update(of=("self",)).select_related("person", "case")
    locked: Breach = held.get(pk=breach.pk)
    return locked


def refuse_decided(breach: Breach) -> None:
    if not breach.is_open:
        raise Refused(
            _("Decided already: %(decision)s, %(who)s.")
            % {"decision": breach.get_decision_display(), "who": breach.decided_by}
        )


def decide(breach: Breach, decision: str, by: User, reason: str) -> Breach:
    breach.decision, breach.decided_by = decision, by
    breach.decided_at, breach.decision_reason = timezone.now(), reason.strip()
    return store(breach, by, reason)


def store(breach: Breach, by: User, reason: str = "") -> Breach:
    with acting(by, reason):
        save_or_refuse(breach)
    return breach


def _refuse_unheard(said: str, not_heard_why: str, attempts: str) -> None:
    if said and (not_heard_why or attempts):
        raise Refused(_("Either the person was heard, or could not be: fill in one of both."))
    if not said and not is_reason(not_heard_why):
        raise Refused(
            _("Enter the person's own words, or why the person could not be heard."), field="said"
        )
    if not_heard_why and not is_reason(attempts):
        raise Refused(_("Enter when and how you tried to reach the person."), field="attempts")
