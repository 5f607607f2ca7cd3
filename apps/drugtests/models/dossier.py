"""The way of one sample, step by step; what was read at each; nothing of it is ever rewritten."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pghistory
from django.db import connection, models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.areas.models import ScopedModel
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.days import local_day
from apps.core.fields import EncryptedTextField, uuid7
from apps.drugtests.chain import (
    ANSWERS,
    ARRIVALS,
    BY_TWO,
    OF_A,
    OF_B,
    RESULTS,
    SENDINGS,
    TELLINGS,
    Answer,
    StepKind,
    ToldHow,
    UnfitWhy,
    Waiting,
)
from apps.drugtests.chain_sql import KEPT_IN_ORDER, READ_ONCE, SEALED_ONCE
from apps.drugtests.codes import Result
from apps.drugtests.models.drug_test import DrugTest
from apps.drugtests.models.panels import Analyte, Kit, Unit
from apps.drugtests.numbers import sample_number
from apps.drugtests.querysets import DossierQuerySet
from apps.organisations.models import Organisation
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


def last_number() -> int:
    """The highest number of a sample that was given out, on a label or with a record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM drugtests_dossier_id_seq")
        return int(cursor.fetchone()[0])


@pghistory.track()
class Dossier(ScopedModel):
    """Of one test. The two seals of a sample are one number each, used once."""

    # That of its test: one address for both.
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    test = models.OneToOneField(
        DrugTest, models.PROTECT, related_name="dossier", verbose_name=_("drug test")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    a_seal = models.CharField(_("seal of A"), max_length=40, blank=True, default="")
    b_seal = models.CharField(_("seal of B"), max_length=40, blank=True, default="")
    keep_until = models.DateField(_("kept until"), null=True, blank=True)
    # What the record of the test said before any step: it stands again when steps are taken back.
    result_before = models.CharField(
        _("result before any step"),
        max_length=8,
        choices=Result,
        blank=True,
        default="",
        editable=False,
    )
    # What of it waits, and since when: kept by the service that records the steps.
    waits_for = models.CharField(
        _("what waits"), max_length=8, choices=Waiting, blank=True, default="", editable=False
    )
    waits_since = models.DateField(_("waits since"), null=True, blank=True, editable=False)
    waits_until = models.DateField(_("waits until"), null=True, blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier of a test")
        verbose_name_plural = _("dossiers of tests")
        triggers = SEALED_ONCE
        indexes = [
            models.Index(fields=[unit], condition=~Q(waits_for=""), name=f"dossier_waits_in_{unit}")
            for unit in ("county", "town", "person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(waits_for="", waits_since=None, waits_until=None)
                | (
                    ~Q(waits_for="")
                    & Q(waits_since__isnull=False, waits_until__gte=F("waits_since"))
                ),
                name="dossier_waits_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(a_seal="", b_seal="")
                | (~Q(a_seal="") & ~Q(b_seal="") & ~Q(a_seal=F("b_seal"))),
                name="dossier_two_seals",
                violation_error_message=_("A and B have two different seals."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[seal],
                    condition=~Q(**{seal: ""}),
                    name=f"dossier_{seal}_once",
                    violation_error_message=_("This seal is on another sample."),
                )
                for seal in ("a_seal", "b_seal")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Of the sample, with a check digit: a slip of the finger is no other person's sample."""
        return sample_number(self.pk)

    @cached_property
    def had(self) -> dict[str, "Step"]:
        """Standing steps by kind, in the order of the way."""
        return standing(self.steps.all())


@pghistory.track()
class Step(RecordedAct):
    """What happened to a sample: when, by whom, where, and whether its seal was whole."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("step"), max_length=12, choices=StepKind)
    at = models.DateTimeField(_("time"))
    by_name = models.CharField(_("by whom"), max_length=60)
    second_name = models.CharField(_("second person"), max_length=60, blank=True, default="")
    place_words = models.CharField(_("where"), max_length=120, blank=True, default="")
    body = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("body"),
    )  # fmt: skip
    # Of the label or the seal that was scanned; empty where none was.
    bottle = models.CharField(_("bottle"), max_length=1, blank=True, default="", editable=False)
    seal_intact = models.BooleanField(_("seal whole"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True, default="")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default="")
    unfit_why = models.CharField(
        _("why unfit"), max_length=12, choices=UnfitWhy, blank=True, default=""
    )
    words = EncryptedTextField(_("in words"))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a test")
        verbose_name_plural = _("steps of tests")
        triggers = KEPT_IN_ORDER
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(withdrawn_at=None),
                name="teststep_once",
                violation_error_message=_("This step is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RESULTS) & ~Q(result="") | ~Q(kind__in=RESULTS) & Q(result=""),
                name="teststep_result_where_one_is",
                violation_error_message=_("Enter the result."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ANSWERS, answer__in=(Answer.GRANTED, Answer.DENIED))
                | Q(kind=StepKind.DECIDED, answer__in=(Answer.CONFIRMED, Answer.CLEARED))
                | ~Q(kind__in=(*ANSWERS, StepKind.DECIDED)) & Q(answer=""),
                name="teststep_answer_where_one_is",
                violation_error_message=_("Enter the answer."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.UNFIT) & ~Q(unfit_why="")
                | ~Q(kind=StepKind.UNFIT) & Q(unfit_why=""),
                name="teststep_unfit_has_a_reason",
                violation_error_message=_("Say why the sample is unfit."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=SENDINGS) | Q(body__isnull=False),
                name="teststep_sent_to_a_body",
                violation_error_message=_("Say to which body it is sent."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=ARRIVALS) | Q(seal_intact__isnull=False),
                name="teststep_seal_looked_at",
                violation_error_message=_("Say whether the seal was whole."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=BY_TWO) | (~Q(second_name="") & ~Q(second_name=F("by_name"))),
                name="teststep_by_two",
                violation_error_message=_("Two people do this: enter both names."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=TELLINGS) | Q(place_words__in=ToldHow.values),
                name="teststep_told_somehow",
                violation_error_message=_("Say how it was told."),
            ),
            models.CheckConstraint(
                condition=Q(bottle="")
                | Q(bottle="A") & ~Q(kind__in=OF_B)
                | Q(bottle="B") & ~Q(kind__in=OF_A),
                name="teststep_of_its_bottle",
                violation_error_message=_("This step is of the other bottle: scan its label."),
            ),
            withdrawn_by_somebody("teststep_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def said(self) -> str:
        """Where, to whom, and what came of it, in a line."""
        how = dict(ToldHow.choices).get(self.place_words, self.place_words)
        parts = [
            str(how), str(self.body or ""), self.get_result_display(),
            self.get_answer_display(), self.get_unfit_why_display(),
        ]  # fmt: skip
        return " · ".join(part for part in parts if part)

    @property
    def day(self) -> date:
        """Of entries made later."""
        return local_day(self.at)


@pghistory.track()
class Reading(ScopedModel):
    """What was found of one substance, with the kit, its control line and the day's cut-off."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="readings", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    day = models.DateField(_("day"))
    analyte = models.ForeignKey(Analyte, models.PROTECT, related_name="+")
    result = models.CharField(_("result"), max_length=8, choices=Result)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=6, choices=Unit, blank=True, default="")
    cut_off = models.DecimalField(
        _("cut-off"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    kit = models.ForeignKey(Kit, models.PROTECT, null=True, blank=True, related_name="+")
    kit_expires_on = models.DateField(_("good until"), null=True, blank=True)
    control_line = models.BooleanField(_("control line"), null=True, blank=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a test")
        verbose_name_plural = _("readings of tests")
        triggers = READ_ONCE
        constraints = [
            models.UniqueConstraint(fields=["step", "analyte"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(result=Result.INVALID) | ~Q(control_line=False),
                name="reading_needs_a_control_line",
                violation_error_message=_(
                    "Without its control line a strip says nothing: invalid."
                ),
            ),
            models.CheckConstraint(
                condition=Q(result=Result.INVALID)
                | Q(kit_expires_on=None)
                | Q(kit_expires_on__gte=F("day")),
                name="reading_of_a_good_kit",
                violation_error_message=_("The kit was out of date and says nothing."),
            ),
            models.CheckConstraint(
                condition=Q(kit=None, kit_expires_on=None)
                | Q(kit__isnull=False, kit_expires_on__isnull=False),
                name="reading_knows_its_kit",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | (Q(value__gte=0) & ~Q(unit="")),
                name="reading_value_with_unit",
                violation_error_message=_("A value has a unit and is not below nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.analyte}: {self.get_result_display()}"

    @property
    def value_words(self) -> str:
        """Value beside cut-off, as far as they are known."""
        value = f"{self.value.normalize():f} {self.unit}" if self.value is not None else ""
        limit = f"{self.cut_off.normalize():f}" if self.cut_off is not None else ""
        return f"{value or '–'} / {limit or '–'}"


def standing(steps: Iterable[Step]) -> dict[str, Step]:
    """Those that were not taken back, by kind, in the order of the way."""
    order = list(StepKind)
    rows = [step for step in steps if step.withdrawn_at is None]
    rows.sort(key=lambda step: order.index(StepKind(step.kind)))
    return {step.kind: step for step in rows}


def summary_of(results: Any) -> str:
    """One word for all that was read: positive if any is, else invalid if any is."""
    found = set(results)
    return next((one for one in (Result.POSITIVE, Result.INVALID) if one in found), Result.NEGATIVE)
