"""A round: everybody in an area is assessed between two days."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.assessments.querysets import RoundQuerySet, TargetQuerySet
from apps.core.fields import uuid7
from apps.persons.models import Person


@pghistory.track()
class Round(models.Model):
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=80)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of assessments")
        verbose_name_plural = _("rounds of assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="round_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "first", "last"],
                name="round_once",
                violation_error_message=_("A round of this area and these days is on file."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """Both ends included."""
        return (self.last - self.first).days + 1


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class RoundTarget(ScopedModel):
    """Who is to be assessed in a round, as it stood when the list was drawn up."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="targets", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of a round")
        verbose_name_plural = _("targets of rounds")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="round_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id}"
