"""Something that may be a breach of the agreement: recorded, heard, and only then decided."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.breaches.codes import STANDING, TESTS, BreachDecision, BreachKind, ResponseKind
from apps.breaches.querysets import BreachQuerySet
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.documents.models import IssuedDocument
from apps.persons.models import Person
from apps.persons.models.assignment import DateSpan
from apps.persons.querysets import PersonalQuerySet

HEARD = ~Q(heard_on=None) & ~Q(said=b"")


@pghistory.track()
class Breach(ScopedModel):
    """It counts only once a named officer has confirmed it; a check-in never becomes one."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="breaches", verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="breaches",
        verbose_name=pgettext_lazy("of a case", "order"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=BreachKind)
    duty = models.CharField(_("duty"), max_length=10, blank=True, default="")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    facts = EncryptedTextField(_("facts"), blank=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    heard_on = models.DateField(_("heard on"), null=True, blank=True)
    heard_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("heard by")
    )
    said = EncryptedTextField(_("what the person says"))
    not_heard_why = EncryptedTextField(_("why the person could not be heard"))
    attempts = EncryptedTextField(_("what was tried"))
    decision = models.CharField(
        _("decision"),
        max_length=13,
        choices=BreachDecision,
        blank=True,
        default=BreachDecision.OPEN,
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of a proposal", "decided by"),
    )
    decision_reason = EncryptedTextField(_("reason of the decision"))

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("breach")
        verbose_name_plural = _("breaches")
        indexes = [
            models.Index(fields=["case", "decision"], name="breach_of_case"),
            models.Index(fields=["county", "-starts_on", "-id"], name="breach_county_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(duty="checkin"),
                name="breach_never_a_checkin",
                violation_error_message=_("A check-in that did not happen is no breach."),
            ),
            models.CheckConstraint(
                condition=(Q(kind=BreachKind.MISSED) & ~Q(duty=""))
                | (~Q(kind=BreachKind.MISSED) & Q(duty="")),
                name="breach_missed_names_duty",
                violation_error_message=_("Say which duty was missed."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=F("starts_on"))
                | Q(kind=BreachKind.LEFT, ends_on__gt=F("starts_on")),
                name="breach_days",
                violation_error_message=_("Only an absence lasts longer than a day."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (
                    ~Q(decision="")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision_reason=b"")
                ),
                name="breach_decided_by_somebody",
                violation_error_message=_("A decision has a day, a name and a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed") | HEARD,
                name="breach_heard_first",
                violation_error_message=_("Nobody confirms a breach before the person was heard."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="confirmed", decided_by=F("recorded_by")),
                name="breach_four_eyes",
                violation_error_message=_("Whoever recorded it does not confirm it."),
            ),
            models.UniqueConstraint(
                fields=["case", "starts_on"],
                condition=Q(kind__in=TESTS, decision__in=STANDING),
                name="breach_one_test_a_day",
                violation_error_message=_("A test of this day is recorded already."),
            ),
            ExclusionConstraint(
                name="breach_away_once",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (DateSpan("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=BreachKind.LEFT, decision__in=STANDING),
                violation_error_message=_("Some of these days are recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    @property
    def is_open(self) -> bool:
        return self.decision == BreachDecision.OPEN

    @property
    def is_heard(self) -> bool:
        """The person's own words are on file; attempts to hear the person are none."""
        return self.heard_on is not None

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@pghistory.track()
class Response(ScopedModel):
    """What the office did about a confirmed breach: education, spoken or by letter."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    breach = models.ForeignKey(
        Breach, models.PROTECT, related_name="responses", verbose_name=_("breach")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=10, choices=ResponseKind)
    on = models.DateField(_("day"))
    words = EncryptedTextField(_("what the person was asked to do"), blank=False)
    paper = models.ForeignKey(
        IssuedDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("paper"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("response to a breach")
        verbose_name_plural = _("responses to breaches")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ResponseKind.EDUCATION, paper=None)
                | (~Q(kind=ResponseKind.EDUCATION) & Q(paper__isnull=False)),
                name="breach_response_has_paper",
                violation_error_message=_("A letter has its paper."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
