"""An export that a second person approves before it leaves."""

import json
from datetime import date, datetime, timedelta
from typing import Any, Final

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.core.days import local_day, start_of
from apps.core.fields import EncryptedTextField, uuid7
from apps.exports.querysets import ExportRequestQuerySet

# An answer comes within a week, and what was approved leaves within a day.
# Whole days: what is counted and kept for a day does not change within it.
WAITS: Final = timedelta(days=7)
HOLDS: Final = timedelta(hours=24)


def waiting_from(day: date) -> datetime:
    """Asked for before this moment, a request is over on the day."""
    return start_of(day - WAITS)


class ExportDecision(models.TextChoices):
    WAITING = "", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@pghistory.track()
class ExportRequest(models.Model):
    """`asked` tells what makes the file anew: path, filters, ticked rows (JSON; a filter may hold
    a name). `number`: the persons in it when it was asked for.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    page = models.CharField(_("page"), max_length=80)
    asked = EncryptedTextField(_("what was asked for"), blank=False)
    purpose = EncryptedTextField(_("purpose"), blank=False)
    whole = models.BooleanField(_("with whole names and numbers"), default=False)
    kind = models.CharField(_("format"), max_length=4)
    number = models.PositiveIntegerField(_("persons"))
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(pgettext_lazy("of a request", "asked"), default=timezone.now)
    decision = models.CharField(
        _("decision"), max_length=9, choices=ExportDecision, blank=True,
        default=ExportDecision.WAITING,
    )  # fmt: skip
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("of a proposal", "decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_reason = EncryptedTextField(_("reason of the decision"))
    used_at = models.DateTimeField(_("taken along"), null=True, blank=True)

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("export by two persons")
        verbose_name_plural = _("exports by two persons")
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(decision=""), name="export_waiting"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="export_taken_once", operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="export_decided_by_somebody",
                violation_error_message=_("A decision has a day and a name."),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "withdrawn"]) | ~Q(decided_by=F("asked_by")),
                name="export_four_eyes",
                violation_error_message=_("Nobody decides on an export of their own."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="withdrawn") | Q(decided_by=F("asked_by")),
                name="export_withdrawn_by_who_asked",
                violation_error_message=_("Who asked for an export takes the request back."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="rejected", decision_reason=b""),
                name="export_rejected_with_reason",
                violation_error_message=_("Say why it is rejected."),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(decision="approved", used_at__gte=F("decided_at")),
                name="export_taken_when_approved",
                violation_error_message=_("An export leaves after a second person approved it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} · {self.number}"

    @property
    def how(self) -> dict[str, Any]:
        """What makes the file anew."""
        found: dict[str, Any] = json.loads(self.asked)
        return found

    def state_on(self, now: datetime) -> str:
        """The decision, and what the clock adds to it."""
        if self.used_at is not None:
            return "used"
        if self.decision == ExportDecision.WAITING and self.asked_at < waiting_from(local_day(now)):
            return "expired"
        if self.decided_at and self.decision == ExportDecision.APPROVED:
            return "lapsed" if self.decided_at + HOLDS <= now else "approved"
        return self.decision or "waiting"

    @property
    def state(self) -> str:
        return self.state_on(timezone.now())
