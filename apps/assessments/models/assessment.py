"""One look at a person's risk and needs, on a day, by somebody."""

import json
from datetime import date
from functools import cached_property
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.assessments.codes import Origin, Standing, ToldHow
from apps.assessments.proposals import Suggestion, suggest
from apps.assessments.querysets import AssessmentQuerySet
from apps.cases.codes import RiskLevel
from apps.cases.models import RiskLevelRecord
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person


@pghistory.track()
class Assessment(ScopedModel):
    """`content` holds the answers and their words, encrypted as a whole.

    `proposed` is what the rule said, `risk_level` what a person decided.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="assessments", verbose_name=_("person")
    )
    origin = models.CharField(
        pgettext_lazy("where it comes from", "from"),
        max_length=6,
        choices=Origin,
        default=Origin.PAGE,
    )
    assessed_on = models.DateField(_("assessed on"))
    assessor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("assessor")
    )
    assessor_words = models.CharField(
        _("assessor on the paper"), max_length=60, blank=True, default=""
    )
    content = EncryptedTextField(_("answers"), editable=False)
    proposed = models.CharField(
        _("proposed risk level"), max_length=6, choices=RiskLevel, blank=True, default=""
    )
    risk_level = models.CharField(_("risk level"), max_length=6, choices=RiskLevel)
    reason = EncryptedTextField(_("reason"))
    standing = models.CharField(
        _("standing"), max_length=8, choices=Standing, default=Standing.IN_FORCE
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    valid_until = models.DateField(_("decided until"), null=True, blank=True)
    level_record = models.OneToOneField(
        RiskLevelRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessment",
        editable=False,
    )
    told_on = models.DateField(_("notified on"), null=True, blank=True)
    told_how = models.CharField(
        _("how notified"), max_length=5, choices=ToldHow, blank=True, default=""
    )
    told_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    told_until = models.DateField(
        _("last day that the person was notified of"), null=True, blank=True, editable=False
    )
    told_anew_on = models.DateField(_("notified anew on"), null=True, blank=True, editable=False)
    objection = EncryptedTextField(_("what the person objects"))
    objected_on = models.DateField(_("objected on"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [
            models.Index(fields=["person", "-assessed_on", "-id"], name="assessment_latest"),
            models.Index(fields=["county", "assessed_on"], name="assessment_county_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    standing=Standing.IN_FORCE, decided_by__isnull=False,
                    valid_until__isnull=False, level_record__isnull=False,
                )
                | (~Q(standing=Standing.IN_FORCE) & Q(valid_until=None, level_record=None)),
                name="assessment_decided_by_somebody",
                violation_error_message=_("A person decides a risk level, never the software."),
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.LEDGER)
                | (Q(assessor__isnull=False) & ~Q(proposed="") & ~Q(content=b"")),
                name="assessment_has_answers",
                violation_error_message=_("Without answers there is no assessment."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=b""),
                name="assessment_has_reason",
                violation_error_message=_("A risk level is decided for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(
                    told_on=None, told_how="", told_by=None, told_until=None, told_anew_on=None
                )
                | (
                    Q(
                        told_on__gte=F("assessed_on"), told_by__isnull=False,
                        told_until__isnull=False, standing="in_force",
                    )
                    & (Q(told_anew_on=None) | Q(told_anew_on__gte=F("told_on")))
                    & ~Q(told_how="")
                ),
                name="assessment_told_after",
                violation_error_message=_(
                    "The person is notified of a decided risk level, and how."
                ),
            ),
            models.CheckConstraint(
                condition=Q(objected_on=None, objection=b"")
                | (Q(objected_on__gte=F("told_on")) & ~Q(objection=b"")),
                name="assessment_objection_after_told",
                violation_error_message=_("An objection follows the notification, and says why."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(standing=Standing.WAITING),
                name="assessment_one_waits",
                violation_error_message=_("An assessment of this person waits for the supervisor."),
            ),
            models.UniqueConstraint(
                fields=["person", "assessed_on"],
                condition=Q(origin=Origin.LEDGER),
                name="assessment_once_from_ledger",
                violation_error_message=_("An assessment of this day is on file."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_risk_level_display()} {self.assessed_on}"

    @cached_property
    def filled(self) -> dict[str, Any]:
        """`answers`, `words`, `protects` and `protect_words`, opened once."""
        empty = {"answers": {}, "words": {}, "protects": [], "protect_words": ""}
        return empty | (json.loads(self.content) if self.content else {})

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """The facts that led to the proposal; none of a ledger's line."""
        filled = self.filled
        return suggest(filled["answers"], filled["protects"]) if filled["answers"] else None

    @property
    def speaks_until(self) -> date | None:
        """The last day as it is now: that decided, or an earlier one by a rule that came since."""
        return self.level_record.valid_until if self.level_record else None

    @property
    def is_to_be_told(self) -> bool:
        """PIPL 24: in force, and the person does not know of it or of its last day."""
        return self.speaks_until is not None and self.told_until != self.speaks_until

    @property
    def deviates(self) -> bool:
        """The decision is another one than the proposal."""
        return bool(self.proposed) and self.proposed != self.risk_level

    @property
    def who(self) -> str:
        return str(self.assessor) if self.assessor else self.assessor_words
