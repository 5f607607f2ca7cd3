"""禁毒法 art. 35: criticism and education, spoken or by letter; never a penalty."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.breaches.codes import BreachDecision, ResponseKind
from apps.breaches.models import Breach, Response
from apps.breaches.services.guards import refuse_after_end
from apps.breaches.services.recording import lock_breach
from apps.core.days import local_day, today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents.services import issue_document


@transaction.atomic
@once(Response, target="breach")
def respond_to_breach(
    *, breach: Breach, by: User, client_uuid: UUID, kind: str, on: date, words: str
) -> Response:
    """Education about a confirmed breach; a letter is numbered and kept as a paper of the file."""
    locked = lock_breach(breach)
    _refuse(locked, on, words)
    paper = None
    if kind != ResponseKind.EDUCATION:
        paper = issue_document(
            person=locked.person, case=locked.case, kind=kind, by=by, client_uuid=client_uuid,
            answers={"asked_words": words.strip()}, record=locked.public_id,
        )  # fmt: skip
    response = Response(
        client_uuid=client_uuid, breach=locked, person=locked.person, kind=kind, on=on,
        words=words.strip(), paper=paper, recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(response)
    return response


def _refuse(breach: Breach, on: date, words: str) -> None:
    if breach.decision != BreachDecision.CONFIRMED or breach.decided_at is None:
        raise Refused(_("Only a breach that was confirmed after hearing is answered."))
    refuse_after_end(breach.case)
    if not local_day(breach.decided_at) <= on <= today():
        raise Refused(_("The day lies before the decision or in the future."), field="on")
    if not words.strip():
        raise Refused(_("Say what the person is asked to do."), field="words")
