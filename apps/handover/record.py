"""Whole files, as the access log calls them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import FileRows, RecordKind, register
from apps.handover.models import Arrival, Package

register(
    RecordKind(
        name="handover",
        label=_("Whole file"),
        log={"whole file": _("Whole file")},
        # Envelopes: no part of the file, and told in no history.
        parts=(
            FileRows(Package, stays=True, history=None),
            FileRows(Arrival, stays=True, history=None),
        ),
    )
)
