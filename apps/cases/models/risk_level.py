"""The risk level of a case from a day on."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import LevelSource, RiskLevel
from apps.cases.models.case import Case
from apps.cases.querysets import RiskLevelQuerySet
from apps.cases.rules import is_stale
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person


@pghistory.track(meta={"db_table": "cases_tierrecordevent"})
class RiskLevelRecord(ScopedModel):
    """A word in a ledger is no assessment: it is shown grey and counts as medium at most.

    The table keeps its first name: what is encrypted in it opens under that name alone (ADR 4).
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="risk_levels")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="risk_levels"
    )
    risk_level = models.CharField(_("risk level"), max_length=6, choices=RiskLevel)
    source = models.CharField(_("source"), max_length=8, choices=LevelSource)
    from_on = models.DateField(_("from"))
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day; a ledger's word has none."),
    )
    reason = EncryptedTextField(_("reason"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = RiskLevelQuerySet.as_manager()

    class Meta:
        db_table = "cases_tierrecord"
        verbose_name = _("risk level")
        verbose_name_plural = _("risk levels")
        indexes = [models.Index(fields=["person", "-from_on", "-id"], name="tier_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(source=LevelSource.LEDGER) | Q(decided_by__isnull=False),
                name="tier_assessed_by_somebody",
                violation_error_message=_("A person decides a risk level, never the software."),
            ),
            models.CheckConstraint(
                condition=Q(source=LevelSource.LEDGER)
                | Q(valid_until__isnull=False, valid_until__gte=F("from_on")),
                name="tier_assessed_ends",
                violation_error_message=_("Every assessment ends on a day."),
            ),
        ]

    def is_stale_on(self, day: date) -> bool:
        """Nobody's judgement any more, or never was one: shown grey."""
        return is_stale(self.source, self.valid_until, day)

    def __str__(self) -> str:
        return f"{self.get_risk_level_display()} {self.from_on}"
