"""The copy for the person: the own data as JSON and as a page that opens in any browser."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _

from apps.accounts.models import User
from apps.core.days import SHANGHAI
from apps.core.fields import uuid7
from apps.handover import own
from apps.handover.codes import PERSON, READABLE, Purpose
from apps.handover.packing import Packed, Packer, as_json, manifest
from apps.handover.parts import Records, WholeFile, read_whole
from apps.handover.rows import Told, told_fields
from apps.persons.models import Person

Pairs = list[tuple[str, str]]
# Beside the page in the ZIP: it opens without this system.
STYLE: Final = Path(__file__).with_name("copy.css")


def copy_for_person(*, person: Person, by: User, reason: str) -> Packed:
    """Everything that is the person's to read, as far as whoever hands it out may read it."""
    whole = read_whole(person, by)
    at, number = timezone.now(), uuid7()
    about = manifest(purpose=Purpose.COPY, number=number, by=by, at=at, reason=reason, whole=whole)
    packer = Packer(about)
    first = own.own_row(person)
    packer.add(PERSON, as_json(first))
    kept = [Records(one.kind, [(row, own.own_row(row, said)) for row, said in one.rows])
            for one in whole.records if own.is_own(one.kind)]  # fmt: skip
    kept = [Records(one.kind, _handed_out(one)) for one in kept]
    for one in kept:
        if one.rows:
            packer.add_rows(one.kind.name, [said for _row, said in one.rows])
    papers = _own_papers(whole, kept)
    for paper in papers:
        packer.add_paper(paper)
    words = _readable(person, first, kept, number, at)
    packer.add(READABLE, words.encode())
    packer.add("style.css", STYLE.read_bytes())
    return packer.done()


def _handed_out(one: Records) -> list[Any]:
    match one.kind.name:
        case "documents.IssuedDocument":
            return [(row, said) for row, said in one.rows if own.is_own_paper(row)]
        case "documents.Attachment":
            return [(row, said) for row, said in one.rows if own.is_own_scan(row)]
    return one.rows


def _own_papers(whole: WholeFile, kept: list[Records]) -> list[Any]:
    names = {"documents.IssuedDocument", "documents.Attachment"}
    ids = {said["id"] for one in kept if one.kind.name in names for _row, said in one.rows}
    return [paper for paper in whole.papers if paper.row in ids]


def _readable(person: Person, first: Told, kept: list[Records], number: UUID, at: datetime) -> str:
    sections = [(str(capfirst(one.kind.model._meta.verbose_name_plural)), one.rows) for one in kept]
    context = {
        "language": get_language(), "number": number, "made_at": at.astimezone(SHANGHAI),
        "person": _pairs(person, first),
        "sections": [
            (title, [_pairs(row, said) for row, said in rows]) for title, rows in sections if rows
        ],
    }  # fmt: skip
    return render_to_string("handover/copy.html", context)


def _pairs(row: Any, said: Told) -> Pairs:
    """Labels and words of what a row tells; what is empty is left out."""
    found = []
    for field in told_fields(type(row)):
        value = said.get(field.name)
        if value in (None, "", [], {}) or not _is_for_readers(row, field):
            continue
        found.append((str(capfirst(field.verbose_name)), _words(row, field, value)))
    return found


def _is_for_readers(row: Any, field: Any) -> bool:
    """Ids of rows and derived spellings stand in the JSON alone."""
    internal = {"name_pinyin", "name_initials", "sort_key"}
    of_file = field.related_model is not None and hasattr(field.related_model, "public_id")
    uuid = field.get_internal_type() in ("UUIDField", "JSONField")
    return not uuid and not of_file and field.name not in internal


def _words(row: Any, field: Any, value: Any) -> str:
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    real = getattr(row, field.attname)
    if isinstance(real, datetime):
        moment = parse_datetime(value) or real
        return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(real, date):
        return str(value)
    if field.related_model is not None:
        return str(getattr(row, field.name))
    return str(value)
