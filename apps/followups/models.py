"""A round of follow-ups, the list of those whom somebody looks in on, and every try to reach them.

A follow-up is the office's task. Nobody whose term is over owes it anything: who wants none is
asked no more, and nothing follows from it.
"""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area, ScopedModel
from apps.cases.models import Case
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.followups.codes import Ground, Life, Mind, Reached, RoundSource, Way, Work
from apps.followups.querysets import AttemptQuerySet, FollowedQuerySet
from apps.persons.models import Person

# The order that is named is the person's: one that runs on the first day of the round, or one
# that has ended by then.
ORDER_FITS = """
IF NEW.case_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_case c JOIN followups_followupround r ON r.id = NEW.round_id
    WHERE c.id = NEW.case_id AND c.person_id = NEW.person_id AND (
        (NEW.ground = 'order' AND c.in_force_from <= r.first
         AND (c.duties_end_on IS NULL OR c.duties_end_on >= r.first))
        OR (NEW.ground = 'released' AND c.duties_end_on < r.first))
) THEN
    RAISE EXCEPTION 'followup_target_order_fits' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
# Nothing comes into a round that is closed; whoever closes it waits for what is being entered.
ROUND_IS_OPEN = """
PERFORM 1 FROM followups_followupround r WHERE r.id = {round} AND r.closed_at IS NULL FOR SHARE;
IF NOT FOUND THEN
    RAISE EXCEPTION 'followup_round_is_open' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
ROUND_OF_TRY = "(SELECT t.round_id FROM followups_followuptarget t WHERE t.id = NEW.target_id)"


@pghistory.track()
class FollowUpRound(models.Model):
    """Of a unit, between two days."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    title = models.CharField(_("title"), max_length=80)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    source = models.CharField(_("source"), max_length=6, choices=RoundSource)
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
        verbose_name = _("follow-up round")
        verbose_name_plural = _("follow-up rounds")
        ordering = ("-first", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="followup_round_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.UniqueConstraint(
                fields=["area", "first", "title"],
                name="followup_round_once",
                violation_error_message=_("A round of this unit, day and title is on file."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="followup_round_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class FollowUpTarget(ScopedModel):
    """Somebody to look in on in a round. What came of it are the tries.

    The row goes where the file goes. Of two files that become one both rows stay: `number` is the
    file's of then.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    round = models.ForeignKey(
        FollowUpRound, models.PROTECT, related_name="targets", db_index=False,
        verbose_name=pgettext_lazy("of follow-ups", "round"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="followup_targets", verbose_name=_("person")
    )
    number = models.UUIDField(_("number of the file then"), editable=False)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order")
    )
    ground = models.CharField(_("ground"), max_length=8, choices=Ground)
    ground_words = EncryptedTextField(_("ground in words"))
    second_call_on = models.DateField(_("second call"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )
    # Taken off the list, on which the person stood by mistake: the row stays with the reason.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True, default="")

    objects = FollowedQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up of a person")
        verbose_name_plural = _("follow-ups of persons")
        triggers = [
            pgtrigger.Trigger(
                name="followup_order_fits", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=ORDER_FITS,
            ),
            pgtrigger.Trigger(
                name="followup_target_round_is_open", when=pgtrigger.Before,
                operation=pgtrigger.Insert, func=ROUND_IS_OPEN.format(round="NEW.round_id"),
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                condition=Q(withdrawn_at=None),
                name="followup_target_once",
            ),
            withdrawn_by_somebody("followup_target_withdrawn_by_somebody", tapped=False),
            models.CheckConstraint(
                condition=Q(ground__in=[Ground.ORDER, Ground.RELEASED], case__isnull=False)
                | (Q(ground=Ground.NAMED, case=None) & ~Q(ground_words=b""))
                | Q(ground=Ground.LEDGER, case=None),
                name="followup_target_has_ground",
                violation_error_message=_("Without an order: the reason in words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.number}"


@pghistory.track()
class FollowUpAttempt(RecordedAct):
    """A try to reach somebody, and how life, work and mind were when it succeeded."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    target = models.ForeignKey(
        FollowUpTarget, models.PROTECT, related_name="attempts", db_index=False,
        verbose_name=_("follow-up"),
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="followup_attempts", verbose_name=_("person")
    )
    way = models.CharField(_("way"), max_length=9, choices=Way, blank=True, default="")
    outcome = models.CharField(_("outcome"), max_length=11, choices=Reached)
    occurred_at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"))
    life = models.CharField(_("life"), max_length=6, choices=Life, blank=True, default="")
    work = models.CharField(
        pgettext_lazy("of somebody followed up", "work"), max_length=8, choices=Work, blank=True,
        default="",
    )  # fmt: skip
    mind = models.CharField(_("state of mind"), max_length=9, choices=Mind, blank=True, default="")
    words = EncryptedTextField(_("in the person's words"))

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("try to reach somebody")
        verbose_name_plural = _("tries to reach somebody")
        triggers = [
            pgtrigger.Trigger(
                name="followup_try_round_is_open", when=pgtrigger.Before,
                operation=pgtrigger.Insert, func=ROUND_IS_OPEN.format(round=ROUND_OF_TRY),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["target", "outcome", "way"], condition=Q(withdrawn_at=None),
                name="followup_standing",
            ),
            models.Index(fields=["person", "-day"], name="followup_person_day"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Reached.NOT_REACHED) | ~Q(way=""),
                name="followup_reached_in_some_way",
                violation_error_message=_("Say whether in person or by phone."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=Reached.REACHED) | Q(life="", work="", mind=""),
                name="followup_asked_only_if_reached",
                violation_error_message=_("Life, work and mind are of somebody who was reached."),
            ),
            withdrawn_by_somebody("followup_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())

    @property
    def said(self) -> str:
        """Life, work and mind in a line."""
        parts = (self.get_life_display(), self.get_work_display(), self.get_mind_display())
        return " · ".join(str(part) for part in parts if part)
