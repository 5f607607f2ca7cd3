"""What persons learned on other platforms and in own courses, and scores of whole units.

Information, and nothing else: no number here has a threshold, nobody is compared by it, and
nothing follows from it.
"""

from datetime import date
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.core.text import iso_day
from apps.learning.codes import Origin
from apps.learning.fields import ExactDecimalField, as_written
from apps.learning.querysets import LearningQuerySet, UnitScoreQuerySet
from apps.persons.models import Person

# What a platform can give: four digits after the point, and no more than this.
MOST = 99_999


def facts_of(prefix: str) -> list[Any]:
    """What holds for the record of a person and for the score of a unit."""
    return [
        models.CheckConstraint(
            condition=Q(last=None) | Q(last__gte=F("first")),
            name=f"{prefix}_ends_after_start",
            violation_error_message=_("The end lies before the beginning."),
        ),
        models.CheckConstraint(
            condition=(Q(origin=Origin.PLATFORM) & ~Q(platform=""))
            | Q(origin=Origin.OWN, platform=""),
            name=f"{prefix}_platform_has_a_name",
            violation_error_message=_("Another platform has a name; a course of the office none."),
        ),
        models.CheckConstraint(
            condition=Q(points=None) | Q(points__gte=0, points__lte=MOST),
            name=f"{prefix}_points",
            violation_error_message=_("Points lie between 0 and 99,999."),
        ),
        withdrawn_by_somebody(f"{prefix}_withdrawn_by_somebody", tapped=False),
    ]


class Learned(models.Model):
    """What was learned, where, when, and the points as they were written."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.CharField(_("course or content"), max_length=80)
    origin = models.CharField(_("learned where"), max_length=8, choices=Origin)
    platform = models.CharField(_("name of the platform"), max_length=60, blank=True, default="")
    first = models.DateField(_("day of learning, or the first"))
    last = models.DateField(_("last day of learning"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def day(self) -> date:
        return self.last or self.first

    @property
    def days(self) -> str:
        """The day, or from one to the other."""
        return f"{iso_day(self.first)} – {iso_day(self.last)}" if self.last else iso_day(self.first)

    @property
    def where(self) -> str:
        """The platform by its name, or that it was a course of the office."""
        return self.platform or str(Origin.OWN.label)

    @property
    def points_text(self) -> str:
        return as_written(self.points)  # type: ignore[attr-defined]


@pghistory.track()
class LearningRecord(Learned, RecordedAct):
    """Of a person. Points and hours stay empty where nobody has said them."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="learning", db_index=False, verbose_name=_("person")
    )
    points = ExactDecimalField(_("points"), max_digits=9, decimal_places=4, null=True, blank=True)
    hours = ExactDecimalField(
        _("hours of learning"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    words = EncryptedTextField(_("remark"))

    objects = LearningQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning record")
        verbose_name_plural = _("learning records")
        indexes = [models.Index(fields=["person", "-first"], name="learning_person_day")]
        constraints = [
            *facts_of("learning"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gt=0, hours__lte=9_999),
                name="learning_hours",
                violation_error_message=_("Hours lie between 0 and 9,999."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.first}"

    @property
    def hours_text(self) -> str:
        return as_written(self.hours)


@pghistory.track()
class UnitScore(Learned):
    """Of a city, a county or a unit below, as the platform reports it. Nobody stands in it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    points = ExactDecimalField(_("points"), max_digits=9, decimal_places=4)
    words = models.CharField(_("remark"), max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("recorded by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("withdrawn by"),
    )  # fmt: skip
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True, default="")

    objects = UnitScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a unit")
        verbose_name_plural = _("scores of units")
        constraints = facts_of("learning_unit")

    def __str__(self) -> str:
        return f"{self.title} {self.points_text}"
