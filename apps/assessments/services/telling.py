"""The person is told risk level and reason, may object, and what happens is looked at again."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assessments.codes import EventKind, Standing
from apps.assessments.models import Assessment, LifeEvent
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person

ARTICLE = "PIPL 24, 48"


@transaction.atomic
def record_told(*, assessment: Assessment, by: User, on: date, how: str) -> Assessment:
    """PIPL arts. 24, 48: the person knows the risk level, why, and until when. The same tap again
    changes nothing; where a rule has moved the last day since, the person is told anew.
    """
    row = _lock(assessment)
    if row.standing != Standing.IN_FORCE:
        raise Refused(_("Nothing is decided yet that the person could be notified of."), ARTICLE)
    if not row.is_to_be_told:
        if (row.told_anew_on or row.told_on, row.told_how) == (on, how):
            return row
        raise Refused(_("The person was notified already."), ARTICLE)
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    if row.told_on is None:
        row.told_on = on
    else:
        row.told_anew_on = on
    row.told_how, row.told_by, row.told_until = how, by, row.speaks_until
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def record_objection(*, assessment: Assessment, by: User, on: date, words: str) -> Assessment:
    """The person does not agree: in the person's words, and somebody assesses anew."""
    row = _lock(assessment)
    if (row.objected_on, row.objection) == (on, words.strip()):
        return row
    if row.told_on is None:
        raise Refused(_("First record that the person was notified."), ARTICLE)
    if row.objected_on is not None:
        raise Refused(_("An objection to this assessment is on record."), ARTICLE)
    if not words.strip():
        raise Refused(_("Write down what the person says."), field="words")
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    row.objected_on, row.objection = on, words.strip()
    with acting(by):
        save_or_refuse(row)
    _record(row.person, EventKind.OBJECTION, on, words, by, None)
    return row


@transaction.atomic
@once(LifeEvent, target="person", called={"on": "happened_on"})
def note_event(
    *,
    person: Person,
    by: User,
    kind: str,
    on: date,
    words: str = "",
    client_uuid: UUID | None = None,
) -> LifeEvent:
    """Something happened: the person stands among those to assess until somebody has looked."""
    if on > today():
        raise Refused(_("The day lies in the future."), field="on")
    return _record(person, kind, on, words, by, client_uuid)


def _record(
    person: Person, kind: str, on: date, words: str, by: User, client_uuid: UUID | None
) -> LifeEvent:
    same_day = LifeEvent.objects.filter(person=person, kind=kind, happened_on=on).order_by("pk")
    known = next((row for row in same_day if row.words == words.strip()), None)
    if known is not None and client_uuid is None:
        return known
    row = LifeEvent(
        person=person, kind=kind, happened_on=on, words=words.strip(), recorded_by=by,
        **place_ids(person),
    )  # fmt: skip
    if client_uuid:
        row.client_uuid = client_uuid
    with acting(by):
        save_or_refuse(row)
    return row


def _lock(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_related("person", "level_record")
    locked: Assessment = rows.select_for_update(of=("self",)).get(pk=assessment.pk)
    return locked
