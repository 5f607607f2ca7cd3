"""Every try to sign in, to use a one-time code or to say the present password."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class TryWay(models.TextChoices):
    """What was tried."""

    PASSWORD = "password", _("Sign-in")
    CODE = "code", _("One-time code")
    CHANGE = "change", _("Change of password")


class TryOutcome(models.TextChoices):
    """A try is wrong until it has proved right: it counts before it is checked."""

    WRONG = "wrong", _("Wrong")
    RIGHT = "right", _("Right")
    REFUSED = "refused", _("Refused: too many tries")


class SignInTry(models.Model):
    """What the throttle counts and the auditor reads.

    What was typed as a name may be a password: it is kept as a keyed hash alone, and the account
    where there is one.
    """

    at = models.DateTimeField(_("at"))
    way = models.CharField(pgettext_lazy("at sign-in", "what"), max_length=8, choices=TryWay)
    outcome = models.CharField(
        _("outcome"), max_length=7, choices=TryOutcome, default=TryOutcome.WRONG
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("account"),
    )  # fmt: skip
    name_key = models.BinaryField(max_length=32, editable=False)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    network = models.CharField(_("network"), max_length=50, blank=True, default="")
    at_home = models.BooleanField(
        _("signed in from there before"),
        default=False,
        help_text=_("The account has signed in from this address in the last 90 days."),
    )

    class Meta:
        verbose_name = _("try to sign in")
        verbose_name_plural = _("tries to sign in")
        indexes = [
            models.Index(fields=["name_key", "at"], name="try_of_name"),
            models.Index(fields=["address", "at"], name="try_from_address"),
            models.Index(fields=["network", "at"], name="try_from_network"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(outcome="right"),
                name="try_right_has_account",
                violation_error_message=_("Only an account that exists proves right."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"
