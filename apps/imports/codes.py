"""Where an import stands, and what became of its lines."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

# Days for which a file and its lines are kept, and in which an import can be taken back.
KEPT_DAYS: Final = 30


class ImportState(models.TextChoices):
    """In the order of the four steps; the process that does the work moves it."""

    UPLOADED = "uploaded", _("Uploaded")
    TO_MATCH = "to_match", _("Columns to be confirmed")
    TRIED = "tried", _("Dry run done")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Taken back")
    REFUSED = "refused", _("Not taken")


class Asked(models.TextChoices):
    """What the process is to do; nothing once it is done."""

    NOTHING = "", _("Nothing")
    READ = "read", _("Read the file")
    TRY = "try", _("Dry run")
    APPLY = "apply", _("Apply")


class LineState(models.TextChoices):
    """Each line has one of them: together they are all lines of the file."""

    WRONG = "rejected", pgettext_lazy("line of a ledger", "Wrong")
    HELD = "held", pgettext_lazy("line of a ledger", "To be decided")
    CHANGED = "changed", pgettext_lazy("line of a ledger", "Changed")
    NEW = "new", pgettext_lazy("line of a ledger", "New")
    DUPLICATE = "duplicates", pgettext_lazy("line of a ledger", "Duplicate")
    UNCHANGED = "unchanged", pgettext_lazy("line of a ledger", "Unchanged")


class Decision(models.TextChoices):
    """What somebody decided about a line that was held."""

    TAKE = "take", _("Take what the ledger says")
    KEEP = "keep", _("Keep what stands here")
