"""A home visit, an interview, or an attempt: one record for duty, timeline, form and figure."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.cases.models import Case
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.contacts.recorded import TappedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Contact, Person
from apps.visits.codes import MeetingKind, MeetingPlace, MeetingWay
from apps.visits.querysets import MeetingQuerySet

NO_PLACE = _("An interview by phone or video has no place: choose “By phone or video”.")


@pghistory.track()
class Meeting(TappedAct):
    """One row an act. Undone and withdrawn rows stay: a late twin of a tap must find them.

    Of the family only a contact whom the person agreed to can be named. `place` is a kind of
    place, and only of what was held; no position is stored anywhere.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="meetings", db_index=False, verbose_name=_("person")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="meetings", db_index=False
    )
    occurred_at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"))
    way = models.CharField(
        _("how"), max_length=10, choices=MeetingWay, default=MeetingWay.IN_PERSON
    )
    place = models.CharField(
        _("where"), max_length=10, choices=MeetingPlace, blank=True, default=""
    )
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=ContactOutcome, default=ContactOutcome.DONE
    )
    met_person = models.BooleanField(_("the person was met"))
    contact = models.ForeignKey(
        Contact,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("family member met"),
    )
    second_visitor = models.CharField(_("second visitor"), max_length=60, blank=True, default="")
    state_words = EncryptedTextField(_("state and mood, in words"))
    family_words = EncryptedTextField(pgettext_lazy("subject of an interview", "family"))
    work_words = EncryptedTextField(_("work and living"))
    difficulty_words = EncryptedTextField(_("biggest difficulty now"))
    opinion_words = EncryptedTextField(_("opinion about the office's work"))
    help_words = EncryptedTextField(_("help given"))
    note = EncryptedTextField(_("note"))
    reason = models.CharField(
        _("why not"), max_length=10, choices=NotDoneReason, blank=True, default=""
    )
    next_on = models.DateField(_("next date"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit or interview")
        verbose_name_plural = _("visits and interviews")
        indexes = [
            models.Index(fields=["county", "-occurred_at", "-id"], name="meeting_county_newest"),
            models.Index(fields=["town", "-occurred_at", "-id"], name="meeting_town_newest"),
            models.Index(fields=["person", "-occurred_at", "-id"], name="meeting_person_newest"),
            models.Index(fields=["county", "kind", "day"], name="meeting_county_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ContactOutcome.DONE, reason="")
                | (Q(outcome=ContactOutcome.NOT_DONE) & ~Q(reason="")),
                name="meeting_reason_if_not_done",
                violation_error_message=_("Say why it could not be done."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=ContactOutcome.NOT_DONE, met_person=False, contact=None)
                | (Q(outcome=ContactOutcome.DONE) & (Q(met_person=True) | ~Q(contact=None))),
                name="meeting_met_somebody",
                violation_error_message=_("Say who was met."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=MeetingKind.TALK, outcome=ContactOutcome.DONE)
                | Q(met_person=True),
                name="meeting_talk_with_the_person",
                violation_error_message=_("An interview is held with the person."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=MeetingKind.VISIT, outcome=ContactOutcome.DONE)
                | Q(way=MeetingWay.IN_PERSON),
                name="meeting_visit_in_person",
                violation_error_message=_("A home visit is made in person."),
            ),
            models.CheckConstraint(
                condition=Q(outcome=ContactOutcome.NOT_DONE, place="")
                | (Q(outcome=ContactOutcome.DONE) & ~Q(place="")),
                name="meeting_place_if_done",
                violation_error_message=_("Choose where it was."),
            ),
            models.CheckConstraint(
                condition=Q(way=MeetingWay.IN_PERSON) | Q(place__in=["", MeetingPlace.REMOTE]),
                name="meeting_call_has_no_place",
                violation_error_message=NO_PLACE,
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("day")),
                name="meeting_next_not_before",
                violation_error_message=_("The next date lies before the day of the contact."),
            ),
            withdrawn_by_somebody("meeting_withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"

    @property
    def is_done(self) -> bool:
        return self.outcome == ContactOutcome.DONE
