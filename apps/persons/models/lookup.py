"""A look-up of a number whose file another unit keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.areas.querysets import ScopedQuerySet
from apps.core.fields import uuid7
from apps.persons.models.person import Person


class OutsideLookup(ScopedModel):
    """The asker was told to ask for a transfer, and no more; the supervisor sees who asked.

    The place is the person's, so that the row is in the scope of that unit.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    asked_day = models.DateField()
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seen by")
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("look-up from outside")
        verbose_name_plural = _("look-ups from outside")
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["asked_by", "asked_day"], name="lookup_per_day")]

    def __str__(self) -> str:
        return f"{self.asked_by} {self.asked_day}"
