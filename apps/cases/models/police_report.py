"""A report to the police (条例 art. 21), and their reply."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import Ground, Reply
from apps.cases.models.case import Case
from apps.cases.querysets import PoliceReportQuerySet
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person


@pghistory.track()
class PoliceReport(ScopedModel):
    """A worker proposes it, a supervisor approves it: `reported_on` is the day of that.

    What follows is the decision of the police alone.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="police_reports")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    ground = models.CharField(_("ground"), max_length=8, choices=Ground)
    happened_on = models.DateField(_("happened on"))
    facts = EncryptedTextField(_("facts"), blank=False)
    heard = EncryptedTextField(_("what the person says about it"), blank=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    reported_on = models.DateField(_("reported to the police on"), null=True, blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    outcome = models.CharField(_("reply"), max_length=16, choices=Reply, blank=True, default="")
    reply_number = models.CharField(_("number of the reply"), max_length=80, blank=True, default="")
    reply_note = EncryptedTextField(_("note"))
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, default="", editable=False)

    objects = PoliceReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report to the police")
        verbose_name_plural = _("reports to the police")
        indexes = [models.Index(fields=["case", "reported_on"], name="police_report_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(withdrawn_at=None, replied_on=None),
                name="police_report_one_open",
                violation_error_message=_("A report to the police waits for its answer already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", replied_on=None)
                | (~Q(outcome="") & Q(replied_on__isnull=False, reported_on__isnull=False)),
                name="police_reply_has_day",
                violation_error_message=_("A reply has a day, and follows the report."),
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=F("reported_on")),
                name="police_reply_after_report",
                violation_error_message=_("The reply lies before the report."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} {self.happened_on}"
