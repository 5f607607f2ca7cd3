"""The risk tier of a case from a day on."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import Tier, TierSource
from apps.cases.models.case import Case
from apps.cases.querysets import TierQuerySet
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person


@pghistory.track()
class TierRecord(ScopedModel):
    """A word in a ledger is no assessment: it is shown grey and counts as medium at most."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="tiers")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tiers")
    tier = models.CharField(_("tier"), max_length=6, choices=Tier)
    source = models.CharField(_("source"), max_length=8, choices=TierSource)
    from_on = models.DateField(_("from"))
    reason = EncryptedTextField(_("reason"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = TierQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        indexes = [models.Index(fields=["person", "-from_on", "-id"], name="tier_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=TierSource.LEDGER) | Q(decided_by__isnull=False),
                name="tier_assessed_by_somebody",
                violation_error_message=_("A person decides a tier, never the software."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tier_display()} {self.from_on}"
