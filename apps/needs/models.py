"""What a person needs. Help stands beside duty."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.needs.querysets import NeedQuerySet
from apps.persons.models import Person


class NeedKind(models.TextChoices):
    LIVING = "living", _("Living allowance")
    RELIEF = "relief", _("Temporary relief")
    MEDICAL = "medical", _("Medical help")
    WORK = "work", _("Work")
    TRAINING = "training", _("Vocational training")
    INSURANCE = "insurance", _("Social insurance")
    SCHOOLING = "schooling", _("Schooling of children")
    HOUSING = "housing", _("Housing")
    DISABILITY = "disability", _("Disability card or allowance")
    COUNSELLING = "counselling", _("Counselling")
    LEGAL = "legal", _("Legal aid")
    TREATMENT = "treatment", _("Treatment")
    PAPERS = "papers", _("Papers and registration")
    FAMILY = "family", pgettext_lazy("kind of help", "Family")
    CHARITY = "charity", _("Goods or donations")
    UNSPECIFIED = "unspecified", _("Asked for help, not yet asked what for")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Normal")
    SOON = "soon", _("Soon")
    URGENT = "urgent", _("At once")


class SaidBy(models.TextChoices):
    PERSON = "person", _("The person")
    FAMILY = "family", _("Family")
    WORKER = "worker", _("The worker")
    OTHER = "other", _("Somebody else")


class NeedSource(models.TextChoices):
    CHECKIN = "checkin", _("Check-in")
    MEETING = "meeting", _("Visit or interview")
    ASSESSMENT = "assess", _("Assessment")
    LEDGER = "ledger", _("Ledger")
    PAGE = "page", _("Recorded directly")


class NeedOutcome(models.TextChoices):
    MET = "met", _("Met")
    DECLINED = "declined", _("The person declines")
    NOT_POSSIBLE = "not_possible", _("Could not be met")
    MISTAKE = "mistake", _("Recorded by mistake")


@pghistory.track()
class Need(ScopedModel):
    """Open until somebody says how it ended; the day of that is part of the fact."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="needs", verbose_name=_("person")
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="needs")
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind)
    urgency = models.CharField(_("urgency"), max_length=6, choices=Urgency)
    said_by = models.CharField(_("who says so"), max_length=6, choices=SaidBy)
    said_on = models.DateField(_("said on"))
    words = EncryptedTextField(_("in the person's words"))
    source = models.CharField(
        pgettext_lazy("where it comes from", "from"), max_length=8, choices=NeedSource
    )
    source_id = models.UUIDField(null=True, blank=True, editable=False)
    referred_on = models.DateField(_("referred on"), null=True, blank=True)
    referred_to = models.CharField(_("referred to"), max_length=120, blank=True, default="")
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=NeedOutcome, blank=True, default=""
    )
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    closing_note = EncryptedTextField(_("how it ended"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        indexes = [
            models.Index(
                fields=["county", "person"], condition=Q(closed_on=None), name="need_open_county"
            ),
            models.Index(
                fields=["person", "said_on"], condition=Q(closed_on=None), name="need_open_person"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="", closed_by=None)
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="need_closed_with_outcome",
                violation_error_message=_("Say how the need ended."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("said_on")),
                name="need_closed_after_said",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(referred_on=None) | Q(referred_on__gte=F("said_on")),
                name="need_referred_after_said",
                violation_error_message=_("The referral lies before the need."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None)
                | Q(referred_on=None)
                | Q(closed_on__gte=F("referred_on")),
                name="need_closed_after_referred",
                violation_error_message=_("It was passed on later."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="unspecified", source="ledger", closed_on=None),
                name="need_one_open_from_ledger",
                violation_error_message=_("An open need from the ledger exists."),
            ),
            models.UniqueConstraint(
                fields=["source_id", "kind"],
                condition=Q(source_id__isnull=False),
                name="need_once_per_act",
                violation_error_message=_("This need was recorded with the act already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
