"""What every recorded contact has: by whom and when, taken back by whom and why."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.days import local_day
from apps.core.differing import Differs, Pairs
from apps.core.refusals import Refused

UNDO_SECONDS: Final = 10
# The tap travels, and a slow line is no reason to refuse it.
UNDO_GRACE: Final = timedelta(seconds=UNDO_SECONDS + 5)


class RecordedAct(ScopedModel):
    """Withdrawn rows stay, and count no more."""

    recorded_at = models.DateTimeField(gettext_lazy("recorded"))
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", db_index=False,
        verbose_name=gettext_lazy("recorded by"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(
        gettext_lazy("why withdrawn"), max_length=200, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None

    @property
    def is_late_entry(self) -> bool:
        """Recorded on a later day than it happened; marked wherever it is shown."""
        day: Any = self.day  # type: ignore[attr-defined]
        return bool(local_day(self.recorded_at) > day)

    def refuse_correction(self, version: int) -> None:
        """Withdrawn, or corrected by somebody else since the form was opened."""
        if self.withdrawn_at is not None:
            raise Refused(_("This record was withdrawn; it cannot be changed any more."))
        if self.version != version:
            raise Refused(
                _("Somebody else corrected this record meanwhile. Look at it and correct it again.")
            )


class TappedAct(RecordedAct):
    """Made with one tap, and taken back within seconds without a reason."""

    undone = models.BooleanField(gettext_lazy("undone at once"), default=False)

    class Meta:
        abstract = True

    def refuse_undo(self, by: User, now: datetime) -> None:
        """Only who recorded it, within seconds, takes it back without a reason."""
        if self.withdrawn_at is not None:
            raise Refused(_("This record was withdrawn already."))
        if self.recorded_by_id != by.pk:
            raise Refused(_("Only the person who recorded it can undo it."))
        if now - self.recorded_at > UNDO_GRACE:
            raise Refused(
                _("The ten seconds are over. It can be withdrawn with a reason, or corrected.")
            )


def withdrawn_by_somebody(name: str, *, tapped: bool = True) -> models.CheckConstraint:
    """Taken back by somebody or not at all; `tapped`: a TappedAct, which knows undone rows."""
    standing = Q(withdrawn_at=None, withdrawn_by=None)
    if tapped:
        standing = Q(withdrawn_at=None, withdrawn_by=None, undone=False)
    return models.CheckConstraint(
        condition=standing | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False), name=name
    )


def taken_back(row: Any, sent: Pairs) -> Differs:
    return Differs(
        _("What this page had sent before was undone: nothing is recorded."), sent=sent, row=row
    )
