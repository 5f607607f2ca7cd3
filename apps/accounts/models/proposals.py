"""What one person asks for on an account of a higher role, and another confirms."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.roles import COUNTY_ROLES, Role
from apps.areas.models import Area
from apps.areas.units import within
from apps.core.fields import uuid7

if TYPE_CHECKING:
    from apps.accounts.models import User

# A confirmed code is made the same day.
CONFIRMED_FOR = timedelta(hours=24)


class AccountProposalKind(models.TextChoices):
    CODE = "code", _("One-time code")
    ACCOUNT = "account", _("New account")
    CHANGE = "change", _("Change of an account")


class AccountDecision(models.TextChoices):
    WAITING = "", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AccountProposalQuerySet(models.QuerySet["AccountProposal"]):
    def waiting(self) -> Self:
        return self.filter(decision="")

    def usable(self, user: "User", by: "User", now: datetime) -> Self:
        """What allows `by` to make one code for the account now."""
        return self.filter(
            user=user, proposed_by=by, decision=AccountDecision.CONFIRMED, used_at=None,
            kind__in=[AccountProposalKind.CODE, AccountProposalKind.ACCOUNT],
            decided_at__gt=now - CONFIRMED_FOR,
        ).order_by("-decided_at")  # fmt: skip

    def shown_to(self, user: "User") -> Self:
        """For a system administrator all; for others those they may confirm, and their own."""
        if user.role == Role.SYSTEM_ADMIN:
            return self
        own = Q(proposed_by=user)
        if user.area is None or user.role not in {Role.COUNTY_SUPERVISOR, Role.RECORDS_ADMIN}:
            return self.filter(own)
        near = within(user.area, "user__area") & Q(user__role__in=COUNTY_ROLES)
        near &= Q(to_role="") | Q(to_role__in=COUNTY_ROLES)
        near &= Q(to_area=None) | within(user.area, "to_area")
        return self.filter(own | near)

    def decidable_by(self, user: "User") -> Self:
        """Waiting, shown to the user, asked for by another, and not about the user."""
        return self.shown_to(user).waiting().exclude(proposed_by=user).exclude(user=user)


@pghistory.track()
class AccountProposal(models.Model):
    """`to_…`: what is to be changed; empty: it stays."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=AccountProposalKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("account"),
    )
    to_role = models.CharField(_("role"), max_length=20, choices=Role, blank=True, default="")
    to_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    without_area = models.BooleanField(_("without a unit"), default=False)
    to_sign_in = models.BooleanField(_("may sign in"), default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    decision = models.CharField(
        _("decision"),
        max_length=9,
        choices=AccountDecision,
        blank=True,
        default=AccountDecision.WAITING,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("of a proposal", "decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    used_at = models.DateTimeField(_("code made"), null=True, blank=True)

    objects = AccountProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an account by two persons")
        verbose_name_plural = _("changes of accounts by two persons")
        indexes = [models.Index(fields=["user", "proposed_at"], name="account_proposal_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(decision=""),
                name="account_proposal_once",
                violation_error_message=_("This waits for a second person already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="account_proposal_decided",
                violation_error_message=_("A decision has a day and a name."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed")
                | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("user"))),
                name="account_proposal_four_eyes",
                violation_error_message=_(
                    "Nobody confirms what they asked for themselves, nor what is about themselves."
                ),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(decision="confirmed"),
                name="account_proposal_used",
                violation_error_message=_("A code needs a second person first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.user}"

    @property
    def is_waiting(self) -> bool:
        return self.decision == AccountDecision.WAITING

    @property
    def facts(self) -> dict[str, Any]:
        """What is changed when it is confirmed."""
        found: dict[str, Any] = {}
        if self.to_role:
            found["role"] = self.to_role
        if self.to_area_id or self.without_area:
            found["area"] = self.to_area
        if self.to_sign_in:
            found["is_active"] = True
        return found
