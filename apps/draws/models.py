"""A random draw of drug tests: what it was made of and whom it named, stored once and for good."""

from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.contacts.recorded import RecordedAct, withdrawn_by_somebody
from apps.core.fields import EncryptedTextField, uuid7
from apps.draws.codes import ExcuseReason
from apps.draws.querysets import DrawnQuerySet, DrawQuerySet, ExcuseQuerySet
from apps.draws.rules import MOST_PERIOD_DAYS, MOST_VALID_DAYS, Bounds
from apps.persons.models import Person

NEVER_CHANGED = pgtrigger.Protect(name="draw_stands", operation=pgtrigger.Update | pgtrigger.Delete)


def _number(label: Any, least: int, most: int) -> Any:
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, validators=bounds)


class Draw(ScopedModel):
    """Persons stand in it as the public numbers of their files, never by name: a name that is
    corrected or erased, or a file that is merged, changes nothing of it.

    `pool`: number, how often it was drawn in the period, and whether the whole period is behind
    it. `excused`: number and why. `drawn`: numbers in the order in which they came.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    day = models.DateField(_("day"))
    valid_days = models.PositiveSmallIntegerField(
        _("days that a test may follow later"), validators=[MaxValueValidator(MOST_VALID_DAYS)]
    )
    until = models.DateField(_("until"), editable=False)
    wanted = _number(_("how many are drawn"), 1, 9999)
    period_days = _number(_("period in days"), 1, MOST_PERIOD_DAYS)
    floor = models.PositiveSmallIntegerField(
        _("at least, per person and period"), validators=[MaxValueValidator(99)]
    )
    ceiling = _number(_("at most, per person and period"), 1, 99)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    algorithm = models.PositiveSmallIntegerField(_("version of the rule"))
    seed = models.CharField(_("seed"), max_length=32)
    pool = models.JSONField(_("pool"))
    excused = models.JSONField(_("excused"), blank=True)
    drawn = models.JSONField(_("drawn"))
    recorded_at = models.DateTimeField(_("made"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("made by")
    )

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = _("random draw")
        verbose_name_plural = _("random draws")
        ordering = ("-day", "-pk")
        triggers = [NEVER_CHANGED]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "town", "village", "day"],
                nulls_distinct=False,
                name="draw_once_a_day",
                violation_error_message=_(
                    "For this unit and day a draw stands already. A second one would be a choice."
                ),
            ),
            models.CheckConstraint(
                condition=Q(floor__lte=F("ceiling"), ceiling__gte=1, wanted__gte=1),
                name="draw_bounds",
                violation_error_message=_("The minimum is higher than the maximum."),
            ),
            models.CheckConstraint(
                condition=Q(seed__regex="^[0-9a-f]{32}$", until__gte=F("day")), name="draw_seed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.day}"

    @property
    def unit(self) -> Area:
        return self.village or self.town or self.county

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.period_days, self.floor, self.ceiling)

    @property
    def times(self) -> dict[str, int]:
        """How often each of the pool had been drawn."""
        return {number: times for number, times, _full in self.pool}

    @property
    def due(self) -> list[str]:
        """Of whom the whole period was behind."""
        return [number for number, _times, full in self.pool if full]


@pghistory.track()
class Drawn(ScopedModel):
    """Somebody who was drawn. The row goes where the file goes; what it says of the draw stays."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="rows", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="drawn", verbose_name=_("person")
    )
    number = models.UUIDField(_("number of the file then"), editable=False)
    place = models.PositiveSmallIntegerField(_("place in the draw"))
    # As the draw has them.
    day = models.DateField(_("day"))
    until = models.DateField(_("until"))

    objects = DrawnQuerySet.as_manager()

    class Meta:
        verbose_name = _("drawn for a random test")
        verbose_name_plural = _("drawn for random tests")
        triggers = [
            pgtrigger.Protect(name="drawn_stands", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="drawn_as_drawn",
                fields=["public_id", "draw", "number", "place", "day", "until"],
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="drawn_once"),
            models.UniqueConstraint(fields=["draw", "place"], name="drawn_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


@pghistory.track()
class Excuse(RecordedAct):
    """By hand, for days: before a draw nobody draws the person, after it the line is answered."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="draw_excuses", verbose_name=_("person")
    )
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=10, choices=ExcuseReason)
    words = EncryptedTextField(_("words"))

    objects = ExcuseQuerySet.as_manager()

    class Meta:
        verbose_name = _("excused from random tests")
        verbose_name_plural = _("excused from random tests")
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="excuse_ends_after_start",
                violation_error_message=_("The end lies before the beginning."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=ExcuseReason.OTHER) | ~Q(words=b""),
                name="excuse_other_in_words",
                violation_error_message=_("Say in words what the other reason is."),
            ),
            withdrawn_by_somebody("excuse_withdrawn_by_somebody", tapped=False),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"

    @property
    def day(self) -> Any:
        """The first day of it, as every recorded act has one."""
        return self.first
