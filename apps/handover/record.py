"""Whole files, as the access log calls them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="handover",
        label=_("Whole file"),
        log={"whole file": _("Whole file")},
    )
)
