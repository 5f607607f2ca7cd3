"""Code lists of check-ins."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Method(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("Phone")
    VIDEO = "video", _("Video call")
    MESSAGE = "message", _("Message")
    APP = "app", _("Phone app")
    STATION = "station", _("At the station")
    LETTER = "letter", _("Written report")
    FAMILY = "family", _("Through the family")


# How somebody tried in vain, beside the button that says so and in the words of what was saved.
ATTEMPTS = {
    Method.IN_PERSON: (pgettext_lazy("attempt", "Visit"), pgettext_lazy("attempt", "went there")),
    Method.PHONE: (pgettext_lazy("attempt", "Phone"), pgettext_lazy("attempt", "by phone")),
    Method.MESSAGE: (pgettext_lazy("attempt", "Message"), pgettext_lazy("attempt", "by message")),
}


class CheckInSource(models.TextChoices):
    PAGE = "page", _("Recorded here")
    LEDGER = "ledger", _("Ledger")
