"""Lost contact: who is to be thought of, and the acts: set, search, found."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.contacts.guards import case_on, lock_cases
from apps.core.days import today
from apps.core.differing import same_or_differs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.notices.codes import NoticeKind
from apps.notices.readers import supervisors_of
from apps.notices.services import ring
from apps.persons.models import Person
from apps.visits.contact import contacts
from apps.visits.models import LostContact, Means, Meeting, Search

# docs/law.md, 4: so many days without contact, and so many attempts by more than one means.
LOST_DAYS: Final = 15
LOST_ATTEMPTS: Final = 3
LOST_MEANS: Final = 2


@dataclass(slots=True)
class Silence:
    """Since when nobody has met, spoken to or found a person, and how it was tried since."""

    since: date
    days: int
    attempts: int = 0
    means: set[str] = field(default_factory=set)

    @property
    def is_lost(self) -> bool:
        """15 days, 3 attempts, 2 means: then the flag is proposed, and never set by itself."""
        enough = self.attempts >= LOST_ATTEMPTS and len(self.means) >= LOST_MEANS
        return self.days >= LOST_DAYS and enough


def silences(person_ids: Iterable[int], day: date) -> dict[int, Silence]:
    """Of persons with an order in force on the day; six queries, however many."""
    cases = Case.objects.filter(person_id__in=list(person_ids)).in_force_on(day)
    began = dict(cases.order_by("pk").values_list("person_id", "in_force_from"))
    for rows, on in contacts():
        known = rows.filter(person_id__in=began, **{f"{on}__lte": day})
        for pk, last in known.order_by().values_list("person_id").annotate(Max(on)):
            began[pk] = max(began[pk], last)
    found = {pk: Silence(since, (day - since).days) for pk, since in began.items()}
    _add_attempts({pk: one for pk, one in found.items() if one.days >= LOST_DAYS}, day)
    return found


def _add_attempts(silent: dict[int, Silence], day: date) -> None:
    if not silent:
        return
    of_days: dict[str, Any] = {"person_id__in": silent, "day__lte": day, "outcome": "not_done"}
    tried: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for rows, how in ((CheckIn.objects.valid(), "method"), (Meeting.objects.valid(), "way")):
        attempts = rows.filter(**of_days).order_by("pk").values_list("person_id", "day", how)
        for pk, on, means in attempts:
            tried[pk].append((on, means))
    for pk, one in silent.items():
        since = [means for on, means in tried[pk] if on > one.since]
        one.attempts, one.means = len(since), set(since)


def proposed_ids(persons: Any, day: date) -> dict[int, Silence]:
    """Persons of a scope for whom the flag is proposed and not set."""
    ids = list(persons.order_by().values_list("pk", flat=True))
    lost = {pk: one for pk, one in silences(ids, day).items() if one.is_lost}
    standing = LostContact.objects.standing().filter(person_id__in=lost)
    flagged = set(standing.order_by().values_list("person_id", flat=True))
    return {pk: one for pk, one in lost.items() if pk not in flagged}


@transaction.atomic
def set_lost_contact(*, person: Person, by: User, reason: str) -> LostContact:
    """A named worker sets the flag. The same tap again gives the same flag."""
    case = case_on(lock_cases(person), today())
    if case is None:
        raise Refused(
            _("No order is in force: nobody is searched for. A contact can be offered at any time.")
        )
    known = LostContact.objects.filter(person=person, found_on=None).first()
    if known is not None and LostContact.objects.standing().filter(pk=known.pk).exists():
        words = _("Lost contact is recorded already. Log what was done as a search there.")
        same_or_differs(known, words, page="visits:lost-detail", reason=reason)
        return known  # type: ignore[no-any-return]
    silence = silences([person.pk], today())[person.pk]
    if known is not None:
        # The contact ended it, on its own day.
        _end(known, by, silence.since, "")
    _refuse_too_early(silence, reason)
    lost = LostContact(
        person=person, case=case, since_on=silence.since, set_on=today(), set_by=by,
        reason=reason.strip(), **place_ids(case),
    )  # fmt: skip
    with acting(by, reason.strip()):
        save_or_refuse(lost)
    ring(
        kind=NoticeKind.LOST,
        readers=supervisors_of(case.town or case.county),
        subject=lost.public_id,
        by=by,
        about_id=person.pk,
    )
    return lost


def too_early(silence: Silence) -> str:
    """What is still missing before the flag may be set, in words; nothing when it may."""
    if silence.is_lost:
        return ""
    words = _(
        "Lost contact is recorded after 15 days without contact and 3 attempts by 2 means. "
        "Until now: %(days)s days, %(attempts)s attempts, %(means)s means."
    )
    return words % {"days": silence.days, "attempts": silence.attempts, "means": len(silence.means)}


def _refuse_too_early(silence: Silence, reason: str) -> None:
    if missing := too_early(silence):
        raise Refused(missing)
    if not is_reason(reason):
        raise Refused(_("Say in a few words why."), field="reason")


@transaction.atomic
@once(Search, target="lost")
def log_search(
    *, lost: LostContact, by: User, client_uuid: UUID, on: date, means: str, words: str
) -> Search:
    """What was done to find the person. The same form twice is one entry."""
    locked = _lock(lost)
    if locked.found_on is not None:
        raise Refused(_("The person was found; the log is closed."))
    if not locked.since_on <= on <= today():
        raise Refused(_("The day lies before the last contact or in the future."), field="on")
    if means not in Means.values:
        raise Refused(_("Choose how the person was searched for."), field="means")
    if not words.strip():
        raise Refused(_("Say what came of it."), field="words")
    search = Search(
        lost=locked, person=locked.person, client_uuid=client_uuid, on=on, means=means,
        words=words.strip(), recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(search)
    return search


@transaction.atomic
def mark_found(*, lost: LostContact, by: User, on: date, words: str) -> LostContact:
    """Found ends it. The same tap again changes nothing."""
    locked = _lock(lost)
    if locked.found_on is not None:
        words_stored = _("The person was found; that is on file.")
        same_or_differs(locked, words_stored, found_on=on, found_words=words)
        return locked
    if not locked.set_on <= on <= today():
        raise Refused(_("The day lies before the flag was set or in the future."), field="on")
    if not words.strip():
        raise Refused(_("Say in a few words how the person was found."), field="words")
    _end(locked, by, on, words.strip())
    return locked


def _lock(lost: LostContact) -> LostContact:
    rows = LostContact.objects.select_for_update(of=("self",)).select_related("person")
    locked: LostContact = rows.get(pk=lost.pk)
    return locked


def _end(lost: LostContact, by: User, on: date, words: str) -> None:
    lost.found_on, lost.found_by, lost.found_words = on, by, words
    with acting(by):
        save_or_refuse(lost)
