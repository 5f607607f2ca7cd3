"""A drug test that was taken, or could not be: a fact with two witnesses and no consequence."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.cases.models import Case
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.drugtests.chain_sql import HELD_BY_STEPS
from apps.drugtests.codes import (
    REFUSING,
    Decision,
    Medicine,
    NotTakenReason,
    Reason,
    Result,
    Sample,
    Source,
    TestKind,
    TestOutcome,
    TestPlace,
)
from apps.drugtests.listed_sql import HELD_BY_LIST
from apps.drugtests.querysets import DrugTestQuerySet
from apps.persons.codes import Sex
from apps.persons.models import Person


@pghistory.track()
class DrugTest(RecordedAct):
    """One row an act; withdrawn rows stay. A positive strip is no finding and no use."""

    __test__ = False  # pytest: no class of tests

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="drug_tests", db_index=False, verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="drug_tests", db_index=False
    )
    occurred_at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"))
    # Of the same sample and kind: a second one is kept where somebody says that it was another.
    number_of_day = models.PositiveSmallIntegerField(
        _("number on the day"), default=1, editable=False
    )
    sample = models.CharField(_("sample"), max_length=8, choices=Sample, default=Sample.URINE)
    kind = models.CharField(_("kind of test"), max_length=10, choices=TestKind)
    # Empty in records of a ledger alone: why and where it does not say.
    why = models.CharField(_("why it is taken"), max_length=10, choices=Reason, blank=True)
    cause_words = EncryptedTextField(_("cause"))
    place = models.CharField(_("where"), max_length=10, choices=TestPlace, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=TestOutcome, default=TestOutcome.TAKEN
    )
    collector = models.CharField(_("collector"), max_length=60, blank=True, default="")
    collector_sex = models.CharField(
        _("sex of the collector"), max_length=1, choices=Sex, blank=True, default=""
    )
    second_collector = models.CharField(
        _("second collector"), max_length=60, blank=True, default=""
    )
    second_sex = models.CharField(
        _("sex of the second collector"), max_length=1, choices=Sex, blank=True, default=""
    )
    medicine = models.CharField(
        _("medicines declared"), max_length=10, choices=Medicine, blank=True, default=""
    )
    medicine_words = EncryptedTextField(_("which medicines"))
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True, default="")
    # What the police decided of a positive: see the way of its sample.
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision, blank=True, default="", editable=False
    )
    reason_not = models.CharField(
        _("why not"), max_length=10, choices=NotTakenReason, blank=True, default=""
    )
    next_on = models.DateField(_("next date"), null=True, blank=True)
    note = EncryptedTextField(_("note"))
    source = models.CharField(
        _("source"), max_length=6, choices=Source, default=Source.PAGE, editable=False
    )

    objects = DrugTestQuerySet.as_manager()

    class Meta:
        verbose_name = _("drug test")
        verbose_name_plural = _("drug tests")
        triggers = [*HELD_BY_STEPS, HELD_BY_LIST]
        indexes = [
            models.Index(fields=["county", "-occurred_at", "-id"], name="drugtest_county_newest"),
            models.Index(fields=["town", "-occurred_at", "-id"], name="drugtest_town_newest"),
            models.Index(fields=["person", "-occurred_at", "-id"], name="drugtest_person_newest"),
            models.Index(fields=["county", "day"], name="drugtest_county_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=TestOutcome.TAKEN, reason_not="", next_on=None)
                | (Q(outcome=TestOutcome.NOT_TAKEN, result="") & ~Q(reason_not="")),
                name="drugtest_reason_if_not_taken",
                violation_error_message=_("Say why it could not be taken."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=TestOutcome.NOT_TAKEN)
                | Q(source=Source.LEDGER)
                | (
                    ~Q(collector="") & ~Q(second_collector="") & ~Q(collector=F("second_collector"))
                ),
                name="drugtest_two_collectors",
                violation_error_message=_("A sample is taken by two people."),
            ),
            models.CheckConstraint(
                condition=Q(source=Source.LEDGER)
                | (~Q(why="") & (~Q(place="") | Q(outcome=TestOutcome.NOT_TAKEN))),
                name="drugtest_only_a_ledger_leaves_out",
                violation_error_message=_("Say why and where the sample was taken."),
            ),
            models.CheckConstraint(
                condition=~Q(why=Reason.CAUSE) | ~Q(cause_words=b""),
                name="drugtest_cause_in_words",
                violation_error_message=_("Write down what the cause is."),
            ),
            models.UniqueConstraint(
                fields=["person", "day", "sample", "kind", "number_of_day"],
                condition=Q(outcome=TestOutcome.TAKEN, withdrawn_at=None)
                & ~Q(result=Result.INVALID),
                name="drugtest_once_a_day",
                violation_error_message=_("This test of the day is on file already."),
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("day")),
                name="drugtest_next_not_before",
                violation_error_message=_("The next date lies before the day of the test."),
            ),
            models.CheckConstraint(
                condition=~Q(reason_not=NotTakenReason.TOO_SHORT) | Q(sample=Sample.HAIR),
                name="drugtest_only_hair_is_too_short",
                violation_error_message=_("Only hair can be too short."),
            ),
            models.CheckConstraint(
                condition=~Q(source=Source.LEDGER) | (Q(decision="") & ~Q(reason_not__in=REFUSING)),
                name="drugtest_ledger_begins_nothing",
                violation_error_message=_(
                    "A record of a ledger is never confirmed and is no refusal."
                ),
            ),
            withdrawn_by_somebody("drugtest_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.get_sample_display()} {self.day}"

    @property
    def is_taken(self) -> bool:
        return self.outcome == TestOutcome.TAKEN

    @property
    def is_refusal(self) -> bool:
        """Refused or evaded: somebody may record a breach, and the person is heard first."""
        return self.reason_not in REFUSING
