"""What a person wants to reach, who does what for it by when, and how it goes; and the lists of
those whom an office cares for together.

Help, and nobody's duty: nothing follows from a step that was not done, or a review not held.
"""

from datetime import date
from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area
from apps.care.codes import Doer, StepEnd
from apps.care.querysets import EntryQuerySet, PlanQuerySet, StepQuerySet
from apps.cases.models import TeamMember
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.days import today
from apps.core.fields import EncryptedTextField, uuid7
from apps.needs.models import Need
from apps.persons.models import Person

# Everything that a step names is of the same person.
STEP_FITS = """
IF NOT EXISTS (
    SELECT 1 FROM care_careplan p WHERE p.id = NEW.plan_id AND p.person_id = NEW.person_id
) OR (NEW.member_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_teammember m WHERE m.id = NEW.member_id AND m.person_id = NEW.person_id
)) OR (NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM needs_need n WHERE n.id = NEW.need_id AND n.person_id = NEW.person_id
)) THEN
    RAISE EXCEPTION 'care_step_fits' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
WHAT_IT_NAMES: Any = pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
    "member_id", "need_id", "plan_id"
)
# Nothing comes into a plan or a list that is closed; whoever closes it waits for what is entered.
PLAN_IS_OPEN = """
PERFORM 1 FROM care_careplan p
WHERE p.id = NEW.plan_id AND p.closed_on IS NULL AND p.withdrawn_at IS NULL FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'care_plan_is_open' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
LIST_IS_OPEN = """
PERFORM 1 FROM care_carelist l WHERE l.id = NEW.list_id AND l.closed_at IS NULL FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'care_list_is_open' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def _on_insert(name: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Insert, func=func
    )


@pghistory.track()
class CarePlan(RecordedAct):
    """One stands open for a person. `review_on` is the day of the first review; every review says
    the day of the next (`PlanQuerySet.with_next_review`).
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="care_plans", verbose_name=_("person")
    )
    day = models.DateField(pgettext_lazy("of a care plan", "from"))
    goals = EncryptedTextField(_("goals in the person's words"), blank=False)
    matters = EncryptedTextField(_("what matters to the person"))
    review_on = models.DateField(_("first review"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        editable=False, verbose_name=_("who closed it"),
    )  # fmt: skip
    close_reason = EncryptedTextField(_("why it is closed"))

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("care plan")
        verbose_name_plural = _("care plans")
        indexes = [models.Index(fields=["person", "-day"], name="care_plan_person_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_on=None, withdrawn_at=None),
                name="care_plan_one_open",
                violation_error_message=_("A care plan of this person is open already."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("day")),
                name="care_plan_review_after_start",
                violation_error_message=_("The review comes after the day of the plan."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("day")),
                name="care_plan_closed_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, close_reason=b"")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(close_reason=b"")),
                name="care_plan_closed_by_somebody",
            ),
            withdrawn_by_somebody("care_plan_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.day}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None and self.withdrawn_at is None


@pghistory.track()
class CareStep(RecordedAct):
    """Who does what by when, and how it ended."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(
        CarePlan, models.PROTECT, related_name="steps", verbose_name=_("care plan")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="care_steps", verbose_name=_("person")
    )
    task = EncryptedTextField(_("what is done"), blank=False)
    doer = models.CharField(_("who does it"), max_length=6, choices=Doer)
    member = models.ForeignKey(
        TeamMember, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("of the team"),
    )  # fmt: skip
    doer_words = EncryptedTextField(_("who, in words"))
    by_day = models.DateField(_("by when"))
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="care_steps", db_index=False,
        verbose_name=_("need"),
    )  # fmt: skip
    ended = models.CharField(
        _("how the step ended"), max_length=8, choices=StepEnd, blank=True, default=""
    )
    ended_on = models.DateField(_("day of it"), null=True, blank=True)
    ended_words = EncryptedTextField(_("the end of the step in words"))

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a care plan")
        verbose_name_plural = _("steps of care plans")
        triggers = [
            # A merge names another person row by row: what a step names is looked at when it
            # changes, and no more.
            pgtrigger.Trigger(
                name="care_step_fits",
                when=pgtrigger.Before,
                func=STEP_FITS,
                operation=pgtrigger.Insert | WHAT_IT_NAMES,
            ),
            _on_insert("care_step_plan_is_open", PLAN_IS_OPEN),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(ended="", withdrawn_at=None),
                name="care_step_running",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(doer=Doer.PERSON, member=None, doer_words=b"")
                | Q(doer=Doer.MEMBER, member__isnull=False, doer_words=b"")
                | (Q(doer=Doer.OTHER, member=None) & ~Q(doer_words=b"")),
                name="care_step_has_doer",
                violation_error_message=_("Say who does it."),
            ),
            models.CheckConstraint(
                condition=Q(ended="", ended_on=None, ended_words=b"")
                | Q(ended=StepEnd.DONE, ended_on__isnull=False)
                | (Q(ended__in=[StepEnd.NOT_DONE, StepEnd.DROPPED], ended_on__isnull=False)
                   & ~Q(ended_words=b"")),
                name="care_step_ended_in_words",
                violation_error_message=_("Say why, in words."),
            ),
            withdrawn_by_somebody("care_step_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.by_day}"

    @property
    def day(self) -> date:
        """By when it is done."""
        return self.by_day

    @property
    def who(self) -> str:
        """Who does it, in a word or two."""
        if self.member is not None:
            return f"{self.member.name} · {self.member.get_kind_display()}"
        return self.doer_words or str(self.get_doer_display())


@pghistory.track()
class CareReview(RecordedAct):
    """Person and carers look at the plan together."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(
        CarePlan, models.PROTECT, related_name="reviews", verbose_name=_("care plan")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="care_reviews", verbose_name=_("person")
    )
    day = models.DateField(_("day of the review"))
    took_part = EncryptedTextField(_("who took part"), blank=False)
    said = EncryptedTextField(_("what the person says of it"))
    changed = EncryptedTextField(_("what changes"))
    next_on = models.DateField(_("next review"))

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a care plan")
        verbose_name_plural = _("reviews of care plans")
        triggers = [_on_insert("care_review_plan_is_open", PLAN_IS_OPEN)]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "day"], condition=Q(withdrawn_at=None), name="care_review_once",
                violation_error_message=_("A review of this day is on record."),
            ),
            models.CheckConstraint(
                condition=Q(next_on__gt=F("day")),
                name="care_review_next_later",
                violation_error_message=_("The next review comes after this one."),
            ),
            withdrawn_by_somebody("care_review_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.day}"


@pghistory.track()
class CareList(models.Model):
    """Of a unit, between two days: whom it cares for together, and why."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=80)
    ground = models.CharField(_("why there is this list"), max_length=300)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    recorded_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("opened by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("who closed it"),
    )  # fmt: skip

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("care list")
        verbose_name_plural = _("care lists")
        ordering = ("-first", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="care_list_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "first", "title"],
                name="care_list_once",
                violation_error_message=_("A list of this unit, day and title is on file."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="care_list_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Its last day is over, whether somebody has closed it or not."""
        return self.last < today()


@pghistory.track()
class CareListEntry(RecordedAct):
    """Somebody on a list. The row goes where the file goes, the list stays the unit's; of two files
    that become one both rows stay: `number` is the file's of then. Taken off is withdrawn.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    list = models.ForeignKey(
        CareList, models.PROTECT, related_name="entries", db_index=False,
        verbose_name=_("care list"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="care_list_entries", verbose_name=_("person")
    )
    number = models.UUIDField(_("number of the file then"), editable=False)
    day = models.DateField(_("on the list since"))
    reason = EncryptedTextField(_("why the person is on the list"), blank=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of a care list")
        verbose_name_plural = _("persons of care lists")
        triggers = [_on_insert("care_entry_list_is_open", LIST_IS_OPEN)]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "number"], condition=Q(withdrawn_at=None), name="care_entry_once",
                violation_error_message=_("This person stands on the list already."),
            ),
            withdrawn_by_somebody("care_entry_withdrawn_by_somebody", tapped=False),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.list_id} {self.number}"
