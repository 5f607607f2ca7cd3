"""What the product remembers about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NightlyRun(models.Model):
    """The day up to which a nightly command has run; a second start of the day does nothing."""

    name = models.CharField(max_length=60, unique=True)
    ran_for = models.DateField()
    finished_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("nightly run")
        verbose_name_plural = _("nightly runs")

    def __str__(self) -> str:
        return f"{self.name} {self.ran_for}"


class Sent(models.Model):
    """The key of a form that was sent: by whom, about what, and a digest of its content.

    The digest is made with the installation's secret: nothing can be read from it.
    """

    key = models.UUIDField()
    act = models.CharField(max_length=60)
    account = models.BigIntegerField()
    target = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [models.UniqueConstraint(fields=["key", "act"], name="sent_once")]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"
