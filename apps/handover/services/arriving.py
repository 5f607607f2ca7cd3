"""The receiving office: checked at once, decided by a supervisor, and in whole or not at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area, place_ids, place_of
from apps.audit.acting import acting, from_ledger
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.typed import clean_text
from apps.documents import uploaded_files
from apps.documents.codes import EXTENSIONS, AttachmentKind, MediaType
from apps.documents.models import Attachment
from apps.handover import sealing
from apps.handover.codes import ArrivalState
from apps.handover.models import Arrival
from apps.handover.reading import Opened, open_package
from apps.handover.services.building import Builder
from apps.handover.shapes import moment_of
from apps.persons import identity
from apps.persons.models import Person
from apps.persons.services import assign_worker
from apps.persons.services.moving import ensure_inside, follow

LONGEST_MOMENT: Final = 40
# Two machines need not agree to the second.
CLOCKS_DIFFER: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Known:
    """Somebody of the same number, or the same file: `person` only where the reader sees it."""

    person: Person | None
    elsewhere: bool = False
    # The id leads to one file and the number to another.
    several: bool = False
    # Of the same origin, and somebody else by its number.
    differs: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody may say that it is the same person."""
        return not (self.elsewhere or self.several or self.differs)


@transaction.atomic
def receive_package(*, content: bytes, phrase: str, area: Area, by: User) -> Arrival:
    """Checked whole, and kept sealed with the keys of this installation. A package that was here is
    answered with what stands here already.
    """
    refuse_unless_decides(by)
    unit = ensure_inside(by, area)
    packed, keys, head = sealing.unseal(content, phrase)
    opened = open_package(packed)
    if opened.manifest["package"] != head["package"]:
        raise Refused(_("The envelope is of another package."), field="file")
    _refuse_other_unit(opened, unit)
    return _keep(opened, packed, keys, unit, by)


def _refuse_other_unit(opened: Opened, unit: Area) -> None:
    code = opened.manifest["to"]["code"]
    meant = Area.objects.filter(code=code).first()
    if meant is None or not (unit.contains(meant.today) or meant.today.contains(unit)):
        raise Refused(
            _("The file is meant for %(unit)s (%(code)s).")
            % {"unit": opened.manifest["to"]["name"][:80], "code": code[:12]}, field="area",
        )  # fmt: skip


def _keep(opened: Opened, packed: bytes, keys: sealing.Keys, unit: Area, by: User) -> Arrival:
    told, digest = opened.manifest, sha256(packed).hexdigest()
    rows = Arrival.objects.select_for_update(of=("self",))
    if (there := rows.filter(package=told["package"]).first()) is not None:
        seen = Arrival.objects.visible_to(by).filter(pk=there.pk).exists()
        if there.sha256 != digest or not seen:
            raise Refused(_("A package of this number was read in already, and is another one."))
        return there
    arrival = Arrival(
        package=told["package"], from_words=clean_text(told["from"]["name"])[:200],
        made_by=clean_text(told["made_by"])[:100], made_at=_moment(told["made_at"]),
        sha256=digest, receipt_key=keys.receipt.hex(), recorded_by=by, counts=opened.counts,
        **place_of(unit),
    )  # fmt: skip
    arrival.keep(packed)
    with acting(by):
        save_or_refuse(arrival)
    return arrival


def _moment(text: str) -> datetime:
    found = moment_of(text) if len(text) < LONGEST_MOMENT else None
    if found is None or found > timezone.now() + CLOCKS_DIFFER:
        raise Refused(_("The list of the file's parts is not as it must be."))
    return found


def known_here(opened: Opened, by: User) -> Known | None:
    """Whether the person has a file here. Of one in another unit nothing more is told."""
    told = opened.person
    rows = Person.every.filter(public_id=told["id"])
    if number := identity.plain(told["document_number"]):
        rows = rows | Person.every.filter(document_index=identity.document_index(number))
    files = {found.merged_into_id or found.pk for found in rows}
    if not files:
        return None
    seen = list(Person.objects.visible_to(by).filter(pk__in=files).order_by("pk"))
    if len(seen) < len(files):
        return Known(None, elsewhere=True)
    return Known(seen[0], several=len(seen) > 1, differs=_differs(seen[0], number))


def _differs(file: Person, number: str) -> bool:
    known = bytes(file.document_index or b"")
    return bool(number and known) and identity.document_index(number) != known


