"""The working group around a person (条例 art. 17): whoever helps by name, since when, until when.

The team of five offices (五位一体) and the one carer of a person (一对一) are these rows.
"""

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.models.case import Case
from apps.cases.querysets import TeamQuerySet
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Contact, Person


class MemberKind(models.TextChoices):
    WORKER = "worker", _("Full-time worker")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    POLICE = "police", _("Community police")
    MEDICAL = "medical", _("Community medical staff")
    VILLAGE = "village", _("Village or neighbourhood committee")
    JUSTICE = "justice", _("Justice staff")
    TOWN = "town", _("Town government")
    FAMILY = "family", _("Family member")
    VOLUNTEER = "volunteer", _("Volunteer")
    OTHER = "other", pgettext_lazy("member of the team", "Somebody else")


@pghistory.track()
class TeamMember(ScopedModel):
    """Of one order. Who leads is the carer by name; `led_from` and `led_until` say on which days.

    One of the family is there while the person agrees: `contact` is the agreement. A row that was
    withdrawn was written by mistake: its member was never there, and never led.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=14, choices=MemberKind)
    name = EncryptedTextField(_("name"), blank=False)
    phone = EncryptedTextField(_("phone"))
    unit = EncryptedTextField(_("unit or relation"))
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("of the family"),
    )  # fmt: skip
    is_lead = models.BooleanField(_("leads the team"), default=False)
    led_from = models.DateField(_("leads from"), null=True, blank=True)
    led_until = models.DateField(_("led until"), null=True, blank=True)
    joined_on = models.DateField(_("from"))
    left_on = models.DateField(_("until"), null=True, blank=True)
    end_reason = EncryptedTextField(_("why the member left"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        editable=False, verbose_name=_("withdrawn by"),
    )  # fmt: skip
    withdrawn_reason = EncryptedTextField(_("why withdrawn"))

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(is_lead=True, left_on=None),
                name="team_one_lead",
                violation_error_message=_("The team has a lead already."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="team_left_after_joined",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False) | Q(led_from__isnull=False, led_until=None),
                name="team_lead_since",
            ),
            models.CheckConstraint(
                condition=Q(led_from=None, led_until=None)
                | Q(led_from__isnull=False, led_from__gte=F("joined_on"), led_until=None)
                | Q(
                    led_from__isnull=False,
                    led_from__gte=F("joined_on"),
                    led_until__isnull=False,
                    led_until__gte=F("led_from"),
                ),
                name="team_led_within",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=MemberKind.OTHER) | ~Q(unit=b""),
                name="team_other_in_words",
                violation_error_message=_("Say in words who it is."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason=b"")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & Q(is_lead=False, led_from=None)
                    & ~Q(withdrawn_reason=b"")
                ),
                name="team_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_there_on(self, day: date) -> bool:
        """As `TeamQuerySet.there_on` asks the database."""
        stays = self.left_on is None or self.left_on >= day
        return self.joined_on <= day and stays and self.is_agreed_on(day)

    def is_agreed_on(self, day: date) -> bool:
        """Nobody of the family is named once the person no longer agrees, and nobody who was
        written down by mistake.
        """
        if self.withdrawn_at is not None:
            return False
        ended = self.contact.withdrawn_on if self.contact else None
        return ended is None or ended > day
