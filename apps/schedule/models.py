"""Plans, and the windows that follow from them."""

import pghistory
from django.db import models
from django.db.models import F, Func, Manager, Q
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.cases.codes import Measure, RiskLevel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet
from apps.schedule.duties import duty_choices, duty_label
from apps.schedule.querysets import DueItemQuerySet, StandingRules


class RhythmUnit(models.TextChoices):
    DAY = "d", _("days")
    WEEK = "w", _("weeks")
    MONTH = "m", _("months")


class Half(models.IntegerChoices):
    """Of a year of the term: counted from the day of reporting, six months each."""

    FIRST = 1, _("First half")
    SECOND = 2, _("Second half")


class ShanghaiDay(Func):
    """The day on which a moment was, wherever the connection is at home."""

    template = "((%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date)"
    output_field = models.DateField()


@pghistory.track()
class PlanRule(models.Model):
    """How often a duty falls due, for whom, where and from when.

    An empty measure, risk level, year, half, length or area stands for all. The most specific rule
    of the day wins: nearest area, then measure, risk level, year of the term and its half, length
    of the term, then the latest beginning.
    """

    kind = models.CharField(_("duty"), max_length=10, choices=duty_choices)
    measure = models.CharField(_("measure"), max_length=4, choices=Measure, blank=True, default="")
    risk_level = models.CharField(
        _("risk level"), max_length=6, choices=RiskLevel, blank=True, default=""
    )
    year_of_term = models.PositiveSmallIntegerField(_("year of the term"), null=True, blank=True)
    half_of_year = models.PositiveSmallIntegerField(
        _("half of that year"), choices=Half, null=True, blank=True
    )
    term_years = models.PositiveSmallIntegerField(
        _("length of the term in years"), null=True, blank=True
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    every_count = models.PositiveSmallIntegerField(_("every"))
    every_unit = models.CharField(_("unit"), max_length=1, choices=RhythmUnit)
    effective_from = models.DateField(_("from"))
    effective_to = models.DateField(_("until"), null=True, blank=True)
    recorded_elsewhere = models.BooleanField(
        _("recorded elsewhere"),
        default=False,
        help_text=_("Counts in the rate; reaches Today only as “no sign-in for n days”."),
    )
    quiet_days = models.PositiveSmallIntegerField(
        _("days without a sign-in before Today asks"), default=7
    )
    basis = models.CharField(_("basis"), max_length=200, blank=True, default="")
    laid_out_to = models.BigIntegerField(
        null=True,
        editable=False,
        help_text=_("While windows are laid out in pieces: the last case that has them."),
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("who removed it"),
    )  # fmt: skip
    removed_reason = models.CharField(
        _("why removed"), max_length=200, blank=True, default="", editable=False
    )

    # A rule that was removed before it began holds for nobody: only its history asks for it.
    objects = StandingRules()
    with_removed = Manager()  # noqa: DJ012 - a manager, too; the first is the usual one

    class Meta:
        verbose_name = _("plan rule")
        verbose_name_plural = _("plan rules")
        ordering = ["kind", "area__code", "measure", "risk_level", "year_of_term", "term_years",
                    "half_of_year", "effective_from"]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(half_of_year=None)
                | Q(half_of_year__in=Half.values, year_of_term__isnull=False),
                name="plan_half_of_a_year",
                violation_error_message=_("A half is one of a year of the term: say which."),
            ),
            models.CheckConstraint(
                condition=Q(every_count__gte=1),
                name="plan_every_positive",
                violation_error_message=_("At least one day, week or month."),
            ),
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="plan_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_reason="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason=""),
                name="plan_removed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None)
                | Q(LessThan(ShanghaiDay("removed_at"), F("effective_from"))),
                name="plan_removed_before_it_began",
                violation_error_message=_("This rule has begun: a rule that follows ends it."),
            ),
            models.UniqueConstraint(
                fields=[
                    "kind",
                    "measure",
                    "risk_level",
                    "year_of_term",
                    "half_of_year",
                    "term_years",
                    "area",
                    "effective_from",
                ],
                nulls_distinct=False,
                condition=Q(removed_at=None),
                name="plan_once",
                violation_error_message=_("A rule for the same begins on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.every_count}{self.every_unit}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return duty_label(self.kind)

    @property
    def is_being_laid_out(self) -> bool:
        return self.laid_out_to is not None


class Outcome(models.TextChoices):
    """A pure function of windows and acts: see outcomes.py."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    MISSED = "missed", _("Missed, seen later")
    EXCUSED = "excused", _("Excused")


class DueItem(ScopedModel):
    """One window of one duty: something falls due between two days, both included."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="due_items", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("duty"), max_length=10, choices=duty_choices)
    opens_on = models.DateField(_("opens"))
    due_on = models.DateField(_("due"))
    number = models.PositiveIntegerField(_("number under the rule"))
    rule = models.ForeignKey(PlanRule, models.PROTECT, related_name="+", db_index=False)
    risk_level = models.CharField(_("risk level"), max_length=6, choices=RiskLevel, blank=True)
    year_of_term = models.PositiveSmallIntegerField(_("year of the term"))
    recorded_elsewhere = models.BooleanField(_("recorded elsewhere"))
    carried_over = models.BooleanField(
        _("carried over"), help_text=_("Ended before the case was brought in: figures only.")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    retry_on = models.DateField(_("to be tried again on"), null=True, blank=True)
    retry_reason = models.CharField(_("could not be done"), max_length=12, blank=True, default="")

    objects = DueItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("due item")
        verbose_name_plural = _("due items")
        indexes = [
            models.Index(
                fields=["case", "kind", "due_on"],
                condition=Q(outcome="open", carried_over=False),
                name="due_open_case",
            ),
            models.Index(
                fields=["county", "recorded_elsewhere", "due_on"],
                condition=Q(outcome="open", carried_over=False),
                name="due_open_county",
            ),
            models.Index(
                fields=["county", "due_on"],
                include=["town", "kind", "outcome", "case", "done_on"],
                name="due_county_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "opens_on"], name="due_window_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="due_closes_after_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.DONE, done_on__isnull=False)
                | (~Q(outcome=Outcome.DONE) & Q(done_on=None)),
                name="due_done_has_day",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(done_on__gte=F("opens_on"), done_on__lte=F("due_on")),
                name="due_done_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.opens_on} – {self.due_on}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return duty_label(self.kind)


@pghistory.track()
class Snooze(ScopedModel):
    """A line is put off until a day, for a reason: neither an attempt nor an outcome."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("duty"), max_length=10, choices=duty_choices)
    until = models.DateField(_("until"))
    reason = EncryptedTextField(_("reason"), blank=False)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )
    ended_at = models.DateTimeField(_("shown again"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("line put off")
        verbose_name_plural = _("lines put off")
        indexes = [
            models.Index(
                fields=["person", "kind"], condition=Q(ended_at=None), name="snooze_of_person"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="snooze_ended_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.until}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return duty_label(self.kind)
