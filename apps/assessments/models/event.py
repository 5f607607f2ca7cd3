"""Something happened after which somebody looks again."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.assessments.codes import EventKind
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


@pghistory.track()
class LifeEvent(ScopedModel):
    """Answered by the first assessment of its day or later; nothing is ticked off."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="life_events", verbose_name=_("person")
    )
    kind = models.CharField(
        pgettext_lazy("a life event", "what happened"), max_length=10, choices=EventKind
    )
    happened_on = models.DateField(_("day"))
    words = EncryptedTextField(_("in words"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["person", "happened_on"], name="life_event_of_person")]

    def __str__(self) -> str:
        return self.get_kind_display()
