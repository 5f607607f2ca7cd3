"""The file of a person and its contacts, as other pages see them: see apps/core/records.py."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import FileRows, RecordKind, Tab, register
from apps.persons import timeline
from apps.persons.models import Assignment, FormerUnit, Person

register(
    RecordKind(
        name="persons", label=_("File of the person"),
        log={
            "persons:list": _("Persons"), "persons:reveal": _("Whole number"),
            "persons:alike": _("Likely duplicates"), "persons:compare": _("Likely duplicates"),
            "persons:not-same": _("Likely duplicates"),
            "persons:not-same-back": _("Likely duplicates"),
            "persons:merge": _("Merged files"), "persons:merges": _("Merged files"),
            "persons:merge-undo": _("Merged files"), "persons:call": _("Call"),
            "persons:contacts": _("Contacts"), "persons:access": _("Access log"),
            "persons:assign": _("Assign"), "alike": _("Likely duplicates"),
            "assignment": _("Assign"), "contact_phone": _("Phone of a contact"),
            "contacts": _("Contacts"), "name": _("Name"), "document_number": _("Whole number"),
            "file": _("File of the person"), "phone": _("Phone"),
        },
        parts=(Tab(_("Contacts"), "persons:contacts", 70), FileRows(Assignment, stays=True),
            FileRows(FormerUnit, stays=True),
            # A file that was merged keeps the place of then: an undo compares it.
            FileRows(Person, stays=True), *timeline.PARTS),
    )
)  # fmt: skip
