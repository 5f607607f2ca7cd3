"""A worker is away, and another one looks after the whole caseload meanwhile."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.core.fields import uuid7
from apps.covers.querysets import CoverQuerySet
from apps.persons.models import Assignment
from apps.persons.models.assignment import DateSpan


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Cover(models.Model):
    """Both days are included; without a last day it runs until the worker is back.

    Why somebody is away is the office's own business and is not kept here.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    worker = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name=_("who is away")
    )
    cover = models.ForeignKey(
        User, models.PROTECT, related_name="covers", verbose_name=_("who covers")
    )
    starts_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    words = models.CharField(_("what to know"), max_length=400, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    assignments: "models.ManyToManyField[Assignment, models.Model]" = models.ManyToManyField(
        Assignment, related_name="+", verbose_name=_("assignments")
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("starts_on")),
                name="cover_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(worker=F("cover")),
                name="cover_by_somebody_else",
                violation_error_message=_("Nobody covers for themselves."),
            ),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[
                    ("worker", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "until_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("On these days somebody covers already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} → {self.cover}"

    def is_over_on(self, day: date) -> bool:
        return self.until_on is not None and self.until_on < day


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class CoverGives(Cover.assignments.through):  # type: ignore[misc, name-defined]
    """The assignments of a cover, for their history alone."""

    class Meta:
        proxy = True
