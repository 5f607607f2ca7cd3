"""The list of those whom a campaign asks: a plan, and no finding."""

from datetime import date
from typing import Any, Final

import pghistory
from django.db import connection, models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.campaigns.codes import Ground
from apps.campaigns.models.campaign import Campaign
from apps.campaigns.models.site import CampaignSlot
from apps.campaigns.querysets import TargetQuerySet
from apps.campaigns.target_sql import (
    DUTY_RUNS,
    IN_OPEN_CAMPAIGN,
    OF_PERSONS,
    SLOT_HAS_ROOM,
    TEST_FITS,
)
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.drugtests.chain import ToldHow
from apps.drugtests.models import DrugTest
from apps.drugtests.numbers import sample_number
from apps.persons.models import Person

OF_SLOT: Final = ("slot", "told_at", "told_how", "told_by")


def next_number() -> Func:
    """From the numbers of samples: what is printed before is the number of the sample after."""
    return Func(
        Value("drugtests_dossier_id_seq"), function="nextval",
        output_field=models.BigIntegerField(),
    )  # fmt: skip


def fresh_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('drugtests_dossier_id_seq')")
        return int(cursor.fetchone()[0])


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
    sample_no = models.BigIntegerField(
        _("number of the sample"), unique=True, editable=False, db_default=next_number()
    )
    slot = models.ForeignKey(
        CampaignSlot, models.PROTECT, null=True, blank=True, related_name="targets",
        verbose_name=_("slot"),
    )  # fmt: skip
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    told_how = models.CharField(
        _("how it was told"), max_length=10, choices=ToldHow, blank=True, default=""
    )
    told_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("who told it"),
    )  # fmt: skip
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
        triggers = [DUTY_RUNS, IN_OPEN_CAMPAIGN, OF_PERSONS, SLOT_HAS_ROOM, TEST_FITS]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="campaign_target_once"),
            models.CheckConstraint(
                condition=Q(ground=Ground.DUTY, case__isnull=False)
                | (Q(ground__in=[Ground.LAW, Ground.CONSENT], case=None) & ~Q(ground_words=b"")),
                name="campaign_target_has_ground",
                violation_error_message=_(
                    "Without a running duty on the day of the entry: the legal ground or the "
                    "written consent, in words."
                ),
            ),
            models.CheckConstraint(
                condition=Q(excused_at=None, excused_by=None, excused_words=b"")
                | (Q(excused_at__isnull=False, excused_by__isnull=False) & ~Q(excused_words=b"")),
                name="campaign_target_excused_in_words",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None, told_how="")
                | Q(told_at__isnull=False, told_by__isnull=False, slot__isnull=False)
                & ~Q(told_how=""),
                name="campaign_target_told_of_a_slot",
                violation_error_message=_("Without a slot there is no date to tell."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"

    def leave_slot(self) -> None:
        """With it goes that somebody was told of it."""
        self.slot, self.told_at, self.told_how, self.told_by = None, None, "", None

    @property
    def standing_test(self) -> Any:
        """The test, unless it was withdrawn."""
        return self.test if self.test is not None and self.test.withdrawn_at is None else None

    def runs_on(self, day: date) -> bool:
        """As `querysets.asked_on` asks the database; where many are asked, the spans of their
        orders are fetched before.
        """
        if self.person.is_dead_by(day):
            return False
        if self.case is None:
            return True
        spans = (one for one in self.case.suspensions.all() if one.withdrawn_at is None)
        held = any(one.starts_on <= day <= (one.ended_on or day) for one in spans)
        return self.case.is_in_force_on(day) and not held

    @property
    def is_excused(self) -> bool:
        return self.standing_test is None and self.excused_at is not None

    @property
    def number_words(self) -> str:
        """Of the sample, with its check digit, before and after it is taken."""
        return sample_number(self.sample_no)
