"""Who read whom, when and why. Rows are only ever added: the serving role may not change them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role


class Action(models.TextChoices):
    VIEW = "view", _("Opened the file")
    LIST = "list", _("Saw in a list")
    REVEAL = "reveal", _("Revealed the number")
    CALL = "call", _("Showed the phone number")
    SEARCH = "search", _("Searched")
    EXPORT = "export", _("Exported unmasked")
    EXPORT_MASKED = "export_m", _("Exported masked")
    PRINT = "print", _("Printed")
    OUTSIDE = "outside", _("Asked for a person outside the own area")


class AccessLog(models.Model):
    """One read. A list is one row with the public ids that were shown.

    No foreign keys: the log must not get in the way of live data, nor change with it. This is
    the final form of the row; seals are kept beside it (`AccessSeal`).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("time"))
    user_id = models.BigIntegerField(_("account"))
    username = models.CharField(_("user name"), max_length=60)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    area_code = models.CharField(_("area of the account"), max_length=12, blank=True)
    county_code = models.CharField(_("county of the persons"), max_length=12, blank=True)
    action = models.CharField(_("act"), max_length=10, choices=Action)
    person_ids = ArrayField(models.UUIDField(), verbose_name=_("persons"))
    person_count = models.PositiveIntegerField(_("number of persons"))
    fields_seen = models.CharField(_("kind of data"), max_length=60, blank=True)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    view = models.CharField(_("page"), max_length=80, blank=True)
    request_id = models.UUIDField(_("request"), null=True)

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["user_id", "-at"]),
            models.Index(fields=["county_code", "-at"]),
            GinIndex(fields=["person_ids"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.action}"


class AccessSeal(models.Model):
    """A closed minute of the access log: its rows' hash, chained to the minute before."""

    minute = models.DateTimeField(unique=True)
    rows = models.PositiveIntegerField()
    last_id = models.BigIntegerField()
    # Eight bytes of each row's hash, in the order of the ids: they name the row that is wrong.
    row_ids = ArrayField(models.BigIntegerField(), default=list)
    row_digests = models.BinaryField(default=b"")
    digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal of the access log")
        verbose_name_plural = _("seals of the access log")
        ordering = ["minute"]

    def __str__(self) -> str:
        return f"{self.minute:%Y-%m-%d %H:%M}"


class AccessCheck(models.Model):
    """One look at the sealed access log: in order, or what was wrong first."""

    at = models.DateTimeField(_("time"))
    seals = models.PositiveIntegerField(_("sealed minutes"))
    fault = models.CharField(_("fault"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("check of the access log")
        verbose_name_plural = _("checks of the access log")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.fault}"
