"""A campaign of drug tests: in a unit, between two days; of persons, or of an occupation."""

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.campaigns.codes import Asks
from apps.campaigns.querysets import CampaignQuerySet
from apps.campaigns.target_sql import KEEPS_ITS_LIST
from apps.core.days import today
from apps.core.fields import uuid7
from apps.drugtests.codes import Sample, TestKind


@pghistory.track()
class Campaign(models.Model):
    """In a unit and between two days. Its numbers stand beside those of others, never with them."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=80)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    sample = models.CharField(_("sample"), max_length=8, choices=Sample)
    kind = models.CharField(_("kind of test"), max_length=10, choices=TestKind)
    asks = models.CharField(_("who is asked"), max_length=10, choices=Asks, default=Asks.PERSONS)
    recorded_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who closed it"),
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("test campaign")
        verbose_name_plural = _("test campaigns")
        ordering = ("-first", "-pk")
        triggers = [
            pgtrigger.ReadOnly(name="campaign_asks_the_same", fields=["asks"]), KEEPS_ITS_LIST,
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="campaign_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "first", "title"],
                name="campaign_once",
                violation_error_message=_("A campaign of this unit, day and title is on file."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="campaign_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def year(self) -> int:
        """Of its first day; campaigns of different years are different numbers."""
        return int(self.first.year)

    @property
    def listed_on(self) -> date:
        """The day on which an order has to run for its list: the first, or today once it began."""
        return min(max(self.first, today()), self.last)

    @property
    def counts_only(self) -> bool:
        """Of an occupation: sums, nobody by name, never a list."""
        return bool(self.asks == Asks.OCCUPATION)
