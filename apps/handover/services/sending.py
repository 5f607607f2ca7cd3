"""The sending office: the whole file of somebody whose transfer is handed over, sealed."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.fields import full_name
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.handover import sealing
from apps.handover.codes import PERSON, Purpose
from apps.handover.models import Package
from apps.handover.packing import Packed, Packer, as_json, manifest
from apps.handover.parts import read_whole
from apps.handover.rows import told
from apps.persons.models import Person
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer
from apps.transfers.services.sending import lock_transfer, refuse_unless


@dataclass
class Sealed:
    """The package and its phrase, which is known now and never again."""

    package: Package
    phrase: str


@transaction.atomic
def make_package(*, transfer: Transfer, by: User, reason: str) -> Sealed:
    """Everything of the file that this reader may read, for the office of the transfer."""
    if not by.may(Permission.CASE_ASSIGN):
        raise Refused(_("A supervisor hands over."))
    if not is_reason(reason):
        raise Refused(_("Say why."), field="reason")
    locked = lock_transfer(transfer)
    refuse_unless(locked, TransferState.HANDED_OVER)
    # Whoever writes about the person meanwhile waits: the file is of one moment.
    person: Person = Person.objects.select_for_update(of=("self",)).get(pk=locked.person_id)
    package = Package(person=person, transfer=locked, reason=reason.strip(), made_by=by,
                      **place_ids(locked))  # fmt: skip
    packed = _packed(package, locked, by)
    phrase = sealing.new_phrase()
    head = {"package": str(package.public_id), "to": locked.receiver.code}
    content, keys = sealing.seal(packed.content, phrase, head)
    package.sha256, package.size, package.counts = packed.sha256, len(content), packed.counts
    package.content, package.digests = content, packed.digests
    package.receipt_key = keys.receipt.hex()
    log_access(by, persons=[person], action=Action.EXPORT, purpose=reason, fields_seen="whole file")
    with acting(by, reason):
        save_or_refuse(package)
    return Sealed(package, phrase)


def _packed(package: Package, transfer: Transfer, by: User) -> Packed:
    whole = read_whole(package.person, by)
    about = manifest(
        purpose=Purpose.TRANSFER, number=package.public_id, by=by, at=timezone.now(),
        reason=package.reason, whole=whole,
    )  # fmt: skip
    unit = transfer.receiver
    packer = Packer(about | {"to": {"code": unit.code, "name": full_name(unit)}})
    packer.add(PERSON, as_json(told(package.person)))
    for one in whole.records:
        packer.add_rows(one.kind.name, [said for _row, said in one.rows])
    for paper in whole.papers:
        packer.add_paper(paper)
    return packer.done()


def written_since(package: Package, by: User) -> list[str]:
    """Kinds of records that the file has otherwise now: what came later is not in it."""
    found = []
    for one in read_whole(package.person, by).records:
        rows = [said for _row, said in one.rows]
        if package.digests.get(one.kind.name) != sha256(as_json(rows)).hexdigest():
            found.append(str(one.kind.model._meta.verbose_name_plural))
    return found
