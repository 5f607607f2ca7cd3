"""Where a campaign takes samples, and when: a private room or car, few persons at a time."""

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.campaigns.codes import MOST_AT_ONCE
from apps.campaigns.models.campaign import Campaign
from apps.campaigns.querysets import SiteQuerySet, SlotQuerySet
from apps.core.days import SHANGHAI, local_day
from apps.core.fields import uuid7
from apps.drugtests.codes import TestPlace
from apps.persons.codes import Sex


class MomentSpan(Func):
    """tstzrange(begins, ends): the end belongs to what follows."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


@pghistory.track()
class CampaignSite(models.Model):
    """Of one campaign: the place, the private room or car in it, and the two who take samples."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="sites", db_index=False, verbose_name=_("campaign")
    )
    # Whose persons come here.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("site"), max_length=60)
    place = models.CharField(_("where"), max_length=10, choices=TestPlace)
    address = models.CharField(_("address"), max_length=120)
    room = models.CharField(_("private room or car"), max_length=60)
    collector = models.CharField(_("collector"), max_length=60)
    collector_sex = models.CharField(_("sex of the collector"), max_length=1, choices=Sex)
    second_collector = models.CharField(_("second collector"), max_length=60)
    second_sex = models.CharField(_("sex of the second collector"), max_length=1, choices=Sex)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site of a campaign")
        verbose_name_plural = _("sites of campaigns")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name"],
                name="campaign_site_once",
                violation_error_message=_("This campaign has a site of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(room=""),
                name="campaign_site_is_private",
                violation_error_message=_("Name the private room or the car."),
            ),
            models.CheckConstraint(
                condition=~Q(collector="")
                & ~Q(second_collector="")
                & ~Q(collector=F("second_collector")),
                name="campaign_site_two_collectors",
                violation_error_message=_("A sample is taken by two people."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_two_women(self) -> bool:
        return {self.collector_sex, self.second_sex} == {Sex.FEMALE}


@pghistory.track()
class CampaignSlot(models.Model):
    """Some minutes in the room of a site. It is called off and never changed: who was told of it
    relies on it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    site = models.ForeignKey(
        CampaignSite, models.PROTECT, related_name="slots", db_index=False, verbose_name=_("site")
    )
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("to"))
    places = models.PositiveSmallIntegerField(_("persons at once"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )

    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)
    called_off_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who called it off"),
    )  # fmt: skip

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot of a site")
        verbose_name_plural = _("slots of sites")
        ordering = ("begins", "pk")
        triggers = [
            pgtrigger.ReadOnly(
                name="slot_stays", fields=["site", "begins", "ends", "places"]
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="campaign_slot_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_AT_ONCE),
                name="campaign_slot_is_no_crowd",
                violation_error_message=_("One to three persons at once: nobody waits in a crowd."),
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_by=None)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="campaign_slot_called_off_by_somebody",
            ),
            ExclusionConstraint(
                name="campaign_slot_room_once",
                condition=Q(called_off_at=None),
                expressions=[
                    ("site", RangeOperators.EQUAL),
                    (MomentSpan("begins", "ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The room has another slot at this time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.times} {self.site}"

    @property
    def day(self) -> date:
        return local_day(self.begins)

    @property
    def times(self) -> str:
        """ "09:00–09:15"."""
        begins, ends = (moment.astimezone(SHANGHAI) for moment in (self.begins, self.ends))
        return f"{begins:%H:%M}–{ends:%H:%M}"

    @property
    def free(self) -> Any:
        """Places left; of rows that were asked `with_free`."""
        return self.places - self.held  # type: ignore[attr-defined]
