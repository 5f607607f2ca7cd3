"""Papers and scans, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.core.records import FileRows, RecordKind, Tab, register
from apps.documents import timeline
from apps.documents.models import Attachment, IssuedDocument

SEE = Permission.DOCUMENT_VIEW

register(
    RecordKind(
        name="documents",
        label=_("Documents"),
        log={"paper": _("Documents"), "scan": _("Scans")},
        parts=(
            Tab(_("Documents"), "documents:person", 100, SEE),
            FileRows(IssuedDocument, history=SEE),
            FileRows(Attachment, history=SEE),
            *timeline.PARTS,
        ),
    )
)
