"""Lost contact: a flag with a log of searches, never a status of the person or of the order."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.visits.querysets import LostContactQuerySet


class Means(models.TextChoices):
    PHONE = "phone", _("Phone")
    MESSAGE = "message", _("Message")
    HOME = "home", _("Went to the home")
    CONTACT = "contact", _("Asked a contact whom the person agreed to")
    VILLAGE = "village", _("Asked the village committee")
    POLICE = "police", _("Asked the police station")
    OTHER = "other", _("Other")


@pghistory.track()
class LostContact(ScopedModel):
    """Set by a named worker with a reason; ends when the person is found, or with any contact."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="lost_contacts", verbose_name=_("person")
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    since_on = models.DateField(_("no contact since"))
    set_on = models.DateField(_("set on"))
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("set by")
    )
    reason = EncryptedTextField(_("reason"), blank=False)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    found_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    found_words = EncryptedTextField(_("how the person was found"))

    objects = LostContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost contact")
        verbose_name_plural = _("lost contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(found_on=None),
                name="lost_one_open",
                violation_error_message=_("Lost contact is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(found_on=None, found_by=None)
                | Q(found_on__gte=F("set_on"), found_by__isnull=False),
                name="lost_found_by_somebody_after",
                violation_error_message=_("The person was found after the flag was set."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since_on} – {self.found_on or ''}"


@pghistory.track()
class Search(ScopedModel):
    """One entry of the log: who looked how, and what came of it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    lost = models.ForeignKey(LostContact, models.PROTECT, related_name="searches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(_("day"))
    means = models.CharField(_("how"), max_length=10, choices=Means)
    words = EncryptedTextField(_("what came of it"), blank=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )

    objects = LostContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")

    def __str__(self) -> str:
        return f"{self.get_means_display()} {self.on}"
