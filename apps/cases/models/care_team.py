"""The working group around a person (条例 art. 17)."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.models.case import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


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


@pghistory.track()
class TeamMember(ScopedModel):
    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=14, choices=MemberKind)
    name = EncryptedTextField(_("name"), blank=False)
    phone = EncryptedTextField(_("phone"))
    is_lead = models.BooleanField(_("leads the team"), default=False)
    joined_on = models.DateField(_("from"))
    left_on = models.DateField(_("until"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = PersonalQuerySet.as_manager()

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
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
