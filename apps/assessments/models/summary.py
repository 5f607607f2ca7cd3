"""Half a year in figures and words (docs/law.md): what was done, how it goes, what helps next."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.days import local_day
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


class SummaryQuerySet(PersonalQuerySet):
    def valid(self) -> "SummaryQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


@pghistory.track()
class HalfYearSummary(RecordedAct):
    """One for each window of the plan. `figures` are numbers as they stood when it was made."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="summaries", verbose_name=_("person")
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="summaries", db_index=False)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    figures = models.JSONField(_("figures"), editable=False)
    progress_words = EncryptedTextField(_("progress"), blank=False)
    difficulty_words = EncryptedTextField(_("difficulties"), blank=False)
    help_words = EncryptedTextField(_("what helps next"), blank=False)
    told_on = models.DateField(_("person notified on"))
    said_words = EncryptedTextField(_("the person's words"), blank=False)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("half-year summary")
        verbose_name_plural = _("half-year summaries")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "first"],
                condition=Q(withdrawn_at=None),
                name="summary_once_a_window",
                violation_error_message=_("The summary of this half-year is on file."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), told_on__gte=F("first")),
                name="summary_told_in_order",
                violation_error_message=_(
                    "The person is notified when the half-year is nearly over."
                ),
            ),
            withdrawn_by_somebody("summary_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    @property
    def is_late_entry(self) -> bool:
        """Recorded on a later day than the person was told."""
        return local_day(self.recorded_at) > self.told_on
