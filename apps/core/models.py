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
