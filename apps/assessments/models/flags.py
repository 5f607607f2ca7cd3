"""Marks that mean help. Two tables: what a list may show, and what nobody may list."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.assessments.codes import FlagKind
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ended_on=None, ended_by=None)
        | Q(ended_on__gte=F("since"), ended_by__isnull=False),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )


class Flag(ScopedModel):
    """What both tables hold; an ended flag stays on file."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    since = models.DateField(_("since"))
    words = EncryptedTextField(_("in words"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


@pghistory.track()
class HelpFlag(Flag):
    """Apart from the risk level: help, not danger. Each suggests a service."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="help_flags", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=FlagKind)

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("help flag")
        verbose_name_plural = _("help flags")
        constraints = [
            _ends_after_start("flag_ends_after_start"),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(ended_on=None),
                name="flag_once",
                violation_error_message=_("This flag is set already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@pghistory.track()
class SealedFlag(Flag):
    """精神卫生法 art. 4, 艾滋病防治条例 art. 39: even what it is about is encrypted.

    In no list, no export, no search, no figure, no admin and no person's history: one page shows
    it, to those who hold the permission, and each look is logged.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = EncryptedTextField(_("kind"), blank=False)
    agreed_on = models.DateField(_("the person agreed on"))

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("confidential fact")
        verbose_name_plural = _("confidential facts")
        constraints: ClassVar[list[Any]] = [
            _ends_after_start("sealed_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(kind=b""),
                name="sealed_has_kind",
                violation_error_message=_("Say what it is about."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
