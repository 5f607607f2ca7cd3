"""Clinics of maintenance treatment, who is treated where, and how often they came.

Help, and nobody's duty: treatment is asked for by the person, and nothing follows from days that
were missed. The office knows no doses: what is given, and how much, is the clinic's.
"""

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.core.rates import fraction_text
from apps.persons.models import Person
from apps.persons.models.assignment import DateSpan
from apps.treatment.codes import Basis, ClinicKind, EndReason, Medicine, Source
from apps.treatment.querysets import AttendanceQuerySet, ClinicQuerySet, TreatmentQuerySet
from apps.treatment.rules import last_of

# A centre stays one, so that no station loses it.
STATION_OF_A_CENTRE = """
IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
    RAISE EXCEPTION 'treatment_clinic_keeps_its_kind' USING ERRCODE = 'check_violation';
END IF;
IF NEW.centre_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM treatment_clinic WHERE id = NEW.centre_id AND kind = 'centre'
) THEN
    RAISE EXCEPTION 'treatment_station_of_a_centre' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class DaysOfMonth(Func):
    """How many days the month has that begins on a day."""

    template = "EXTRACT(DAY FROM (%(expressions)s + INTERVAL '1 month' - INTERVAL '1 day'))"
    output_field = IntegerField()


@pghistory.track()
class Clinic(models.Model):
    """A centre, or one of the self-service stations that belong to it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name of the clinic"), max_length=60)
    kind = models.CharField(_("kind of clinic"), max_length=7, choices=ClinicKind)
    centre = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stations",
        verbose_name=_("belongs to the centre"),
    )  # fmt: skip
    opened_on = models.DateField(_("open since"))
    closed_on = models.DateField(_("clinic closed on"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )

    objects = ClinicQuerySet.as_manager()

    class Meta:
        verbose_name = _("clinic of maintenance treatment")
        verbose_name_plural = _("clinics of maintenance treatment")
        ordering = ("name", "pk")
        triggers = [
            pgtrigger.Trigger(
                name="station_of_a_centre", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, func=STATION_OF_A_CENTRE,
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClinicKind.CENTRE, centre=None)
                | Q(kind=ClinicKind.STATION, centre__isnull=False),
                name="treatment_station_has_a_centre",
                violation_error_message=_("A station belongs to a centre, a centre to none."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="treatment_clinic_closes_after_opening",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "name"],
                name="treatment_clinic_once",
                violation_error_message=_("A clinic of this unit and name is on file."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        return self.opened_on <= day and (self.closed_on is None or day < self.closed_on)


@pghistory.track()
class Treatment(RecordedAct):
    """Somebody is treated at a clinic from a day on. On the day on which it ends it runs no more,
    so that it may go on elsewhere on that day.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="treatments", db_index=False, verbose_name=_("person")
    )
    clinic = models.ForeignKey(
        Clinic, models.PROTECT, related_name="treatments", verbose_name=_("clinic")
    )
    medicine = models.CharField(_("medicine"), max_length=13, choices=Medicine)
    medicine_words = EncryptedTextField(_("medicine in words"))
    since = models.DateField(_("in treatment since"))
    basis = models.CharField(_("basis"), max_length=6, choices=Basis)
    consent_on = models.DateField(_("consent given on"))
    ended_on = models.DateField(_("treatment ended on"), null=True, blank=True)
    end_reason = models.CharField(
        _("why the treatment ended"), max_length=9, choices=EndReason, blank=True, default=""
    )
    end_words = EncryptedTextField(_("the end of the treatment in words"))

    objects = TreatmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance treatment")
        verbose_name_plural = _("maintenance treatments")
        indexes = [models.Index(fields=["person", "-since"], name="treatment_person_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=Basis.values),
                name="treatment_own_wish",
                violation_error_message=_(
                    "Nobody is treated without having said that they want to."
                ),
            ),
            models.CheckConstraint(
                condition=Q(consent_on__lte=F("since")),
                name="treatment_consent_comes_first",
                violation_error_message=_("The consent comes before the treatment."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("since")) & ~Q(end_reason="")),
                name="treatment_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=(Q(medicine=Medicine.OTHER) & ~Q(medicine_words=b""))
                | (~Q(medicine=Medicine.OTHER) & Q(medicine_words=b"")),
                name="treatment_other_medicine_has_words",
                violation_error_message=_("Another medicine is said in words, and only that."),
            ),
            ExclusionConstraint(
                name="treatment_one_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateSpan("since", "ended_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None),
                violation_error_message=_(
                    "The person is in treatment on some of these days already."
                ),
            ),
            withdrawn_by_somebody("treatment_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.get_medicine_display()} {self.since}"

    @property
    def day(self) -> date:
        return self.since

    @property
    def medicine_name(self) -> str:
        """What is given, in words."""
        return self.medicine_words or str(self.get_medicine_display())


@pghistory.track()
class Attendance(RecordedAct):
    """On how many days of a month somebody came, of those on which they were to come. A sum that
    the clinic sends: single days are not kept here.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    treatment = models.ForeignKey(
        Treatment, models.PROTECT, related_name="months", db_index=False,
        verbose_name=_("maintenance treatment"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="treatment_months", verbose_name=_("person")
    )
    month = models.DateField(_("month"))
    attended = models.PositiveSmallIntegerField(_("days attended"))
    expected = models.PositiveSmallIntegerField(_("days expected"))
    source = models.CharField(_("source"), max_length=6, choices=Source)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance of a month")
        verbose_name_plural = _("attendance of months")
        indexes = [models.Index(fields=["month"], name="treatment_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["treatment", "month"], condition=Q(withdrawn_at=None),
                name="treatment_month_once",
                violation_error_message=_("This month is on record already: correct it there."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="treatment_month_begins",
                violation_error_message=_("A month is named by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(attended__lte=F("expected"), expected__gte=1),
                name="treatment_attended_of_expected",
                violation_error_message=_("Nobody comes on more days than were expected."),
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(F("expected"), DaysOfMonth("month")),
                name="treatment_days_of_the_month",
                violation_error_message=_("The month has fewer days."),
            ),
            withdrawn_by_somebody("treatment_month_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.fraction}"

    @property
    def day(self) -> date:
        return last_of(self.month)

    @property
    def fraction(self) -> str:
        """ "24/30"."""
        return fraction_text(self.attended, self.expected)