@transaction.atomic
def accept_arrival(
    *, arrival: Arrival, by: User, worker: User | None = None, same_person: bool = False
) -> Arrival:
    """In one piece, or nothing. `same_person`: a supervisor has looked, and the file that is here
    is of this person; it takes what it does not have yet, and stays what it is otherwise.
    """
    refuse_unless_decides(by)
    locked = lock_arrival(arrival)
    if locked.state == ArrivalState.ACCEPTED:
        return locked  # the same tap again
    _refuse_decided(locked)
    opened = open_package(locked.zip)
    known = known_here(opened, by)
    if known is not None and known.elsewhere:
        raise Refused(_("The person has a file in another unit here. Ask that unit for a transfer, "
                        "and refuse this package with the reason."))  # fmt: skip
    if known is not None and known.several:
        raise Refused(_("Two files here are of this person: one by its id, one by its number. "
                        "Merge them first."))  # fmt: skip
    if known is not None and known.differs:
        raise Refused(_("The file that is here has another number: correct the one that is wrong, "
                        "or refuse the package."))  # fmt: skip
    if known is not None and not same_person:
        raise Refused(_("A file of this person is here already. Look at it, and say that it is the "
                        "same person, or refuse the package."), field="same_person")  # fmt: skip
    with acting(by), from_ledger(f"handover {locked.package}"):
        person = _bring_in(locked, opened, known.person if known else None, by)
        locked.person = person
        _decide(locked, ArrivalState.ACCEPTED, by)
        if worker is not None:
            assign_worker(persons=[person], worker=worker, by=by, on=today())
    return locked


@transaction.atomic
def reject_arrival(*, arrival: Arrival, by: User, reason: str) -> Arrival:
    """Nothing goes in; the other office reads why."""
    refuse_unless_decides(by)
    if not is_reason(reason):
        raise Refused(_("Say why it is rejected."), field="reason")
    locked = lock_arrival(arrival)
    if locked.state == ArrivalState.REJECTED and locked.decision_reason == reason.strip():
        return locked  # the same tap again
    _refuse_decided(locked)
    locked.decision_reason = reason.strip()
    locked.content = b""  # what is not taken is not kept
    with acting(by, reason):
        _decide(locked, ArrivalState.REJECTED, by)
    return locked


def lock_arrival(arrival: Arrival) -> Arrival:
    rows = Arrival.objects.select_for_update(of=("self",)).select_related(
        "county", "town", "village"
    )
    locked: Arrival = rows.get(pk=arrival.pk)
    return locked


def refuse_unless_decides(by: User) -> None:
    if not by.may(Permission.APPROVE):
        raise Refused(_("A supervisor decides about files that arrive."))


def _refuse_decided(locked: Arrival) -> None:
    if locked.state != ArrivalState.WAITING:
        raise Refused(
            _("Decided already: %(decision)s, %(who)s.")
            % {"decision": locked.get_state_display(), "who": locked.decided_by}
        )


def _decide(locked: Arrival, state: ArrivalState, by: User) -> None:
    locked.state, locked.decided_by, locked.decided_at = state, by, timezone.now()
    save_or_refuse(locked)


def _bring_in(arrival: Arrival, opened: Opened, here: Person | None, by: User) -> Person:
    builder = Builder(place_ids(arrival), User.objects.system())
    person = here or builder.build_person(opened.person)
    laid: list[str] = []
    try:
        for kind, rows in opened.rows:
            if not kind.becomes_rows:
                continue
            if kind.model is Attachment:
                scans = [row for row in rows if row["id"] in opened.papers]
                _lay_scans(builder, kind, scans, person, opened, laid)
            else:
                builder.build(kind, rows, person)
        _lay_papers(opened, person, by, laid)
    except Exception:
        for name in laid:
            default_storage.delete(name)
        raise
    arrival.counts = builder.made
    follow(person)
    return person


def _lay_scans(
    builder: Builder, kind: Any, rows: Any, person: Person, opened: Opened, laid: list[str]
) -> None:
    """Each scan is looked at as an upload is; the row keeps what it said of the original."""

    def lay(row: Any) -> None:
        row.media_type = _store(row, *opened.papers[str(row.public_id)], laid)

    builder.build(kind, rows, person, before=lay)


def _store(row: Attachment, media_type: str, content: bytes, laid: list[str]) -> str:
    if media_type not in MediaType.values:
        raise Refused(_("The file holds parts that do not belong into it."))
    found, clean = uploaded_files.taken(content, f"a.{EXTENSIONS[MediaType(media_type)][0]}")
    uploaded_files.store(row, clean)
    laid.append(str(row.file.name))
    return found


def _lay_papers(opened: Opened, person: Person, by: User, laid: list[str]) -> None:
    """Papers that the other office issued bear its numbers: here they are papers on file."""
    names = {row["id"]: row for kind, rows in opened.rows
             if kind.name == "documents.IssuedDocument" for row in rows}  # fmt: skip
    here = set(
        map(str, Attachment.objects.filter(public_id__in=names).values_list("public_id", flat=True))
    )
    for number, row in names.items():
        if number not in opened.papers or number in here:
            continue
        media_type, content = opened.papers[number]
        scan = Attachment(
            public_id=number, person=person, kind=AttachmentKind.SIGNED, media_type=media_type,
            description=row["number"] or _("Paper of the office of before"), size=len(content),
            sha256=sha256(content).hexdigest(), uploaded_by=by, **place_ids(person),
            dated_on=datetime.fromisoformat(row["issued_on"]).date(),
        )  # fmt: skip
        _store(scan, media_type, content, laid)
        save_or_refuse(scan)
