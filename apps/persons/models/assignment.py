"""Who is responsible for a person, and who covers."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.days import today
from apps.core.fields import uuid7
from apps.persons.models.person import Person
from apps.persons.querysets import AssignmentQuerySet


class AssignmentKind(models.TextChoices):
    RESPONSIBLE = "responsible", _("Responsible")
    COVER = "cover", _("Cover")


class DateSpan(Func):
    """daterange(starts_on, ends_on, '[]'): both days belong to it, no end is endless."""

    function = "daterange"
    output_field = DateRangeField()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Assignment(ScopedModel):
    """A worker is responsible for, or covers, a person from one day to another (both included)."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    worker = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    kind = models.CharField(_("kind"), max_length=12, choices=AssignmentKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [models.Index(fields=["worker", "person"], name="assignment_caseload")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            ExclusionConstraint(
                name="assignment_one_responsible",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=AssignmentKind.RESPONSIBLE),
                violation_error_message=_("Another worker is responsible on these days."),
            ),
        ]

    @property
    def is_ahead(self) -> bool:
        """It has not begun, and can be taken back."""
        return self.starts_on > today()

    def __str__(self) -> str:
        return f"{self.worker} → {self.person}"
