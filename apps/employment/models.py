"""Work that somebody found or was helped to, and courses with what came of them.

Help, and nobody's duty: nobody works without having said that they want to, and nothing follows
from a job that ends or from an examination that was not passed.
"""

from datetime import date

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.days import local_day
from apps.core.fields import EncryptedTextField, uuid7
from apps.core.money import yuan
from apps.employment.codes import Consent, EndReason, Examination, Kind, Source, Still
from apps.employment.querysets import (
    BaseQuerySet,
    EnrolmentQuerySet,
    PlacementQuerySet,
    StandingQuerySet,
)
from apps.employment.sql import (
    BASE_HAS_ROOM,
    BASE_KEEPS_ROOM,
    END_BESIDE_LOOKS,
    ENROLLED_ONCE,
    EXAMINED_LATER,
    ITS_DAYS,
    ITS_END,
    ITS_LOOK,
    LOOK_BESIDE_END,
)
from apps.persons.models import Person


@pghistory.track()
class Base(models.Model):
    """A workshop, park or farm with places for persons in recovery."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name of the base"), max_length=60)
    places = models.PositiveIntegerField(_("places"))
    active = models.BooleanField(_("takes persons"), default=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = BaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("base")
        verbose_name_plural = _("bases")
        ordering = ("name", "pk")
        triggers = [
            pgtrigger.Trigger(
                name="base_keeps_room", when=pgtrigger.Before, operation=pgtrigger.Update,
                func=BASE_KEEPS_ROOM,
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"],
                name="employment_base_once",
                violation_error_message=_("A base of this unit and name is on file."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Placement(RecordedAct):
    """Somebody works somewhere from a day on. The wage is of a month; None: nobody has said it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="placements", verbose_name=_("person")
    )
    kind = models.CharField(_("kind of work"), max_length=7, choices=Kind)
    base = models.ForeignKey(
        Base, models.PROTECT, null=True, blank=True, related_name="placements",
        verbose_name=_("base"),
    )  # fmt: skip
    employer = models.CharField(_("employer"), max_length=120, blank=True, default="")
    place_words = models.CharField(_("place of work"), max_length=120, blank=True, default="")
    wage_fen = models.PositiveIntegerField(_("wage in fen"), null=True, blank=True)
    starts_on = models.DateField(_("first day of work"))
    consent_how = models.CharField(_("consent, how"), max_length=6, choices=Consent)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    ended_on = models.DateField(_("last day of work"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=10, choices=EndReason, blank=True, default=""
    )
    end_words = EncryptedTextField(_("the end in words"))
    source = models.CharField(_("source"), max_length=6, choices=Source)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        triggers = [
            pgtrigger.Trigger(
                name="base_has_room", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, func=BASE_HAS_ROOM,
            ),
            pgtrigger.Trigger(
                name="end_beside_looks", when=pgtrigger.Before, operation=ITS_END,
                func=END_BESIDE_LOOKS,
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "-starts_on"], name="employment_person_day"),
            models.Index(
                fields=["starts_on"], condition=Q(withdrawn_at=None, ended_on=None),
                name="employment_running",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=(~Q(consent_how="") & Q(consent_on__isnull=False))
                | Q(consent_how=Consent.LEDGER, source=Source.LEDGER),
                name="employment_consent",
                violation_error_message=_("Nobody works without having said that they want to."),
            ),
            models.CheckConstraint(
                condition=Q(consent_on=None) | Q(consent_on__lte=F("starts_on")),
                name="employment_consent_comes_first",
                violation_error_message=_("The consent comes before the work."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("starts_on")) & ~Q(end_reason="")),
                name="employment_ends_after_start",
                violation_error_message=_("The last day of work lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(base=None) | Q(kind=Kind.SITE),
                name="employment_base_of_a_site",
                violation_error_message=_("A base is chosen for a workshop or farm only."),
            ),
            withdrawn_by_somebody("employment_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on}"

    @property
    def day(self) -> date:
        return self.starts_on

    @property
    def where(self) -> str:
        """Base, employer and place, as far as they are known."""
        parts = (self.base.name if self.base else "", self.employer, self.place_words)
        return " · ".join(part for part in parts if part)

    @property
    def wage(self) -> str:
        """In yuan, or that it is not known."""
        return str(_("Not known")) if self.wage_fen is None else yuan(self.wage_fen)


@pghistory.track()
class Look(RecordedAct):
    """Somebody looked whether the person still works there."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="looks", db_index=False,
        verbose_name=_("placement"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="placement_looks", verbose_name=_("person")
    )
    day = models.DateField(_("day"))
    still = models.CharField(_("still there?"), max_length=7, choices=Still)
    words = EncryptedTextField(_("in words"))
    # The last day of work, where this look ended it: taken back, it takes that end along.
    made_end_on = models.DateField(_("end that it made"), null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("look after a placement")
        verbose_name_plural = _("looks after placements")
        triggers = [
            pgtrigger.Trigger(
                name="look_beside_end", when=pgtrigger.Before,
                operation=pgtrigger.Insert | ITS_LOOK, func=LOOK_BESIDE_END,
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "day"], condition=Q(withdrawn_at=None),
                name="employment_look_once_a_day",
                violation_error_message=_("Somebody has noted a look of this day already."),
            ),
            withdrawn_by_somebody("employment_look_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.get_still_display()}"


@pghistory.track()
class Course(models.Model):
    """A training course of a unit. What a ledger does not say stays empty."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("course"), max_length=80)
    first = models.DateField(_("first day of the course"))
    last = models.DateField(_("last day of the course"), null=True, blank=True)
    provider = models.CharField(_("provider"), max_length=120, blank=True, default="")
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=6, choices=Source)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("training course")
        verbose_name_plural = _("training courses")
        ordering = ("-first", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")),
                name="employment_course_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "title", "first"],
                name="employment_course_once",
                violation_error_message=_("A course of this unit, name and day is on file."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.first}"


@pghistory.track()
class Enrolment(RecordedAct):
    """Somebody in a course. The row goes where the file goes; of two files that become one both
    rows stay: `number` is the file's of then.

    `counted_on`: the day of the examination or, where a ledger does not know it, the first day of
    the course.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="enrolments", db_index=False, verbose_name=_("course")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="enrolments", verbose_name=_("person")
    )
    number = models.UUIDField(_("number of the file then"), editable=False)
    enrolled_on = models.DateField(_("enrolled on"), null=True, blank=True)
    hours_attended = models.PositiveIntegerField(_("hours attended"), null=True, blank=True)
    hours_total = models.PositiveIntegerField(_("hours of the course"), null=True, blank=True)
    examination = models.CharField(_("examination"), max_length=7, choices=Examination)
    examined_on = models.DateField(_("day of the examination"), null=True, blank=True)
    counted_on = models.DateField(_("counts on"), null=True, blank=True, editable=False)
    certificate_number = models.CharField(
        _("number of the certificate"), max_length=60, blank=True, default=""
    )
    certificate_on = models.DateField(_("day of the certificate"), null=True, blank=True)
    words = EncryptedTextField(_("in the person's words"))
    source = models.CharField(_("source"), max_length=6, choices=Source)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [models.Index(fields=["counted_on"], name="employment_examined")]
        triggers = [
            pgtrigger.Trigger(
                name="enrolled_once", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=ENROLLED_ONCE,
            ),
            # Of the days alone: a row from before goes where its file goes.
            pgtrigger.Trigger(
                name="examined_after_enrolment", when=pgtrigger.Before,
                operation=pgtrigger.Insert | ITS_DAYS, func=EXAMINED_LATER,
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], condition=Q(withdrawn_at=None),
                name="employment_enrolled_once",
                violation_error_message=_("This person is enrolled in the course already."),
            ),
            models.CheckConstraint(
                condition=Q(examination=Examination.NOT_YET, counted_on=None, examined_on=None)
                | (
                    ~Q(examination=Examination.NOT_YET)
                    & Q(counted_on__isnull=False)
                    & (Q(examined_on__isnull=False) | Q(source=Source.LEDGER))
                ),
                name="employment_examination_has_day",
                violation_error_message=_("An examination has a day."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_number="", certificate_on=None)
                | (
                    Q(examination=Examination.PASSED)
                    & ~Q(certificate_number="")
                    & (Q(certificate_on__isnull=False) | Q(source=Source.LEDGER))
                ),
                name="employment_certificate_after_passing",
                violation_error_message=_("A certificate follows a passed examination."),
            ),
            models.CheckConstraint(
                condition=Q(hours_attended=None, hours_total=None)
                | Q(
                    hours_attended__isnull=False, hours_total__isnull=False,
                    hours_total__gte=F("hours_attended"),
                ),
                name="employment_hours",
                violation_error_message=_("Nobody attends more hours than the course has."),
            ),
            withdrawn_by_somebody("employment_enrolment_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.course_id} {self.number}"

    @property
    def day(self) -> date:
        return self.enrolled_on or self.counted_on or local_day(self.recorded_at)

    @property
    def hours(self) -> str:
        """ "30/40"; empty where nobody has said it."""
        return "" if self.hours_total is None else f"{self.hours_attended}/{self.hours_total}"
