"""The receipt: what the receiving office answers, proved with the phrase that both knew."""

import json
import re
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.fields import full_name
from apps.audit.acting import acting
from apps.core.days import SHANGHAI
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.handover import sealing
from apps.handover.codes import RECEIPT, VERSION, ArrivalState, PackageState
from apps.handover.models import Arrival, Package
from apps.handover.packing import as_json
from apps.handover.shapes import moment_of
from apps.handover.strict_json import read_json
from apps.transfers.codes import TransferState
from apps.transfers.services.elsewhere import accepted_elsewhere, refused_elsewhere

KEYS: Final = {"format", "version", "package", "sha256", "answer", "reason", "office", "by", "at",
               "counts", "proof"}  # fmt: skip
LARGEST: Final = 64 * 1024


def receipt_of(arrival: Arrival) -> bytes:
    """The same bytes each time: a package that comes twice is answered once."""
    if arrival.state == ArrivalState.WAITING or arrival.decided_at is None:
        raise Refused(_("Nothing is decided yet: there is no receipt."))
    unit = arrival.village or arrival.town or arrival.county
    told: dict[str, Any] = {
        "format": RECEIPT, "version": VERSION, "package": str(arrival.package),
        "sha256": arrival.sha256, "answer": str(arrival.state), "reason": arrival.decision_reason,
        "office": {"code": unit.code, "name": full_name(unit)}, "by": str(arrival.decided_by),
        "at": arrival.decided_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "counts": arrival.counts,
    }  # fmt: skip
    key = bytes.fromhex(arrival.receipt_key)
    return as_json(told | {"proof": sealing.proof(key, _proved(told))})


def _proved(told: dict[str, Any]) -> bytes:
    """What the proof is of: one spelling of the receipt without the proof itself."""
    rest = {name: value for name, value in told.items() if name != "proof"}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def load_receipt(*, content: bytes, by: User) -> Package:
    """The transfer is decided as the other office decided; the receipt is kept."""
    if not by.may(Permission.CASE_ASSIGN):
        raise Refused(_("A supervisor hands over."))
    told = _read(content)
    rows = Package.objects.visible_to(by).select_for_update(of=("self",))
    package = rows.select_related("transfer", "person").filter(public_id=told["package"]).first()
    if package is None or package.sha256 != told["sha256"]:
        raise Refused(_("This is no receipt of a package of your office."), field="file")
    if not sealing.is_proof(bytes.fromhex(package.receipt_key), _proved(told), told["proof"]):
        raise Refused(_("The receipt is not from whoever had the phrase, or it was changed."),
                      field="file")  # fmt: skip
    if package.state != PackageState.SENT:
        if package.answer == told:
            return package  # the same receipt again
        raise Refused(_("Another receipt of this package was read in already."), field="file")
    _answer(package, told, by)
    return package


def _answer(package: Package, told: dict[str, Any], by: User) -> None:
    package.state = PackageState(told["answer"])
    package.receipt = json.dumps(told, ensure_ascii=False)
    package.answered_at, package.answered_by = timezone.now(), by
    package.content = b""  # it has arrived
    with acting(by, told["reason"]):
        save_or_refuse(package)
    transfer = package.transfer
    if package.state == PackageState.ACCEPTED:
        accepted_elsewhere(transfer=transfer, by=by, reason=_words(told))
    elif transfer.state == TransferState.HANDED_OVER:
        refused_elsewhere(transfer=transfer, by=by, reason=_words(told))


def _words(told: dict[str, Any]) -> str:
    day = datetime.fromisoformat(told["at"]).astimezone(SHANGHAI)
    words = _("Receipt of %(office)s, %(who)s, %(day)s.") % {
        "office": told["office"]["name"],
        "who": told["by"],
        "day": f"{day:%Y-%m-%d}",
    }
    return f"{words} {told['reason']}".strip()


def _read(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Refused(_("This is no receipt."), field="file")
    told = read_json(content)
    if not isinstance(told, dict) or told.get("format") != RECEIPT or told.keys() != KEYS:
        raise Refused(_("This is no receipt."), field="file")
    sealing.refuse_version(told["version"])
    texts = ("package", "sha256", "answer", "reason", "by", "at", "proof")
    office = told["office"]
    fine = (
        all(isinstance(told[name], str) for name in texts)
        and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", told["package"])
        and told["answer"] in (ArrivalState.ACCEPTED, ArrivalState.REJECTED)
        and isinstance(office, dict) and isinstance(office.get("name"), str)
        and isinstance(told["counts"], dict) and moment_of(told["at"]) is not None
        and re.fullmatch(r"[0-9a-f]{64}", told["proof"])
    )  # fmt: skip
    if not fine:
        raise Refused(_("This is no receipt."), field="file")
    return told
