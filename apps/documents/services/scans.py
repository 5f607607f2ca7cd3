"""Scans: attached, withdrawn, never deleted."""

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.documents import uploaded_files
from apps.documents.models import Attachment, IssuedDocument
from apps.notices.services import ring_withdrawn
from apps.persons.models import Person


@transaction.atomic
@once(Attachment, target="person", called={"file": "size"})
def attach_scan(
    *,
    person: Person,
    case: Case | None,
    by: User,
    client_uuid: UUID,
    file: "UploadedFile[bytes]",
    kind: str,
    description: str,
    dated_on: date | None = None,
    document: IssuedDocument | None = None,
) -> Attachment:
    """Checked by its content, encrypted, kept; the same client UUID gives the same scan."""
    size = file.size or 0
    uploaded_files.check_size(size)
    media_type, content = uploaded_files.taken(file.read(), file.name or "")
    if dated_on is not None and dated_on > today():
        raise Refused(_("The day lies in the future."), field="dated_on")
    scan = Attachment(
        client_uuid=client_uuid, person=person, case=case, document=document, kind=kind,
        description=" ".join(description.split()), media_type=media_type, size=size,
        sha256=sha256(content).hexdigest(), dated_on=dated_on, uploaded_by=by,
        **place_ids(person),
    )  # fmt: skip
    uploaded_files.store(scan, content)
    try:
        with acting(by):
            save_or_refuse(scan)
    except Exception:
        default_storage.delete(str(scan.file.name))
        raise
    return scan


@transaction.atomic
def withdraw_scan(*, scan: Attachment, by: User, reason: str) -> Attachment:
    """Taken out of the file with a reason; row and bytes stay until the rules erase them."""
    locked: Attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=scan.pk)
    reason = " ".join(reason.split())
    if locked.withdrawn_at is not None:
        raise Refused(_("The scan is withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say in a few words why the scan is withdrawn."), field="reason")
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.withdrawn_reason = reason
    with acting(by, reason):
        save_or_refuse(locked)
    ring_withdrawn(row=locked, made_by_id=locked.uploaded_by_id, by=by)
    return locked
