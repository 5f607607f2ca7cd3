"""One help for somebody: its steps, and what it changed. Its state follows from rows."""

from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.assistance.codes import (
    LOOK_CHOICES,
    LOOKS,
    RECEIVING,
    RECEIVING_FREELY,
    Beneficiary,
    Changed,
    EndWhy,
    Kind,
    Source,
    State,
    StepKind,
)
from apps.assistance.models.programme import Programme
from apps.assistance.querysets import AssistanceQuerySet, LookQuerySet, SealedQuerySet
from apps.assistance.sql import ASKED_OF_A_YEAR, DERIVED, LOOKED_AT, STEPS_IN_ORDER
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.needs.models import Need
from apps.persons.models import Person


def _restricted() -> Any:
    """As the programme says; the database writes it."""
    return models.BooleanField(_("restricted"), default=False, editable=False)


@pghistory.track()
class Assistance(ScopedModel):
    """`kind`, `restricted`, `state`, `delivered_on` and `look_on` are written by the database."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="assistance", verbose_name=_("person")
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="assistance",
        verbose_name=_("need"),
    )  # fmt: skip
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="assistance", verbose_name=_("programme")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, editable=False, default="")
    restricted = _restricted()
    beneficiary = models.CharField(_("for whom"), max_length=6, choices=Beneficiary)
    member_words = EncryptedTextField(_("which member of the household"))
    # Of the number of a member, to ask whether the same help is given elsewhere; never the number.
    number_index = models.BinaryField(max_length=32, null=True, blank=True, editable=False)
    found_on = models.DateField(_("found on"))
    words = EncryptedTextField(_("in words"))
    source = models.CharField(
        pgettext_lazy("where it comes from", "from"), max_length=6, choices=Source,
        default=Source.PAGE, editable=False,
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.FOUND, editable=False
    )
    delivered_on = models.DateField(_("delivered on"), null=True, editable=False)
    look_after = models.PositiveSmallIntegerField(
        _("days to look after"), null=True, editable=False
    )
    look_on = models.DateField(_("to be looked at"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name=_("recorded by"),
    )  # fmt: skip

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("help")
        verbose_name_plural = _("assistance")
        triggers = DERIVED
        indexes = [
            models.Index(fields=["county", "-found_on"], name="assistance_county_newest"),
            models.Index(fields=["town", "-found_on"], name="assistance_town_newest"),
            models.Index(
                fields=["county", "look_on"], condition=Q(look_on__isnull=False),
                name="assistance_look_county",
            ),
            models.Index(
                fields=["number_index"], condition=Q(number_index__isnull=False),
                name="assistance_of_number",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(beneficiary=Beneficiary.PERSON) | ~Q(member_words=b""),
                name="assistance_names_the_member",
                violation_error_message=_("Say which member of the household."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def can_receive(self) -> bool:
        free = not self.programme.needs_decision or self.source == Source.LEDGER
        return self.state in (RECEIVING_FREELY if free else RECEIVING)

    def can_receive_on(self, day: date) -> bool:
        """A ledger that comes in after the end still brings what was received before it."""
        if self.source != Source.LEDGER or self.state != State.ENDED:
            return self.can_receive
        ends = self.steps.filter(kind=StepKind.ENDED, withdrawn_at=None)
        return bool(ends.filter(day__gte=day).exists())

    def look_asked(self, day: date) -> int | None:
        """As `to_be_looked_at` asks: the last look whose day has come, or the next one."""
        if self.delivered_on is None or self.look_after is None:
            return None
        gone = (day - self.delivered_on).days
        return max([self.look_after, *(after for after in LOOKS if after <= gone)])


@pghistory.track()
class AssistanceStep(RecordedAct):
    """What happened, when, and to whom it went."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    assistance = models.ForeignKey(
        Assistance, models.PROTECT, related_name="steps", verbose_name=_("help")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    restricted = _restricted()
    kind = models.CharField(_("step"), max_length=10, choices=StepKind)
    day = models.DateField(_("day"))
    to_words = models.CharField(_("to which office"), max_length=120, blank=True, default="")
    end_why = models.CharField(
        _("why it ended"), max_length=10, choices=EndWhy, blank=True, default=""
    )
    words = EncryptedTextField(_("in words"))

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a help")
        verbose_name_plural = _("steps of help")
        triggers = STEPS_IN_ORDER
        constraints = [
            models.UniqueConstraint(
                fields=["assistance", "kind"],
                condition=Q(withdrawn_at=None),
                name="assistancestep_once",
                violation_error_message=_("This step is on record already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.REFUSED) | ~Q(words=b""),
                name="assistancestep_refused_with_reason",
                violation_error_message=_("Say why it was not approved."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.ENDED, end_why__in=EndWhy.values)
                | ~Q(kind=StepKind.ENDED) & Q(end_why=""),
                name="assistancestep_ended_with_reason",
                violation_error_message=_("Say why it ended."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(StepKind.REFERRED, StepKind.APPLIED)) | ~Q(to_words=""),
                name="assistancestep_goes_to_somebody",
                violation_error_message=_("Say to which office it goes."),
            ),
            withdrawn_by_somebody("assistancestep_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


@pghistory.track()
class Look(RecordedAct):
    """What it changed, 30, 90 and 180 days after the first delivery. One stands for each of these,
    counted from the delivery that stands: the database sees to it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    assistance = models.ForeignKey(
        Assistance, models.PROTECT, related_name="looks", verbose_name=_("help")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    restricted = _restricted()
    after = models.PositiveSmallIntegerField(_("days after delivery"), choices=LOOK_CHOICES)
    looked_on = models.DateField(_("looked at on"))
    changed = models.CharField(_("what it changed"), max_length=8, choices=Changed)
    words = EncryptedTextField(_("in words"))

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at what help changed")
        verbose_name_plural = _("looks at what help changed")
        triggers = LOOKED_AT
        constraints = [
            models.CheckConstraint(condition=Q(after__in=LOOKS), name="look_after_its_days"),
            models.CheckConstraint(
                condition=Q(changed__in=Changed.values), name="look_says_what_changed"
            ),
            withdrawn_by_somebody("look_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.assistance_id} {self.after}"

    @property
    def day(self) -> date:
        return self.looked_on

    def counts_after(self, delivered_on: date | None) -> bool:
        """Of a delivery that stands: a look at one that was reversed counts no more."""
        return delivered_on is not None and (self.looked_on - delivered_on).days >= self.after


class SameHelpQuestion(ScopedModel):
    """Somebody asked whether the same help is given elsewhere; the answer is a word."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    assistance = models.ForeignKey(
        Assistance, models.PROTECT, related_name="questions", verbose_name=_("help")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    restricted = _restricted()
    asked_on = models.DateField(_("asked on"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("asked by")
    )
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    # Of the number that was asked; never the number.
    number_index = models.BinaryField(max_length=32, null=True, blank=True, editable=False)
    why_another = EncryptedTextField(_("why another number"))
    is_given = models.BooleanField(_("the same is given"))

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = _("question for the same help")
        verbose_name_plural = _("questions for the same help")
        triggers = ASKED_OF_A_YEAR
        indexes = [models.Index(fields=["asked_by", "asked_on"], name="samehelp_of_a_day")]

    def __str__(self) -> str:
        return f"{self.assistance_id} {self.asked_on}"
