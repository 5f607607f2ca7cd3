"""People whom the person agreed that the office may contact."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.codes import Relation
from apps.persons.models.person import Person
from apps.persons.querysets import PersonalQuerySet


@pghistory.track()
class Contact(ScopedModel):
    """No contact without the person's agreement: the day of it is required."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    name = EncryptedTextField(_("name"), blank=False)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    phone = EncryptedTextField(_("phone"))
    agreed_on = models.DateField(_("the person agreed on"))
    withdrawn_on = models.DateField(_("agreement withdrawn on"), null=True, blank=True)
    note = EncryptedTextField(_("note"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(withdrawn_on__gte=models.F("agreed_on")),
                name="contact_withdrawn_after_agreed",
                violation_error_message=_("An agreement ends after it was given."),
            )
        ]

    def __str__(self) -> str:
        return self.get_relation_display()
