"""禁毒法 art. 35: criticism and education, spoken or by letter; never a penalty."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.breaches.codes import Decision, ResponseKind
from apps.breaches.counting import Counters
from apps.breaches.models import Breach, Response
from apps.breaches.services.guards import refuse_after_end
from apps.breaches.services.recording import lock_breach
from apps.core.days import local_day, today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents.services import issue_document
from apps.documents.subject import Answers
from apps.documents.words import day_words


@transaction.atomic
def respond_to_breach(
    *,
    breach: Breach,
    by: User,
    client_uuid: UUID,
    kind: str,
    on: date,
    words: str,
    earlier: str = "",
) -> Response:
    """Education about a confirmed breach; a letter is numbered and kept as a paper of the file."""
    locked = lock_breach(breach)
    known: Response | None = Response.objects.filter(client_uuid=client_uuid).first()
    if known is not None:
        return known
    _refuse(locked, kind, on, words, earlier)
    paper = None
    if kind != ResponseKind.EDUCATION:
        paper = issue_document(
            person=locked.person, case=locked.case, kind=kind, by=by, client_uuid=client_uuid,
            answers=answers_of(locked, words.strip(), earlier.strip()),
        )  # fmt: skip
    response = Response(
        client_uuid=client_uuid, breach=locked, person=locked.person, kind=kind, on=on,
        words=words.strip(), paper=paper, recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(response)
    return response


def answers_of(breach: Breach, asked: str, earlier: str) -> Answers:
    """What the letter says, in the words of the record and with the counts of today."""
    counters = Breach.objects.filter(case=breach.case).counters().get(breach.case_id, Counters())
    days = day_words(breach.starts_on)
    if breach.ends_on != breach.starts_on:
        days += f"至{day_words(breach.ends_on)}"
    unheard = f"未能听取本人陈述（{breach.not_heard_why}），已经尝试：{breach.attempts}"
    return {
        "happened_on": days, "facts_words": breach.facts, "heard_words": breach.said or unheard,
        "asked_words": asked, "earlier_words": earlier,
        "tests_count": f"{len(counters.tests)}次", "leaves_count": f"{len(counters.leaves)}次",
        "leave_days": f"{counters.days}日",
    }  # fmt: skip


def earlier_education(breach: Breach) -> str:
    """What the file knows of education given before, for the second level."""
    rows = Response.objects.filter(breach__case_id=breach.case_id).order_by("on", "pk")
    words = {
        ResponseKind.EDUCATION: "批评教育", ResponseKind.ADMONITION: "发出劝诫书",
        ResponseKind.WARNING: "发出告诫书",
    }  # fmt: skip
    return "；".join(f"{day_words(row.on)}{words[ResponseKind(row.kind)]}" for row in rows)


def _refuse(breach: Breach, kind: str, on: date, words: str, earlier: str) -> None:
    if breach.decision != Decision.CONFIRMED or breach.decided_at is None:
        raise Refused(_("Only a breach that was confirmed after hearing is answered."))
    refuse_after_end(breach.case)
    if not local_day(breach.decided_at) <= on <= today():
        raise Refused(_("The day lies before the decision or in the future."), field="on")
    if not words.strip():
        raise Refused(_("Say what the person is asked to do."), field="words")
    if kind == ResponseKind.WARNING and not earlier.strip():
        raise Refused(
            _("A written warning follows education given before: say which."), field="earlier"
        )
