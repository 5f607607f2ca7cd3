"""How often an office reports, and what becomes of a report that was sent upwards."""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Every(models.TextChoices):
    WEEK = "week", _("Week")
    HALF_MONTH = "half_month", _("Half-month")
    MONTH = "month", pgettext_lazy("length", "Month")
    QUARTER = "quarter", _("Quarter")
    YEAR = "year", _("Year")
    ANY = "any", _("Days of one's own choice")


# What comes round by itself, and can be asked for.
REGULAR = tuple(one for one in Every if one != Every.ANY)


class Answer(models.TextChoices):
    WAITING = "", _("Not answered yet")
    RECEIVED = "received", pgettext_lazy("report", "Accepted")
    SENT_BACK = "sent_back", _("Sent back")


# The standard form: its words are read in the reader's language, an office's own as they are.
TITLES: Final[dict[str, Promise]] = {
    Every.WEEK: _("Weekly report"),
    Every.HALF_MONTH: _("Half-monthly report"),
    Every.MONTH: _("Monthly report"),
    Every.QUARTER: _("Quarterly report"),
    Every.YEAR: _("Yearly report"),
    Every.ANY: _("Report"),
}
OPENING: Final = _("{{unit}}, {{period}}: what the records say, as at the last day.")
