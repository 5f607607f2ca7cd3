"""Which unit was responsible for a person before the one of today."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.persons.models.assignment import DateSpan
from apps.persons.models.person import Person
from apps.persons.querysets import FormerUnitQuerySet


@pghistory.track()
class FormerUnit(ScopedModel):
    """County, town and village were responsible until a day, included; without a first day from
    the beginning. Only the mover writes them, and only figures of past days read them: who may
    read a row follows from the place on the row, which is always that of today.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="former_units", verbose_name=_("person")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = FormerUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("former unit of a person")
        verbose_name_plural = _("former units of persons")
        indexes = [models.Index(fields=["ends_on"], name="former_unit_ended")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="former_unit_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            ExclusionConstraint(
                name="former_unit_one_a_day",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another unit is responsible on these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village or self.town or self.county} – {self.ends_on}"
