"""A scan in the person's file."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.documents.codes import EXTENSIONS, AttachmentKind, MediaType
from apps.documents.models.issued import IssuedDocument
from apps.documents.querysets import AttachmentQuerySet
from apps.persons.models import Person


def random_name(attachment: "Attachment", _name: str) -> str:
    """Nothing of the uploaded name is kept; the folder spreads the files."""
    name = uuid7().hex
    return f"documents/{name[-2:]}/{name}.bin"


@pghistory.track()
class Attachment(ScopedModel):
    """The file lies encrypted under MEDIA_ROOT; only the view of apps.documents opens it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="attachments", verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    document = models.ForeignKey(
        IssuedDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("scan of the issued paper"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AttachmentKind)
    description = EncryptedTextField(_("description"), blank=False)
    file = models.FileField(_("file"), upload_to=random_name, max_length=120, editable=False)
    media_type = models.CharField(_("type"), max_length=80, choices=MediaType)
    # As it was sent: a photo is kept without what it told beside its picture.
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    dated_on = models.DateField(_("date on the paper"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("attached"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("attached by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True, default="")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes = [models.Index(fields=["person", "-uploaded_at"], name="attachment_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="attachment_withdrawn_with_reason",
                violation_error_message=_("Say why the scan is withdrawn."),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def extension(self) -> str:
        return EXTENSIONS[MediaType(self.media_type)][0]

    @property
    def context(self) -> str:
        """Binds the encrypted file to this row, as the columns are bound."""
        return f"{self._meta.db_table}.file.{self.public_id}"

    def size_words(self) -> str:
        kilobytes = max(round(self.size / 1024), 1)
        return f"{kilobytes:,} KB" if kilobytes < 1000 else f"{self.size / 1024**2:.1f} MB"
