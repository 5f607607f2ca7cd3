"""Views of the list of persons that somebody named: filters and order, never a person."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.units import over
from apps.core.fields import uuid7

if TYPE_CHECKING:
    from typing import Self


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> "Self":
        """The own ones, and those that are shared with a unit in which the user works."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(Q(owner=user) | over(user.area))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SavedView(models.Model):
    """What stands in the address of the list; everybody who opens it sees the own scope only."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=40)
    query = models.CharField(_("filters"), max_length=500)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_view_once",
                violation_error_message=_("You have a view of this name."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(query=""),
                name="saved_view_says_something",
                violation_error_message=_("A view has a name and filters."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
