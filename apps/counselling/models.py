"""Sessions of counselling and family guidance, and what was said there, apart from them.

Help, and nobody's duty: a session that did not take place is not recorded as one, and nothing
follows from the next date that was agreed.
"""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.core.text import bracketed
from apps.counselling.codes import Counsellor, FamilyTold, Ground, Kind
from apps.counselling.querysets import NotesQuerySet, SessionQuerySet
from apps.needs.models import Need
from apps.persons.models import Person

LONGEST = 600


@pghistory.track()
class Session(RecordedAct):
    """That it took place: the day, the kind, who counselled. Everybody who sees the person sees it.

    `counsellor_name` and `counsellor_body` say who it was where it was not `recorded_by`.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="counselling", db_index=False,
        verbose_name=_("person"),
    )  # fmt: skip
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="counselling",
        verbose_name=_("need"),
    )  # fmt: skip
    kind = models.CharField(_("kind of session"), max_length=6, choices=Kind)
    occurred_at = models.DateTimeField(_("time"))
    day = models.DateField(_("day"), editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    counsellor = models.CharField(_("who counselled"), max_length=8, choices=Counsellor)
    counsellor_name = models.CharField(
        _("name of the counsellor"), max_length=60, blank=True, default=""
    )
    counsellor_body = models.CharField(
        _("body of the counsellor"), max_length=120, blank=True, default=""
    )
    family_told = models.CharField(
        _("what the family was told"), max_length=7, choices=FamilyTold, blank=True, default=""
    )
    agreed_on = models.DateField(_("the person agreed on"), null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=5, choices=Ground)
    next_on = models.DateField(_("next date agreed"), null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("counselling session")
        verbose_name_plural = _("counselling sessions")
        indexes = [
            models.Index(fields=["person", "-day"], name="counselling_person_day"),
            models.Index(fields=["county", "-day"], name="counselling_county_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(counsellor=Counsellor.RECORDER, counsellor_name="", counsellor_body="")
                | (
                    Q(counsellor=Counsellor.OTHER)
                    & (~Q(counsellor_name="") | ~Q(counsellor_body=""))
                ),
                name="counselling_by_somebody",
                violation_error_message=_("Say who counselled: a name or a body."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PERSON, family_told="")
                | (~Q(kind=Kind.PERSON) & ~Q(family_told="")),
                name="counselling_says_what_family_was_told",
                violation_error_message=_("Say what the family was told about the person."),
            ),
            models.CheckConstraint(
                condition=(Q(family_told=FamilyTold.AGREED) & Q(agreed_on__isnull=False))
                | (~Q(family_told=FamilyTold.AGREED) & Q(agreed_on=None)),
                name="counselling_family_told_as_agreed",
                violation_error_message=_(
                    "The family is told of the person only what the person agreed to."
                ),
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None) | Q(agreed_on__lte=F("day")),
                name="counselling_agreed_before",
                violation_error_message=_("The agreement comes before the session."),
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__range=(1, LONGEST)),
                name="counselling_minutes",
                violation_error_message=_("A session has 1 to 600 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("day")),
                name="counselling_next_not_before",
                violation_error_message=_("The next date lies before the session."),
            ),
            withdrawn_by_somebody("counselling_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"

    @property
    def by_whom(self) -> str:
        """Name and body of whoever counselled."""
        if self.counsellor == Counsellor.RECORDER:
            return str(self.recorded_by.name)
        return named(self.counsellor_name, self.counsellor_body)


@pghistory.track()
class SessionNotes(ScopedModel):
    """What was said, about what, where and with whom of the family: every word is encrypted.

    Who wrote them reads and changes them; others need the permission, and change nothing. In no
    list, no export, no search, no figure, no admin, no history and no other page: one page shows
    them, and each look is logged.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    session = models.OneToOneField(
        Session, models.PROTECT, related_name="notes", editable=False,
        verbose_name=_("counselling session"),
    )  # fmt: skip
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    theme = EncryptedTextField(_("theme"))
    place_words = EncryptedTextField(_("place of the session"))
    family_words = EncryptedTextField(_("who of the family took part"))
    words = EncryptedTextField(_("confidential notes"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, editable=False,
        verbose_name=_("recorded by"),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NotesQuerySet.as_manager()

    class Meta:
        verbose_name = _("confidential notes of a session")
        verbose_name_plural = _("confidential notes of sessions")

    def __str__(self) -> str:
        return str(self.public_id)


def named(name: str, body: str) -> str:
    """ "Li Na (People's Hospital)"; either may be empty."""
    return f"{name}{bracketed(body)}" if name and body else name or body
