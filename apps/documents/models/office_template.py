"""An office's own form of a paper."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.core.fields import uuid7
from apps.documents.codes import PaperKind
from apps.documents.querysets import OfficeTemplateQuerySet


class OfficeTemplate(models.Model):
    """A DOCX with plain placeholders. Rows never change: a new file is a new row.

    It holds no facts of a person, so the file stands here as it was uploaded; papers that were
    issued from it go on pointing at it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    measure = models.CharField(
        _("measure"),
        max_length=4,
        choices=Measure,
        blank=True,
        default="",
        help_text=_("Empty: for both measures."),
    )
    effective_from = models.DateField(_("in effect from"))
    withdrawn_on = models.DateField(_("not used from"), null=True, blank=True)
    content = models.BinaryField(_("file"))
    sha256 = models.CharField(max_length=64, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )

    objects = OfficeTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of an office")
        verbose_name_plural = _("templates of offices")
        indexes = [models.Index(fields=["area", "kind", "-effective_from"], name="template_used")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("effective_from")),
                name="template_withdrawn_after_start",
                violation_error_message=_("The end lies before the beginning."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.effective_from}"
