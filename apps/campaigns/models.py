"""A campaign of drug tests and the list of those who are asked: a plan, and no finding."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.campaigns.codes import Ground
from apps.campaigns.querysets import CampaignQuerySet, TargetQuerySet
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.drugtests.codes import Sample, TestKind
from apps.drugtests.models import DrugTest
from apps.persons.models import Person

# The order that is named runs on the first day of the campaign, and is the person's.
DUTY_RUNS = """
IF NEW.case_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_case c JOIN campaigns_campaign k ON k.id = NEW.campaign_id
    WHERE c.id = NEW.case_id AND c.person_id = NEW.person_id AND c.in_force_from <= k.first
    AND (c.duties_end_on IS NULL OR c.duties_end_on >= k.first)
) THEN
    RAISE EXCEPTION 'campaign_target_duty_runs' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


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


@pghistory.track()
class CampaignTarget(ScopedModel):
    """Who is asked for a sample, on what ground, and what came of it.

    The row goes where the file goes. Of two files that become one both rows stay: `number` is the
    file's of then, and each has its own test.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="targets", db_index=False, verbose_name=_("campaign")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="campaign_targets", verbose_name=_("person")
    )
    number = models.UUIDField(_("number of the file then"), editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order")
    )
    ground = models.CharField(_("ground"), max_length=8, choices=Ground)
    ground_words = EncryptedTextField(_("ground in words"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )
    second_call_on = models.DateField(_("second call"), null=True, blank=True)
    excused_words = EncryptedTextField(_("why excused"))
    excused_at = models.DateTimeField(_("excused"), null=True, blank=True)
    excused_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who excused"),
    )  # fmt: skip
    test = models.OneToOneField(
        DrugTest, models.PROTECT, null=True, blank=True, related_name="campaign_target",
        verbose_name=_("drug test"),
    )  # fmt: skip

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target of a campaign")
        verbose_name_plural = _("targets of campaigns")
        triggers = [
            pgtrigger.Trigger(
                name="target_duty_runs", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=DUTY_RUNS,
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="campaign_target_once"),
            models.CheckConstraint(
                condition=Q(ground=Ground.DUTY, case__isnull=False)
                | (Q(ground__in=[Ground.LAW, Ground.CONSENT], case=None) & ~Q(ground_words=b"")),
                name="campaign_target_has_ground",
                violation_error_message=_(
                    "Without a running duty on the first day: the legal ground or the written "
                    "consent, in words."
                ),
            ),
            models.CheckConstraint(
                condition=Q(excused_at=None, excused_by=None, excused_words=b"")
                | (Q(excused_at__isnull=False, excused_by__isnull=False) & ~Q(excused_words=b"")),
                name="campaign_target_excused_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"

    @property
    def standing_test(self) -> Any:
        """The test, unless it was withdrawn."""
        return self.test if self.test is not None and self.test.withdrawn_at is None else None

    @property
    def is_excused(self) -> bool:
        return self.standing_test is None and self.excused_at is not None
