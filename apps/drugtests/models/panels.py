"""What tests look for, from which amount on, and with which kit."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language, gettext_lazy as _

from apps.drugtests.codes import Sample


class Unit(models.TextChoices):
    NG_ML = "ng/mL", _("nanograms a millilitre")
    NG_MG = "ng/mg", _("nanograms a milligram")


@pghistory.track()
class Analyte(models.Model):
    """A substance, or a group of them, that a test finds."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    # A treatment that makes it positive, and medicines that do.
    by_methadone = models.BooleanField(_("positive under methadone treatment"), default=False)
    also_by = models.CharField(
        _("also positive by"), max_length=200, blank=True, default="",
        help_text=_("Medicines known to make it positive; stands beside a positive result."),
    )  # fmt: skip
    also_by_en = models.CharField(
        _("also positive by, in English"), max_length=200, blank=True, default=""
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("substance tested for")
        verbose_name_plural = _("substances tested for")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_zh if _in_chinese() else self.name_en

    @property
    def other_causes(self) -> str:
        """Medicines that make it positive, in the language of the page where they are known."""
        return self.also_by if _in_chinese() else self.also_by_en or self.also_by


def _in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


@pghistory.track()
class CutOff(models.Model):
    """From which amount on a result is positive, in a kind of sample, from a day on."""

    analyte = models.ForeignKey(Analyte, models.PROTECT, related_name="cut_offs")
    sample = models.CharField(_("sample"), max_length=8, choices=Sample)
    value = models.DecimalField(_("cut-off"), max_digits=9, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        ordering = ["analyte", "sample", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="cutoff_above_nothing",
                violation_error_message=_("A cut-off is more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="cutoff_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            ),
            ExclusionConstraint(
                name="cutoff_one_on_a_day",
                expressions=[
                    ("analyte", RangeOperators.EQUAL),
                    ("sample", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from", "valid_to", models.Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Another cut-off holds on some of these days."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.analyte} {self.value.normalize():f} {self.unit}"


@pghistory.track()
class Kit(models.Model):
    """A delivery of test strips or of another device: what it finds, and until when it is good."""

    name = models.CharField(_("device"), max_length=80)
    lot = models.CharField(_("lot"), max_length=40)
    expires_on = models.DateField(_("good until"))
    sample = models.CharField(_("sample"), max_length=8, choices=Sample)
    approval = models.CharField(_("approval number"), max_length=60, blank=True, default="")
    analytes = models.ManyToManyField(Analyte, related_name="kits", verbose_name=_("finds"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("test kit")
        verbose_name_plural = _("test kits")
        ordering = ["name", "-expires_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "lot"],
                name="kit_once",
                violation_error_message=_("This lot is registered already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.lot}"
