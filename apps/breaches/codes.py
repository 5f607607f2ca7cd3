"""Code lists of breaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BreachKind(models.TextChoices):
    TEST_REFUSED = "test_refused", _("Test refused")
    TEST_EVADED = "test_evaded", _("Test evaded")
    LEFT = "left", _("Left without report")
    FALSE_INFORMATION = "false_info", _("False information")
    MISSED = "missed", _("Duty missed")
    OTHER = "other", _("Other")


# 条例 art. 20: 逃避或者拒绝 fill one shared counter.
TESTS = (BreachKind.TEST_REFUSED, BreachKind.TEST_EVADED)


class BreachDecision(models.TextChoices):
    OPEN = "", _("Not decided")
    CONFIRMED = "confirmed", _("Confirmed")
    NOT_CONFIRMED = "not_confirmed", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REVOKED = "revoked", _("Revoked")


# What a later entry of the same days stands against.
STANDING = (BreachDecision.OPEN, BreachDecision.CONFIRMED)


class ResponseKind(models.TextChoices):
    """禁毒法 art. 35: criticise and educate; both letters are forms of it."""

    EDUCATION = "education", _("Criticism and education, spoken")
    ADMONITION = "admonition", _("Admonition (first level)")
    WARNING = "warning", _("Written warning (second level)")
