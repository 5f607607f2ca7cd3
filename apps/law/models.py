"""The working-day calendar, and numbers of the law that a site may set."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import Area
from apps.law.parameters import Parameter


class DayKind(models.TextChoices):
    OFF = "off", _("Day off")
    WORK = "work", _("Made-up working day")
    USUAL = "usual", _("As every week")


@pghistory.track()
class CalendarDay(models.Model):
    """A day that differs from the week: State Council notices, and what a province adds."""

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=DayKind)
    name = models.CharField(
        pgettext_lazy("of a thing", "name"), max_length=40, blank=True, default=""
    )
    basis = models.CharField(_("basis"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("working-day calendar")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


@pghistory.track()
class LawParameter(models.Model):
    """Never edited: another number is another row from its day on."""

    name = models.CharField(pgettext_lazy("of the law", "number"), max_length=20, choices=Parameter)
    value = models.PositiveSmallIntegerField(_("value"))
    effective_from = models.DateField(_("from"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"),
        help_text=_("Empty: everywhere."),
    )  # fmt: skip
    basis = models.CharField(_("basis"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("number of the law")
        verbose_name_plural = _("numbers of the law")
        ordering = ["name", "area__code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "area", "effective_from"],
                nulls_distinct=False,
                name="parameter_once",
                violation_error_message=_("A number for the same begins on this day already."),
            ),
            models.CheckConstraint(
                condition=~Q(name__in=["leave_approval"]) | Q(value__lte=1),
                name="parameter_switch",
                violation_error_message=_("0 or 1."),
            ),
            models.CheckConstraint(
                condition=Q(value__lte=365),
                name="parameter_sensible",
                violation_error_message=_("At most 365."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.value}"
