"""Somebody whom an institution releases into the care of a unit (出所衔接)."""

from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.audit.reading import note_loaded
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.intake.codes import Reception, ReleaseSource, ReleaseState
from apps.intake.querysets import ReleaseQuerySet
from apps.persons.models import Person


@pghistory.track()
class Release(ScopedModel):
    """County, town and village are the receiving unit's. A file is opened only on reception."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    document_number = EncryptedTextField(_("document number"))
    document_index = models.BinaryField(null=True, blank=True, editable=False, max_length=32)
    source = models.CharField(_("kind of institution"), max_length=10, choices=ReleaseSource)
    institution = models.CharField(_("institution"), max_length=120)
    expected_on = models.DateField(_("release on"))
    noticed_on = models.DateField(_("notice received on"), null=True, blank=True)
    measure = models.CharField(
        _("order that follows"), max_length=4, choices=Measure, blank=True, default=""
    )
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True, default="")
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), default=36)
    note = EncryptedTextField(_("note"))
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    reception = models.CharField(
        _("how received"), max_length=8, choices=Reception, blank=True, default=""
    )
    received_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("received by")
    )
    file = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a person", "file"),
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a case", "order"),
    )
    called_off_on = models.DateField(_("called off on"), null=True, blank=True)
    called_off_reason = models.CharField(
        _("why called off"), max_length=200, blank=True, default=""
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected release")
        verbose_name_plural = _("expected releases")
        indexes = [models.Index(fields=["county", "expected_on"], name="release_county_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["document_index", "expected_on"],
                condition=Q(document_index__isnull=False, called_off_on=None),
                name="release_once",
                violation_error_message=_("This release is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(received_on=None, reception="", received_by=None)
                | (Q(received_on__isnull=False, received_by__isnull=False) & ~Q(reception="")),
                name="release_received_by_somebody",
                violation_error_message=_("A reception has a day, a way and a name."),
            ),
            models.CheckConstraint(
                condition=Q(file=None) | Q(received_on__isnull=False),
                name="release_file_after_reception",
                violation_error_message=_("The file is opened when the person was received."),
            ),
            models.CheckConstraint(
                condition=Q(case=None) | Q(file__isnull=False),
                name="release_order_has_file",
                violation_error_message=_("An order belongs to a file."),
            ),
            models.CheckConstraint(
                condition=Q(called_off_on=None, called_off_reason="")
                | (Q(called_off_on__isnull=False, file=None) & ~Q(called_off_reason="")),
                name="release_called_off_with_reason",
                violation_error_message=_("Say why the person does not come here."),
            ),
            models.CheckConstraint(
                condition=Q(noticed_on=None) | Q(noticed_on__lte=F("expected_on")),
                name="release_notice_before",
                violation_error_message=_("The notice comes before the release."),
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.SQJD) | Q(term_months=36),
                name="release_detoxification_three_years",
                violation_error_message=_(
                    "Community detoxification lasts three years (禁毒法 art. 33)."
                ),
            ),
        ]

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Release":
        row = super().from_db(*args, **kwargs)
        note_loaded(row)
        return row

    @property
    def logged_as(self) -> UUID:
        """The person, once there is a file; the expected release before."""
        return self.file.public_id if self.file else self.public_id

    def __str__(self) -> str:
        return f"{self.name} {self.expected_on}"

    def state_on(self, day: date) -> ReleaseState:
        """Expected, received, filed, reported: what the dates and the order say."""
        if self.called_off_on is not None:
            return ReleaseState.OFF
        if self.file_id is None:
            return self._before_file(day)
        if self.case is None:
            return ReleaseState.NO_ORDER
        over = self.case.reported_on is not None or self.case.closed_on is not None
        return ReleaseState.DONE if over else ReleaseState.TO_REPORT

    def _before_file(self, day: date) -> ReleaseState:
        if self.received_on is not None:
            return ReleaseState.TO_OPEN
        return ReleaseState.OVERDUE if self.expected_on < day else ReleaseState.EXPECTED

    @property
    def is_late_notice(self) -> bool:
        """条例 art. 34: the institution tells three days before the release."""
        return self.noticed_on is not None and (self.expected_on - self.noticed_on).days < 3
