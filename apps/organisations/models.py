"""One register of bodies that a case deals with."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.models import ScopedModel
from apps.areas.querysets import ScopedQuerySet
from apps.core.fields import uuid7


class OrganisationKind(models.TextChoices):
    POLICE = "police", _("Police")
    JUSTICE = "justice", _("Justice office")
    STATION = "station", _("Guidance station")
    LABORATORY = "laboratory", _("Laboratory")
    CLINIC = "clinic", _("Clinic")
    INSTITUTION = "institution", _("Rehabilitation institution")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs and social security")
    EMPLOYER = "employer", _("Employer")
    OTHER = "other", _("Other")


@pghistory.track()
class Organisation(ScopedModel):
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    address = models.CharField(_("address"), max_length=200, blank=True, default="")
    active = models.BooleanField(_("active"), default=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "name"],
                name="organisation_once",
                violation_error_message=_("This organisation is registered already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
