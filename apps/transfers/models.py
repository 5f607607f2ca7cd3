"""A change of the place where an order is carried out (条例 art. 22)."""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.documents.models import IssuedDocument
from apps.persons.models import Person
from apps.transfers.codes import OPEN, TransferState
from apps.transfers.querysets import TransferQuerySet


@pghistory.track()
class Transfer(ScopedModel):
    """County, town and village are the sender's, and stay so; `to_…` are the receiver's."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="transfers", verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="transfers",
        verbose_name=pgettext_lazy("of a case", "order"),
    )
    to_county = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("to county")
    )
    to_town = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to town")
    )
    to_village = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to village")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=TransferState, default=TransferState.ASKED
    )
    asked_on = models.DateField(_("asked for on"))
    reason = EncryptedTextField(_("reason"), blank=False)
    new_residence = EncryptedTextField(_("new residence"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("handed over by"),
    )  # fmt: skip
    letter = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("transfer letter"),
    )  # fmt: skip
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a proposal", "decided by"),
    )
    decision_reason = EncryptedTextField(_("reason of the decision"))
    report_by = models.DateField(_("to report by"), null=True, blank=True)
    arrived_on = models.DateField(_("reported at the new place on"), null=True, blank=True)
    agreement_on = models.DateField(_("new agreement signed on"), null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        indexes = [
            models.Index(fields=["county", "-asked_on", "-id"], name="transfer_county_newest"),
            models.Index(fields=["to_county", "-asked_on", "-id"], name="transfer_to_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=OPEN),
                name="transfer_one_open",
                violation_error_message=_("A transfer of this order is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(state=TransferState.ASKED, handed_over_on=None, decided_on=None)
                | Q(state=TransferState.HANDED_OVER, handed_over_on__isnull=False, decided_on=None)
                | Q(
                    state__in=[TransferState.ACCEPTED, TransferState.REFUSED],
                    handed_over_on__isnull=False,
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                )
                | Q(
                    state=TransferState.CANCELLED,
                    decided_on__isnull=False,
                    decided_by__isnull=False,
                ),
                name="transfer_steps_in_order",
                violation_error_message=_("The steps of a transfer follow each other."),
            ),
            models.CheckConstraint(
                condition=Q(handed_over_on=None) | Q(letter__isnull=False),
                name="transfer_has_letter",
                violation_error_message=_("Nobody is handed over without the letter."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TransferState.REFUSED, TransferState.CANCELLED])
                | ~Q(decision_reason=b""),
                name="transfer_refused_with_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None)
                | Q(state=TransferState.ACCEPTED, arrived_on__gte=F("decided_on")),
                name="transfer_arrived_after_acceptance",
                violation_error_message=_("The person reports after the acceptance."),
            ),
            models.CheckConstraint(
                condition=Q(agreement_on=None) | Q(agreement_on__gte=F("arrived_on")),
                name="transfer_agreement_after_arrival",
                violation_error_message=_("The new agreement follows the report."),
            ),
            models.CheckConstraint(
                condition=Q(agreement_on=None) | Q(arrived_on__isnull=False),
                name="transfer_agreement_needs_arrival",
                violation_error_message=_("The new agreement follows the report."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"

    @property
    def sender(self) -> Area:
        return self.town or self.county

    @property
    def receiver(self) -> Area:
        return self.to_village or self.to_town or self.to_county

    def is_overdue_on(self, day: date) -> bool:
        """The person has not reported at the new place in time (条例 art. 22)."""
        awaited = self.state == TransferState.ACCEPTED and self.arrived_on is None
        return awaited and self.report_by is not None and self.report_by < day
