"""A letter received."""

import pghistory
from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


@pghistory.track()
class Letter(ScopedModel):
    """Waits until somebody has answered it."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    received_on = models.DateField("收到日期")
    words = EncryptedTextField("内容")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name="登记人"
    )

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = "来信"
        verbose_name_plural = "来信"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
                name="letter_answered_after_received",
                violation_error_message="答复早于来信。",
            )
        ]

    def __str__(self) -> str:
        return f"来信 {self.received_on}"
