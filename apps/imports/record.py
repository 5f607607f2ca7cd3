"""Imports, and the ledgers of more than one subject."""

from django.utils.translation import gettext_lazy as _

from apps.core.records import RecordKind, register
from apps.imports.ledgers.areas import AREAS
from apps.imports.ledgers.organisations import ORGANISATIONS
from apps.imports.ledgers.persons import PERSONS
from apps.imports.ledgers.users import USERS

register(
    RecordKind(
        name="imports",
        label=_("Import"),
        parts=(AREAS, ORGANISATIONS, USERS, PERSONS),
        log={"import": _("Lines of an import")},
    )
)
