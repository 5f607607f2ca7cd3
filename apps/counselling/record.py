"""Counselling and family guidance, as other pages see them."""

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.core.records import Contacts, FileRows, RecordKind, Tab, register
from apps.counselling import figures, timeline
from apps.counselling.models import Session, SessionNotes

register(
    RecordKind(
        name="counselling", label=_("Counselling and family guidance"),
        log={
            "counselling": _("Counselling and family guidance"),
            "counselling-notes": _("Confidential notes of a session"),
            "counselling:notes": _("Confidential notes of a session"),
        },
        parts=(
            Tab(pgettext_lazy("sessions", "Counselling"), "counselling:person", 57),
            FileRows(SessionNotes, history=None),
            # Somebody sat with the person and spoke: whoever looks for the person may stop. It
            # does no duty, and guidance of the family alone is no contact with the person.
            Contacts(Session.objects.with_the_person),
            *timeline.PARTS, *figures.LISTS,
        ),
    )
)  # fmt: skip
