"""What a campaign of an occupation found: sums, each a screening on the page of occupations."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.campaigns.models.campaign import Campaign
from apps.campaigns.querysets import CountQuerySet
from apps.campaigns.target_sql import OF_OCCUPATION
from apps.core.fields import uuid7
from apps.drugtests.models import OccupationalScreening


@pghistory.track()
class CampaignCount(models.Model):
    """Which sums are of which campaign. Nobody stands in it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="sums", verbose_name=_("campaign")
    )
    screening = models.OneToOneField(
        OccupationalScreening, models.PROTECT, related_name="campaign_count",
        verbose_name=_("occupational screening"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )

    objects = CountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of a campaign")
        verbose_name_plural = _("counts of campaigns")
        triggers = [OF_OCCUPATION]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.screening_id}"
