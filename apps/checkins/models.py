"""A contact of a worker with a person, or the attempt at one."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.models import Case
from apps.checkins.codes import CheckInSource, Method
from apps.checkins.querysets import CheckInQuerySet
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.contacts.recorded import TappedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.schedule.models import DueItem


@pghistory.track()
class CheckIn(TappedAct):
    """One row an act. Undone and withdrawn rows stay: a late twin of a tap must find them.

    `day` is the day in Shanghai of `occurred_at`. `client_uuid` is made where the act is made, so
    that the same tap sent twice is one row.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="checkins", db_index=False, verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="checkins", db_index=False
    )
    due_item = models.ForeignKey(
        DueItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        # The database itself empties it (migration 0003): plans take windows away by the thousand.
        db_constraint=False,
        help_text=_("The window it was logged for; which window it settles follows from its day."),
    )
    method = models.CharField(_("method"), max_length=10, choices=Method)
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=ContactOutcome, default=ContactOutcome.DONE
    )
    reason = models.CharField(
        _("why not"), max_length=10, choices=NotDoneReason, blank=True, default=""
    )
    next_on = models.DateField(_("next date"), null=True, blank=True)
    occurred_at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"))
    mood = models.PositiveSmallIntegerField(_("mood, 1 to 5"), null=True, blank=True)
    state_words = EncryptedTextField(_("state, in words"))
    note = EncryptedTextField(_("note"))
    source = models.CharField(
        pgettext_lazy("where it comes from", "from"),
        max_length=8,
        choices=CheckInSource,
        default=CheckInSource.PAGE,
    )

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        indexes = [
            models.Index(fields=["county", "-occurred_at", "-id"], name="checkin_county_newest"),
            models.Index(fields=["town", "-occurred_at", "-id"], name="checkin_town_newest"),
            models.Index(fields=["person", "-occurred_at", "-id"], name="checkin_person_newest"),
            models.Index(fields=["county", "day"], name="checkin_county_day"),
            models.Index(
                fields=["due_item"], condition=Q(due_item__isnull=False), name="checkin_due_item"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["due_item"],
                condition=Q(outcome=ContactOutcome.DONE, withdrawn_at=None, due_item__isnull=False),
                name="checkin_once_per_window",
                violation_error_message=_("This check-in is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["person", "occurred_at"],
                condition=Q(source=CheckInSource.LEDGER, withdrawn_at=None),
                name="checkin_ledger_once",
                violation_error_message=_("This row of a ledger is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=ContactOutcome.DONE, reason="")
                | (Q(outcome=ContactOutcome.NOT_DONE) & ~Q(reason="")),
                name="checkin_reason_if_not_done",
                violation_error_message=_("Say why it could not be done."),
            ),
            models.CheckConstraint(
                condition=Q(mood=None) | Q(mood__gte=1, mood__lte=5),
                name="checkin_mood_scale",
                violation_error_message=_("Mood is a number from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("day")),
                name="checkin_next_not_before",
                violation_error_message=_("The next date lies before the check-in."),
            ),
            withdrawn_by_somebody("checkin_withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.day}"
