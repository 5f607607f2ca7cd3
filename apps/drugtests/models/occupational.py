"""An occupational screening: how many were tested, how many were positive, and nobody by name.

These people are on no register. The counts stand by themselves and are in no figure of persons.
"""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.areas.querysets import ScopedQuerySet
from apps.drugtests.codes import Occupation, Source


@pghistory.track()
class OccupationalScreening(ScopedModel):
    """One line of a list of sums: an occupation on a day, or from one day to another."""

    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    occupation = models.CharField(_("occupation"), max_length=10, choices=Occupation)
    occupation_words = models.CharField(
        _("occupation in the words of the list"), max_length=60, blank=True, default=""
    )
    tested = models.PositiveIntegerField(_("tested"))
    positive = models.PositiveIntegerField(_("positive, to be confirmed"))
    words = models.CharField(_("remark"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=6, choices=Source, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name=_("recorded by"),
    )  # fmt: skip

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("occupational screening")
        verbose_name_plural = _("occupational screenings")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="occupational_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(positive__lte=F("tested")),
                name="occupational_positive_among_tested",
                violation_error_message=_("More are positive than were tested."),
            ),
            models.UniqueConstraint(
                fields=[
                    "county", "town", "village", "first_on", "last_on", "occupation",
                    "occupation_words",
                ],
                nulls_distinct=False,
                name="occupational_once",
                violation_error_message=_("This screening is on file already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_occupation_display()} {self.first_on}"
