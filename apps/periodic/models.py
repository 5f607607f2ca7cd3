"""A report of a period: frozen with its figures and the rows behind them, sent, answered.

Everything here is counts: who is counted is named by the lists of today, for readers who may see
them, out of the numbers of rows that were counted.
"""

from typing import Any, Final

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, Level, ScopedModel
from apps.core.fields import uuid7
from apps.core.text import sentences
from apps.periodic.codes import REGULAR, TITLES, Answer, Every
from apps.periodic.querysets import (
    PeriodicReportQuerySet,
    ReportRuleQuerySet,
    ReportTemplateQuerySet,
    SendingQuerySet,
)
from apps.periodic.rules import period_text

MOST_DUE_DAYS: Final = 60
STANDS = pgtrigger.Update | pgtrigger.Delete


def _by(label: Any, **options: Any) -> Any:
    return models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=label, **options
    )


class ReportTemplate(models.Model):
    """The words and figures of an office's own form. Changed by a new row: the newest holds, for
    the unit and those below it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    every = models.CharField(_("period"), max_length=10, choices=Every)
    title = models.CharField(_("heading"), max_length=80)
    opening = models.TextField(_("words before the figures"), max_length=2000, blank=True)
    closing = models.TextField(_("words after the figures"), max_length=2000, blank=True)
    codes = ArrayField(models.CharField(max_length=40), verbose_name=_("figures"))
    columns = ArrayField(
        models.CharField(max_length=40), verbose_name=_("figures unit by unit"), blank=True
    )
    recorded_at = models.DateTimeField(_("since"), auto_now_add=True)
    recorded_by = _by(_("recorded by"))

    objects = ReportTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("form of a report")
        verbose_name_plural = _("forms of reports")
        ordering = ("area", "every", "-pk")
        triggers = [pgtrigger.Protect(name="report_form_stands", operation=STANDS)]
        constraints = [
            models.CheckConstraint(
                condition=Q(codes__len__gt=0, codes__contains=F("columns")),
                name="report_form_has_figures",
                violation_error_message=_("Unit by unit stand figures of the report itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ReportRule(models.Model):
    """Who asks for a report, of whom, how often, and how many days after the period."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    level = models.CharField(_("asked of each"), max_length=10, choices=Level)
    every = models.CharField(_("period"), max_length=10, choices=Every)
    due_days = models.PositiveSmallIntegerField(
        _("days after its end"), validators=[MaxValueValidator(MOST_DUE_DAYS)]
    )
    first_day = models.DateField(_("from the period of"))
    basis = models.CharField(_("basis"), max_length=100, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = _by(_("recorded by"))
    ended_on = models.DateField(_("asked no more from"), null=True, blank=True)
    ended_by = _by(_("ended by"), null=True, blank=True)

    objects = ReportRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("report that is asked for")
        verbose_name_plural = _("reports that are asked for")
        ordering = ("area", "level", "every")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "level", "every"], condition=Q(ended_on=None),
                name="report_asked_once",
                violation_error_message=_("This report is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(every__in=REGULAR) & Q(level__in=[Level.COUNTY, Level.TOWN]),
                name="report_asked_regularly",
            ),
            models.CheckConstraint(
                condition=Q(due_days__lte=MOST_DUE_DAYS), name="report_due_within_days"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="report_rule_ended_by_somebody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_every_display()} {self.area}"


class PeriodicReport(ScopedModel):
    """Frozen as it was: nothing of it is changed, a correction is a version of its own."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    every = models.CharField(_("period"), max_length=10, choices=Every)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by",
        verbose_name=_("replaces"),
    )  # fmt: skip
    # What readers should know; of a correction why there is one.
    reason = models.CharField(_("note or reason"), max_length=200, blank=True, default="")
    # Empty with the standard form.
    title = models.CharField(_("heading"), max_length=80, blank=True, default="")
    opening = models.TextField(_("words before the figures"), blank=True)
    closing = models.TextField(_("words after the figures"), blank=True)
    codes = ArrayField(models.CharField(max_length=40), verbose_name=_("figures"))
    columns = ArrayField(
        models.CharField(max_length=40), verbose_name=_("figures unit by unit"), blank=True
    )
    recorded_at = models.DateTimeField(_("frozen"), auto_now_add=True)
    recorded_by = _by(_("frozen by"))

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("periodic report")
        verbose_name_plural = _("periodic reports")
        ordering = ("-last", "-first", "-pk")
        triggers = [pgtrigger.Protect(name="report_stands", operation=STANDS)]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "town", "village", "every", "first", "last", "version"],
                nulls_distinct=False,
                name="report_version_once",
                violation_error_message=_("This report was frozen already."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="report_days",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None)
                | (Q(version__gt=1, replaces__isnull=False) & ~Q(reason="")),
                name="report_corrected_with_reason",
                violation_error_message=_("A correction says why."),
            ),
        ]

    def __str__(self) -> str:
        return sentences(self.heading, period_text(self.every, self.first, self.last))

    @property
    def heading(self) -> str:
        return self.title or str(TITLES[self.every])

    @property
    def unit(self) -> Area:
        return self.village or self.town or self.county

    @property
    def days_text(self) -> str:
        return period_text(self.every, self.first, self.last)


class FrozenFigure(models.Model):
    """One number of one unit, with the keys of the rows behind it; a total is the sum of its
    units, and `unit` is nobody for rows of no unit.
    """

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="figures")
    code = models.CharField(_("figure"), max_length=40)
    unit = models.ForeignKey(
        Area, models.PROTECT, related_name="+", null=True, db_index=False, verbose_name=_("unit")
    )
    number = models.BigIntegerField(_("number"))
    whole = models.BigIntegerField(_("out of"), null=True)
    # Persons: of the whole, of what is done, of what is not. Small numbers are masked by these.
    behind = models.BigIntegerField(_("persons behind it"))
    behind_done = models.BigIntegerField(_("persons behind what is done"))
    behind_left = models.BigIntegerField(_("persons behind what is not done"))
    rows = ArrayField(models.BigIntegerField(), verbose_name=_("rows counted"))
    done = ArrayField(models.BigIntegerField(), verbose_name=_("rows done"), null=True)

    class Meta:
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")
        triggers = [pgtrigger.Protect(name="frozen_figure_stands", operation=STANDS)]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "code", "unit"], nulls_distinct=False, name="figure_frozen_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


@pghistory.track()
class ReportSending(models.Model):
    """A report on its way to the unit above, and the answer."""

    report = models.OneToOneField(
        PeriodicReport, models.PROTECT, related_name="sending", verbose_name=_("periodic report")
    )
    receiver = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("sent to"))
    sent_at = models.DateTimeField(_("sent upwards on"), auto_now_add=True)
    sent_by = _by(_("sent by"))
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer, blank=True, default=Answer.WAITING
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answered_by = _by(_("answered by"), null=True, blank=True)
    remarks = models.TextField(_("remarks"), max_length=1000, blank=True, default="")

    objects = SendingQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on its way")
        verbose_name_plural = _("reports on their way")
        triggers = [
            pgtrigger.Protect(name="sending_stands", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="sending_as_sent", fields=["report", "receiver", "sent_at", "sent_by"]
            ),
            pgtrigger.Protect(
                name="sending_answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None, remarks="")
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="sending_answered_wholly",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.SENT_BACK, remarks=""),
                name="sending_back_with_remarks",
                violation_error_message=_("Whoever sends a report back says why."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("sent_by")),
                name="sending_answered_by_another",
                violation_error_message=_("Somebody else answers a report."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()
