"""Absences of staff, as the access log calls them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="covers", label=_("Absences and covers"), log={"cover": _("Absences and covers")}
    )
)
