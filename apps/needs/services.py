"""Acts on needs: record, refer, close."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.guards import refuse_after_death
from apps.core.days import today
from apps.core.differing import Differs, described, same_or_differs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.needs.models import Need, NeedOutcome, NeedSource
from apps.persons.models import Person


def _recorded(client_uuid: UUID) -> Need | None:
    """What the form with this key made."""
    found: Need | None = Need.objects.filter(source_id=client_uuid, source=NeedSource.PAGE).first()
    return found


@transaction.atomic
@once(Need, target="person", find=_recorded)
def record_need(
    *,
    person: Person,
    by: User,
    client_uuid: UUID | None = None,
    kind: str,
    said_on: date,
    urgency: str,
    said_by: str,
    words: str = "",
    source: str = NeedSource.PAGE,
    source_id: UUID | None = None,
    case: Case | None = None,
) -> Need:
    """Somebody said what the person needs.

    `source_id`: the act in which it came up; a need that it brought already is not dropped for
    another of its kind, which is refused.
    """
    if said_on > today():
        raise Refused(_("The day lies in the future."))
    if source == NeedSource.PAGE:
        # With an act it is the act that has its day.
        refuse_after_death(person, said_on, "said_on")
    source_id = source_id or client_uuid
    if source_id is not None:
        known: Need | None = Need.objects.filter(source_id=source_id, kind=kind).first()
        if known is not None:
            words_known = _("This need was recorded with the act already.")
            same_or_differs(
                known, words_known, person=person, urgency=urgency, said_by=said_by, words=words
            )
            return known
    need = Need(
        person=person,
        case=case,
        kind=kind,
        urgency=urgency,
        said_by=said_by,
        said_on=said_on,
        words=words.strip(),
        source=source,
        source_id=source_id,
        recorded_by=by,
        **place_ids(case or person),
    )
    return _save(need, by)


@transaction.atomic
def refer_need(*, need: Need, by: User, to: str, on: date, instead_of: str = "") -> Need:
    """The need was passed on; now another body is to act.

    `instead_of`: to whom it had been passed on as far as the writer has seen; where somebody has
    passed it on to others since, nothing is stored and `Differs` tells both.
    """
    locked = _lock_open(need)
    if (locked.referred_to, locked.referred_on) == (to.strip(), on):
        return locked  # the same tap again
    if locked.referred_to not in ("", instead_of):
        raise Differs(
            _("This need was passed on meanwhile. “Save” puts what you have typed in its place."),
            stored=described(Need, _referral(locked.referred_to, locked.referred_on)),
            sent=described(Need, _referral(to.strip(), on)),
            row=locked,
            renew={"instead_of": locked.referred_to},
            again=False,
        )
    if not to.strip():
        raise Refused(_("Enter to whom the need is referred."), field="to")
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if on < locked.said_on:
        raise Refused(_("The referral lies before the need."), field="on")
    locked.referred_to, locked.referred_on = to.strip(), on
    return _save(locked, by)


def _referral(to: str, on: date | None) -> dict[str, Any]:
    return {"referred_to": to, "referred_on": on}


@transaction.atomic
def close_need(*, need: Need, by: User, outcome: str, on: date, note: str = "") -> Need:
    """How the need ended. The same tap again gets the first answer."""
    locked = _lock(need)
    ended = (locked.outcome, locked.closed_on, locked.closed_by_id, locked.closing_note)
    if ended == (outcome, on, by.pk, note.strip()):
        return locked
    refuse_closed(locked)
    if outcome not in NeedOutcome.values:
        raise Refused(_("Say how the need ended."), field="outcome")
    if outcome == NeedOutcome.NOT_POSSIBLE and not is_reason(note):
        raise Refused(_("Say why the need could not be met."), field="note")
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if on < locked.said_on:
        raise Refused(_("The end lies before the beginning."), field="on")
    if locked.referred_on is not None and on < locked.referred_on:
        raise Refused(
            _("It was passed on later, on %(day)s.") % {"day": day_text(locked.referred_on)},
            field="on",
        )
    locked.outcome, locked.closed_on, locked.closed_by = outcome, on, by
    locked.closing_note = note.strip()
    return _save(locked, by)


@transaction.atomic
def reopen_need(*, need: Need, by: User, reason: str) -> Need:
    """It was closed too early. History keeps how it had ended; a second tap changes nothing."""
    locked = _lock(need)
    if not is_reason(reason):
        raise Refused(_("Say why the need is opened again."))
    if locked.closed_on is None:
        return locked
    locked.outcome, locked.closed_on, locked.closed_by = "", None, None
    locked.closing_note = ""
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    return locked


@transaction.atomic
def take_back_needs(*, source_id: UUID, by: User) -> int:
    """The act they came with was undone at once: needs of it that are still open go with it."""
    needs = list(Need.objects.select_for_update().filter(source_id=source_id, closed_on=None))
    for need in needs:
        need.outcome, need.closed_on, need.closed_by = NeedOutcome.MISTAKE, today(), by
        _save(need, by)
    return len(needs)


def _lock(need: Need) -> Need:
    locked: Need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    return locked


def _lock_open(need: Need) -> Need:
    locked = _lock(need)
    refuse_closed(locked)
    return locked


def refuse_closed(locked: Need) -> None:
    if locked.closed_on is not None:
        raise Refused(
            _("This need was closed on %(day)s: %(outcome)s.")
            % {"day": day_text(locked.closed_on), "outcome": locked.get_outcome_display()}
        )


def _save(need: Need, by: User, **kwargs: Any) -> Need:
    with acting(by):
        save_or_refuse(need, **kwargs)
    return need
