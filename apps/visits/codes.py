"""Code lists of visits and interviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class MeetingKind(models.TextChoices):
    """The values are those of the duties."""

    TALK = "talk", _("Interview")
    VISIT = "visit", _("Home visit")


class MeetingWay(models.TextChoices):
    IN_PERSON = "in_person", _("Face to face")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video call")


class MeetingPlace(models.TextChoices):
    """A kind of place and never a position."""

    HOME = "home", _("At home")
    OFFICE = "office", _("At the office or station")
    VILLAGE = "village", _("At the village committee")
    WORK = "work", _("At the place of work")
    HOSPITAL = "hospital", pgettext_lazy("place", "In hospital")
    REMOTE = "remote", _("By phone or video")
    OTHER = "other", _("Elsewhere")
