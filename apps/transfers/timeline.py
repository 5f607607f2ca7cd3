"""What the stream of a person tells of transfers."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.core.timeline import Chip, Happening, Happenings, Line
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer


def _transfer(row: Happening) -> Iterator[Line]:
    to = {"unit": row.no}
    yield "d1", _("Transfer asked for: %(unit)s") % to, "", None
    yield "d2", _("Handed over: %(unit)s") % to, "", None
    if row.word in (TransferState.ACCEPTED, TransferState.REFUSED, TransferState.CANCELLED):
        tag = (
            "done" if row.word == TransferState.ACCEPTED else "na",
            str(TransferState(row.word).label),
        )
        yield "d3", _("Transfer decided: %(unit)s") % to, "", tag
    yield "d4", _("Reported at the new place: %(unit)s") % to, "", None
    yield "d5", _("New agreement signed: %(unit)s") % to, "", None


PARTS: Final = (
    Chip("transfer", gettext_lazy("Transfers"), 100),
    Happenings(
        src="transfer", model=Transfer, rank=107, chip="transfer", icon="arrows-exchange",
        url_name="transfers:transfer", tell=_transfer, word="state", no="to_town__name",
        days=("asked_on", "handed_over_on", "decided_on", "arrived_on", "agreement_on"),
        moments=("recorded_at",),
    ),
)  # fmt: skip
