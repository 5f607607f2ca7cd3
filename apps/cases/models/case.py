"""An order of community detoxification or community rehabilitation."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.codes import ClosureReason, Measure
from apps.cases.querysets import CaseQuerySet
from apps.cases.term_sql import COMPUTED_END, DUTIES_END, IN_FORCE_FROM
from apps.core.fields import uuid7
from apps.organisations.models import Organisation
from apps.persons.models import Person
from apps.persons.models.assignment import DateSpan


@pghistory.track(exclude=["in_force_from", "computed_end_on", "duties_end_on", "report_by"])
class Case(ScopedModel):
    """One order with its dates. Its state on a day follows from them: see rules.state_with.

    County, town and village are the executing area of today.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="cases", verbose_name=_("person")
    )
    sort_key = models.CharField(max_length=280, editable=False, help_text="Copied from the person.")
    measure = models.CharField(_("measure"), max_length=4, choices=Measure)
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True, default="")
    authority = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deciding authority"),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    report_by = models.DateField(
        _("to report by"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Counted from the receipt with the calendar and the numbers of that day."),
    )
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    agreement_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    plan_on = models.DateField(_("plan made on"), null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), default=36)
    paper_end_on = models.DateField(_("end on the paper"), null=True, blank=True)
    end_set_on = models.DateField(
        _("end set by an authority"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From a paper with number and date: see CaseStep."),
    )
    closed_on = models.DateField(pgettext_lazy("of a case", "closed on"), null=True, blank=True)
    last_duty_on = models.DateField(
        _("last day of duties"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("The day before an early end; duties stop at once on the day of closure."),
    )
    closure_reason = models.CharField(
        _("reason of closure"), max_length=12, choices=ClosureReason, blank=True, default=""
    )
    closure_note = models.CharField(_("paper of closure"), max_length=120, blank=True, default="")
    brought_in_on = models.DateField(
        _("brought in on"),
        null=True,
        blank=True,
        help_text=_("The day an order that ran already was brought in."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    in_force_from = models.GeneratedField(
        expression=IN_FORCE_FROM,
        output_field=models.DateField(null=True),
        db_persist=True,
        verbose_name=_("in force from"),
    )
    computed_end_on = models.GeneratedField(
        expression=COMPUTED_END,
        output_field=models.DateField(null=True),
        db_persist=True,
        verbose_name=_("end by the law"),
    )
    duties_end_on = models.GeneratedField(
        expression=DUTIES_END,
        output_field=models.DateField(null=True),
        db_persist=True,
        verbose_name=_("last day of duties"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["county", "sort_key", "id"], name="case_county_sorted"),
            models.Index(fields=["town", "sort_key", "id"], name="case_town_sorted"),
            models.Index(fields=["county", "in_force_from", "duties_end_on"], name="case_in_force"),
            # What Today asks of orders beside duties: report and agreement, notice, end of control.
            models.Index(
                fields=["county", "report_by"],
                condition=Q(agreement_on=None, closed_on=None),
                name="case_awaited",
            ),
            models.Index(
                fields=["county", "duties_end_on"],
                condition=Q(closed_on=None),
                name="case_notice_awaited",
            ),
            models.Index(
                fields=["county", "reported_on"],
                condition=Q(closure_reason="released"),
                name="case_released",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "decision_number"],
                condition=~Q(decision_number=""),
                name="case_decision_once",
                violation_error_message=_("This decision is on file for the person already."),
            ),
            models.CheckConstraint(
                condition=Q(reported_on=None)
                | Q(decided_on=None)
                | Q(reported_on__gte=F("decided_on")),
                name="case_reported_after_decided",
                violation_error_message=_("The report lies before the decision."),
            ),
            models.CheckConstraint(
                condition=Q(received_on=None)
                | Q(decided_on=None)
                | Q(received_on__gte=F("decided_on")),
                name="case_received_after_decided",
                violation_error_message=_("The receipt lies before the decision."),
            ),
            models.CheckConstraint(
                condition=Q(agreement_on=None)
                | Q(reported_on=None)
                | Q(agreement_on__gte=F("reported_on")),
                name="case_agreement_after_report",
                violation_error_message=_("The agreement lies before the report."),
            ),
            models.CheckConstraint(
                condition=Q(paper_end_on=None)
                | Q(reported_on=None)
                | Q(paper_end_on__gte=F("reported_on")),
                name="case_paper_ends_after_report",
                violation_error_message=_("The end on the paper lies before the report."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closure_reason="", last_duty_on=None)
                | (Q(closed_on__isnull=False, last_duty_on__isnull=False) & ~Q(closure_reason="")),
                name="case_closed_with_reason",
                violation_error_message=_("A closed case has a day and a reason."),
            ),
            models.CheckConstraint(
                condition=Q(term_months__gte=1, term_months__lte=36),
                name="case_term_legal",
                violation_error_message=_("A term is one to 36 months."),
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.SQJD) | Q(term_months=36),
                name="case_detoxification_three_years",
                violation_error_message=_(
                    "Community detoxification lasts three years (禁毒法 art. 33)."
                ),
            ),
            ExclusionConstraint(
                name="case_one_in_force",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        DateSpan("in_force_from", F("duties_end_on"), Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                # An order that ended before it came into force occupies no day.
                condition=Q(in_force_from__isnull=False)
                & (Q(duties_end_on=None) | Q(duties_end_on__gte=F("in_force_from"))),
                violation_error_message=_("Another order of the person is in force on these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.decision_number}"

    def is_in_force_on(self, day: date) -> bool:
        """Reported, with an agreement, and neither ended nor closed on the day."""
        return (
            self.in_force_from is not None
            and self.in_force_from <= day
            and (self.duties_end_on is None or day <= self.duties_end_on)
        )
