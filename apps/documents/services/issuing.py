"""A paper gets its number and is kept as it was."""

import json
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.assistance.senders import sender_of
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents.declarations import DECLARATIONS
from apps.documents.declaring import Declaration
from apps.documents.drafts import answered, draft_of
from apps.documents.facts.help_letters import refuse_telling
from apps.documents.models import DocumentNumber, IssuedDocument
from apps.documents.services.templates import template_for
from apps.documents.subject import Answers, Subject
from apps.notices.codes import NoticeKind
from apps.notices.services import ring_withdrawn
from apps.persons.models import Person


@transaction.atomic
@once(
    IssuedDocument,
    target="person",
    page="documents:detail",
    sent_words=lambda given: answered(
        DECLARATIONS.get(given["kind"]), given["answers"] or {}, given["language"]
    ),
    stored_words=lambda row: answered(DECLARATIONS.get(row.kind), row.facts, row.language),
)
def issue_document(
    *,
    person: Person,
    case: Case | None,
    kind: str,
    by: User,
    client_uuid: UUID,
    language: str = "zh-hans",
    answers: Answers | None = None,
    record: UUID | None = None,
) -> IssuedDocument:
    """Number the paper and keep its facts and text. The same client UUID gives the same paper.

    `record`: the row that the paper speaks of, where there may be several.
    """
    subject = Subject(person, case, by, today(), language, record)
    declared = check_issue(kind, subject)
    if declared.issued_at and record is None:
        raise Refused(_("This letter is issued together with the record that it speaks of."))
    counter = _locked_counter(subject.office, kind, subject.day.year)
    serial = counter.last + 1
    number = number_words(_name_of(declared, subject), declared, counter.year, serial)
    # The words of an outward letter are looked through; an own template would go past that.
    template = None if declared.outward else template_for(
        subject.office, kind, subject.measure, subject.day, language
    )  # fmt: skip
    draft = draft_of(declared, subject, answers or {}, number, template)
    if declared.outward:
        refuse_telling(draft.blocks, number)
    content = json.dumps({"facts": draft.facts, "blocks": draft.blocks}, ensure_ascii=False)
    document = IssuedDocument(
        client_uuid=client_uuid, person=person, case=case, kind=kind, language=language,
        office=subject.office, year=counter.year, serial=serial, number=number, template=template,
        content=content, issued_on=subject.day, issued_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(document)
    counter.last = serial
    counter.save(update_fields=["last"])
    return document


def check_issue(kind: str, subject: Subject) -> Declaration:
    """Refused where the law asks for something else first."""
    declared = DECLARATIONS.get(kind)  # type: ignore[call-overload]
    if declared is None or subject.language not in declared.languages:
        raise Refused(_("There is no such paper."))
    if declared.needs_case and subject.case is None:
        raise Refused(_("This paper belongs to an order; the person has none in your scope."))
    if subject.case is not None and subject.case.person_id != subject.person.pk:
        raise Refused(_("The order is another person's."))
    if declared.guard:
        declared.guard(subject)
    return declared  # type: ignore[no-any-return]


def number_words(office: str, declared: Declaration, year: int, serial: int) -> str:
    """嘉积镇戒康协字〔2026〕1号: the office, the kind's mark, the year, the serial number."""
    register = "" if declared.outward else "戒康"
    return f"{office}{register}{declared.mark}字〔{year}〕{serial}号"


def _name_of(declared: Declaration, subject: Subject) -> str:
    """Of the office in the number: to others the neutral one."""
    sender = sender_of(subject.office) if declared.outward else None
    return sender.name if sender else subject.office.name


def _locked_counter(office: Area, kind: str, year: int) -> DocumentNumber:
    """The counter of the office, locked until the transaction ends."""
    DocumentNumber.objects.get_or_create(office=office, kind=kind, year=year)
    return DocumentNumber.objects.select_for_update().get(office=office, kind=kind, year=year)


@transaction.atomic
def void_document(*, document: IssuedDocument, by: User, reason: str) -> IssuedDocument:
    """The number stays used and the paper stays readable, marked as void."""
    locked: IssuedDocument = IssuedDocument.objects.select_for_update(of=("self",)).get(
        pk=document.pk
    )
    reason = " ".join(reason.split())
    if locked.is_void:
        raise Refused(_("The paper is void already."))
    if not is_reason(reason):
        raise Refused(_("Say in a few words why the paper is void."), field="reason")
    locked.voided_at, locked.voided_by, locked.void_reason = timezone.now(), by, reason.strip()
    with acting(by, reason):
        save_or_refuse(locked)
    ring_withdrawn(row=locked, made_by_id=locked.issued_by_id, by=by, kind=NoticeKind.PAPER_VOIDED)
    return locked
