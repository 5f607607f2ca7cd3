"""Papers and files as the services make them."""

from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.documents.codes import AttachmentKind, PaperKind
from apps.documents.declarations import DECLARATIONS
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.services import attach_scan, issue_document
from apps.documents.subject import Answers

# One empty page.
PDF = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    b"0000000105 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n"
)


def answers_for(kind: str) -> Answers:
    """An answer to every question of the kind."""
    return {
        ask.name: today() if ask.kind == "day" else f"说明{ask.name}"
        for ask in DECLARATIONS[PaperKind(kind)].asks
    }


def issued(case: Case, by: User, kind: str = PaperKind.AGREEMENT, **more: Any) -> IssuedDocument:
    """A paper of the case with every question answered."""
    facts = {"client_uuid": uuid4(), "answers": answers_for(kind)} | more
    return issue_document(person=case.person, case=case, kind=kind, by=by, **facts)


def scan(case: Case, by: User, **more: Any) -> Attachment:
    facts = {
        "client_uuid": uuid4(), "file": SimpleUploadedFile("scan.pdf", PDF),
        "kind": AttachmentKind.DECISION, "description": "责令社区戒毒决定书",
    } | more  # fmt: skip
    return attach_scan(person=case.person, case=case, by=by, **facts)


def docx(*paragraphs: str) -> bytes:
    """A DOCX with these paragraphs, as an office would write it."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The same zip with one more file in it, or another one in its place."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename != name:
                new.writestr(item, old.read(item))
        new.writestr(name, data)
    return out.getvalue()
