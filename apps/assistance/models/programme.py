"""What help there is, how much of it a unit has in a year, and who signs letters about it."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area
from apps.assistance.codes import SEALED_KINDS, Kind, Recipient, Rhythm
from apps.assistance.querysets import BudgetQuerySet, ProgrammeQuerySet
from apps.assistance.sql import BUDGET_HOLDS, KEPT_AS_USED
from apps.core.fields import uuid7
from apps.core.money import MOST_FEN, yuan


@pghistory.track()
class Programme(models.Model):
    """A dictionary: it says nothing of anybody."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name_zh = models.CharField(_("name in Chinese"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    basis = models.CharField(_("basis"), max_length=200, blank=True, default="")
    payer = models.CharField(_("unit that pays"), max_length=120, blank=True, default="")
    rhythm = models.CharField(_("rhythm"), max_length=8, choices=Rhythm)
    recipient = models.CharField(_("for whom"), max_length=10, choices=Recipient)
    needs_decision = models.BooleanField(
        _("another office decides"), default=True,
        help_text=_("Off: what the office gives or arranges by itself, without an application."),
    )  # fmt: skip
    advice_zh = models.CharField(
        _("what a clerk is told, in Chinese"), max_length=300, blank=True, default=""
    )
    advice_en = models.CharField(
        _("what a clerk is told, in English"), max_length=300, blank=True, default=""
    )
    restricted = models.BooleanField(
        _("restricted"), default=False,
        help_text=_("Seen only with a permission of its own; in figures it is medical aid."),
    )  # fmt: skip
    active = models.BooleanField(_("active"), default=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme of help")
        verbose_name_plural = _("programmes of help")
        ordering = ["code"]
        triggers = KEPT_AS_USED
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=SEALED_KINDS) | Q(restricted=True),
                name="programme_of_health_is_restricted",
                violation_error_message=_("Programmes of this kind are restricted."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_zh if _in_chinese() else self.name_en

    @property
    def advice(self) -> str:
        return self.advice_zh if _in_chinese() else self.advice_en

    @property
    def is_monthly(self) -> bool:
        return self.rhythm == Rhythm.MONTHLY


def _in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@pghistory.track()
class Budget(models.Model):
    """What a unit has for a programme in a year; the database lets nobody spend more."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="budgets", verbose_name=_("programme")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    amount_fen = models.BigIntegerField(_("amount in fen"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "programme__code", "pk"]
        triggers = BUDGET_HOLDS
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "area", "year"],
                name="budget_once",
                violation_error_message=_("This unit has a budget for the programme and year."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, amount_fen__lte=MOST_FEN),
                name="budget_above_nothing",
                violation_error_message=_(
                    "A budget is more than nothing, and up to 100 million yuan."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def amount(self) -> str:
        return yuan(self.amount_fen)


@pghistory.track()
class LetterSender(models.Model):
    """Under which name an office writes to others: it tells nothing of what the office does."""

    area = models.OneToOneField(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(
        pgettext_lazy("of an office", "neutral name"), max_length=80,
        help_text=_("Stands over letters, numbers and signatures, such as 嘉积镇综治中心."),
    )  # fmt: skip
    phone = models.CharField(_("phone of the office"), max_length=40, blank=True, default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("sender of letters")
        verbose_name_plural = _("senders of letters")

    def __str__(self) -> str:
        return self.name
