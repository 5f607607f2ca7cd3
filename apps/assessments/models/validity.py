"""For how long an assessment speaks: a number an office may set, from a day on."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure, RiskLevel


@pghistory.track()
class ValidityRule(models.Model):
    """Never edited once it has begun: another number is another row from its day on.

    An empty measure, year or area stands for all. The most specific row of the day wins: nearest
    area, then measure, year of the term, the latest beginning.
    """

    risk_level = models.CharField(_("risk level"), max_length=6, choices=RiskLevel)
    measure = models.CharField(_("measure"), max_length=4, choices=Measure, blank=True, default="")
    year_of_term = models.PositiveSmallIntegerField(_("year of the term"), null=True, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    months = models.PositiveSmallIntegerField(pgettext_lazy("how many", "months"))
    effective_from = models.DateField(_("from"))
    basis = models.CharField(_("basis"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("validity of assessments")
        verbose_name_plural = _("validity of assessments")
        ordering = ["risk_level", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["risk_level", "measure", "year_of_term", "area", "effective_from"],
                nulls_distinct=False,
                name="validity_once",
                violation_error_message=_("A number for the same begins on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=24),
                name="validity_sensible",
                violation_error_message=_("Between 1 and 24 months."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_risk_level_display()} {self.months}"
