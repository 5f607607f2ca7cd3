"""Exports as the access log calls them."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register

register(
    RecordKind(
        name="exports",
        label=_("Exports"),
        log={
            "ledger": _("Taken along as a ledger"),
            "ledger users": _("Staff"),
            "ledger persons": _("Persons and orders"),
            "ledger checkins": _("Check-ins"),
            "ledger assessments": _("Assessments"),
            "ledger drugtests": _("Drug tests"),
            "ledger occupational": _("Occupational screenings"),
            "ledger assistance": _("Assistance"),
            "ledger followups": _("Follow-ups"),
            "ledger employment": _("Work"),
            "ledger training": _("Training"),
            "ledger learning": _("Learning"),
        },
    )
)
