"""Days on which a running case asks for nothing."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import SuspensionReason
from apps.cases.models.case import Case
from apps.cases.querysets import LeaveQuerySet, SuspensionQuerySet
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.models.assignment import DateSpan


class Absence(ScopedModel):
    """From one day to another, both included; open when the end is not known."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    person = models.ForeignKey(Person, models.PROTECT, related_name="%(class)ss")
    starts_on = models.DateField(_("from"))
    note = EncryptedTextField(_("note"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True, default="", editable=False)

    class Meta:
        abstract = True


@pghistory.track()
class Leave(Absence):
    """A written report of leaving the county for three days or more (条例 art. 19)."""

    until_on = models.DateField(_("until"))
    announced_until_on = models.DateField(
        _("first announced until"), null=True, blank=True, editable=False,
        help_text=_("Before the first extension."),
    )  # fmt: skip
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    destination = EncryptedTextField(_("where to"))
    reported_in_writing_on = models.DateField(_("written report of"), null=True, blank=True)
    last_day = models.GeneratedField(
        expression=models.functions.Coalesce(
            models.functions.Least(F("returned_on"), F("until_on")), F("until_on")
        ),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("last day away"),
    )

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        indexes = [
            models.Index(fields=["case", "starts_on", "last_day"], name="leave_days"),
            models.Index(
                fields=["county", "until_on"],
                condition=Q(returned_on=None, withdrawn_at=None),
                name="leave_return_awaited",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("starts_on")),
                name="leave_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=F("starts_on")),
                name="leave_returned_after_start",
                violation_error_message=_("The return lies before the beginning."),
            ),
            ExclusionConstraint(
                name="leave_once_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "last_day", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("Another leave covers some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.until_on}"


@pghistory.track()
class Suspension(Absence):
    """The order rests while the person is held (条例 art. 24); duties rest with it."""

    reason = models.CharField(_("reason"), max_length=10, choices=SuspensionReason)
    ended_on = models.DateField(_("last day"), null=True, blank=True)

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        indexes = [models.Index(fields=["case", "starts_on", "ended_on"], name="suspension_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")),
                name="suspension_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            ExclusionConstraint(
                name="suspension_once_at_a_time",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ended_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message=_("The order is suspended on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.starts_on}"
