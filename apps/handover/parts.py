"""The parts of one person's file, as far as somebody may read it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.records import file_rows
from apps.documents import uploaded_files
from apps.documents.codes import MediaType
from apps.documents.declarations import DECLARATIONS
from apps.documents.models import Attachment, IssuedDocument
from apps.handover.kinds import Kind, kinds, references_of
from apps.handover.rows import Told, told
from apps.persons.models import Person

# Kinds whose history is nobody's, and who reads the rows themselves.
CONFIDENTIAL: Final = {
    "assessments.SealedFlag": Permission.SEALED_FLAGS,
    "counselling.SessionNotes": Permission.COUNSELLING_NOTES,
}


@dataclass(frozen=True)
class Records:
    """Rows of a kind; each with what it was told from."""

    kind: Kind
    rows: list[tuple[models.Model, Told]]


@dataclass(frozen=True)
class Paper:
    """An issued document or a scan: the bytes, and whose they are."""

    of: str
    row: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class WholeFile:
    """Read once, in the transaction of who asked."""

    person: Person
    records: list[Records] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


def read_whole(person: Person, by: User) -> WholeFile:
    """All rows that the reader may see; a kind of which none is seen leaves no gap."""
    whole = WholeFile(person)
    for kind in kinds():
        rows = [(row, told(row)) for row in rows_of(kind, person, by)]
        if rows:
            whole.records.append(Records(kind, rows))
    if by.may(Permission.DOCUMENT_VIEW):
        whole.papers = [*_issued(person, by), *_scans(person, by)]
    return whole


def may_read(model: type[models.Model], by: User) -> bool:
    """A confidential kind that nobody named here is read by nobody."""
    declared = file_rows().get(model)
    needed = declared.history if declared else ""
    if needed is None:
        needed = CONFIDENTIAL.get(model._meta.label)
    return needed is not None and (not needed or by.may(Permission(needed)))


def rows_of(kind: Kind, person: Person, by: User) -> Any:
    """Who sees the person sees who was responsible: assignments ask for nothing more."""
    seen = kind.model._default_manager.all()
    if not may_read(kind.model, by):
        return seen.none()
    if hasattr(seen, "visible_to"):
        seen = seen.visible_to(by)
    named = [one.name for one in references_of(kind.model)]
    return seen.filter(**{kind.column: person}).select_related(*named).order_by("pk")


def _issued(person: Person, by: User) -> Iterator[Paper]:
    rows = IssuedDocument.objects.visible_to(by).filter(person=person).select_related("template")
    for paper in rows.order_by("pk"):
        yield Paper(
            "documents.IssuedDocument", str(paper.public_id), MediaType.DOCX, docx_of(paper)
        )


def docx_of(paper: IssuedDocument) -> bytes:
    """The paper as it was issued, for Word."""
    if paper.template is None:
        from apps.documents.docx_writing import paper_docx

        compact = DECLARATIONS[paper.kind].compact  # type: ignore[index]
        return paper_docx(paper.blocks, compact=compact)
    from apps.documents.office_templates import render

    return render(bytes(paper.template.content), paper.facts)


def _scans(person: Person, by: User) -> Iterator[Paper]:
    rows = Attachment.objects.visible_to(by).filter(person=person).valid().order_by("pk")
    for scan in rows:
        content = uploaded_files.read(scan)
        yield Paper("documents.Attachment", str(scan.public_id), scan.media_type, content)
