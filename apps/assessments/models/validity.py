"""For how long an assessment speaks: a number an office may set, from a day on."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.cases.codes import Tier


@pghistory.track()
class ValidityRule(models.Model):
    """Never edited: another number is another row from its day on."""

    tier = models.CharField(_("tier"), max_length=6, choices=Tier)
    months = models.PositiveSmallIntegerField(_("months"))
    effective_from = models.DateField(_("from"))
    basis = models.CharField(_("basis"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("validity of assessments")
        verbose_name_plural = _("validity of assessments")
        ordering = ["tier", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "effective_from"],
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
        return f"{self.get_tier_display()} {self.months}"
