"""One file that an office brings in: who, what of it, and what came of it.

The file and its lines name persons: both are sealed, and gone after thirty days. What stays says
who brought in what, when, and how many lines of each kind.
"""

import json
from datetime import date, timedelta
from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.crypto import seal, seal_bytes, unseal, unseal_bytes
from apps.core.days import local_day, today
from apps.core.fields import EncryptedTextField, uuid7
from apps.imports.codes import KEPT_DAYS, Asked, Decision, ImportState, LineState
from apps.imports.querysets import ImportQuerySet
from apps.ledgers.ledger import Ledger, ledger_choices, ledgers

COUNTS = ("rows", "new", "changed", "unchanged", "duplicates", "held", "rejected")


@pghistory.track()
class LedgerImport(models.Model):
    """`matches`: for the word of a column, the field it was read as, or nothing where it is left
    out. `about`: gaps and unread columns of the last run, which name nobody.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    ledger = models.CharField(_("ledger"), max_length=20, choices=ledger_choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("unit"))
    file_name = models.CharField(_("file"), max_length=200)
    file_bytes = models.PositiveIntegerField(_("size of the file"))
    sha256 = models.CharField(max_length=64, editable=False)
    recorded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("uploaded by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED
    )
    refused_words = models.TextField(_("why not"), blank=True, default="")
    sheet = models.CharField(_("name of the sheet"), max_length=60, blank=True, default="")
    header = models.PositiveIntegerField(_("line of the header"), default=0)
    matches = models.JSONField(_("what the columns are"), default=dict, blank=True)
    confirmed = models.BooleanField(_("columns confirmed"), default=False)
    about = models.JSONField(default=dict, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("lines"), default=0)
    new = models.PositiveIntegerField(_("lines that are new"), default=0)
    changed = models.PositiveIntegerField(_("lines that change something"), default=0)
    unchanged = models.PositiveIntegerField(_("lines that change nothing"), default=0)
    duplicates = models.PositiveIntegerField(_("doubled lines"), default=0)
    held = models.PositiveIntegerField(_("lines to be decided"), default=0)
    rejected = models.PositiveIntegerField(_("wrong lines"), default=0)
    tried_at = models.DateTimeField(_("dry run made"), null=True, blank=True)
    applied_at = models.DateTimeField(_("brought in on"), null=True, blank=True)
    applied_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("brought in by"),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken back by"),
    )  # fmt: skip
    undone_reason = models.CharField(_("reason"), max_length=200, blank=True, default="")

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-recorded_at", "-pk")
        indexes = [models.Index(fields=["area", "-recorded_at"], name="import_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows=F("new") + F("changed") + F("unchanged") + F("duplicates") + F("held")
                    + F("rejected")
                ),
                name="import_counts_every_line",
                violation_error_message=_("A line of the file was not counted."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="import_applied_by_somebody",
                violation_error_message=_("Who applied an import is on record."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_reason="")
                | Q(applied_at__isnull=False, undone_at__isnull=False, undone_by__isnull=False)
                & ~Q(undone_reason=""),
                name="import_undone_with_reason",
                violation_error_message=_("An import is taken back by somebody, with a reason."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_ledger_display()} · {self.file_name}"

    @property
    def declared(self) -> Ledger:
        return ledgers()[self.ledger]

    @property
    def kept_until(self) -> date:
        """The last day of file and lines; applied, the last on which it can be taken back."""
        return local_day(self.applied_at or self.recorded_at) + timedelta(days=KEPT_DAYS)

    @property
    def is_kept(self) -> bool:
        return self.kept_until >= today()

    @property
    def goes_in(self) -> int:
        """Lines that applying writes."""
        return self.new + self.changed


class ImportFile(models.Model):
    """The file as it was uploaded, and what its columns looked like, sealed; forgotten after thirty
    days.
    """

    ledger_import = models.OneToOneField(
        LedgerImport, models.PROTECT, primary_key=True, related_name="file"
    )
    sealed = models.BinaryField(_("file"))
    columns_sealed = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return str(self.ledger_import)

    @classmethod
    def of(cls, ledger_import: LedgerImport, content: bytes) -> "ImportFile":
        sealed = seal_bytes(content, _place(ledger_import, "sealed"))
        return cls(ledger_import=ledger_import, sealed=sealed)

    @property
    def content(self) -> bytes:
        return unseal_bytes(bytes(self.sealed), _place(self.ledger_import, "sealed"))

    @property
    def columns(self) -> dict[str, Any] | None:
        """The layout of the sheet as JSON; None before it was read."""
        if not self.columns_sealed:
            return None
        text = unseal(bytes(self.columns_sealed), _place(self.ledger_import, "columns_sealed"))
        found: dict[str, Any] = json.loads(text)
        return found

    @columns.setter
    def columns(self, told: dict[str, Any]) -> None:
        text = json.dumps(told, ensure_ascii=False)
        self.columns_sealed = seal(text, _place(self.ledger_import, "columns_sealed"))


def _place(one: LedgerImport, column: str) -> str:
    return f"imports_importfile.{column}.{one.public_id}"


class ImportWork(models.Model):
    """What the process is to do for an import, and how far it is. Changed outside of the
    transaction of the import itself, so that a page sees it.
    """

    ledger_import = models.OneToOneField(
        LedgerImport, models.PROTECT, primary_key=True, related_name="work"
    )
    asked = models.CharField(
        _("to be done next"), max_length=5, choices=Asked, blank=True, default=""
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # In which reasons are written: that of who asked.
    language = models.CharField(max_length=10, default=get_language)
    # How often it was begun since it was asked for: what breaks the process is not begun for ever.
    begun = models.PositiveSmallIntegerField(default=0)
    cancelled = models.BooleanField(default=False)
    step = models.CharField(max_length=60, blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("work of an import")
        verbose_name_plural = _("work of imports")

    def __str__(self) -> str:
        return f"{self.get_asked_display()} {self.done}/{self.total}"


class ImportLine(models.Model):
    """A line of the file as the last dry run found it. `mended`: cells that somebody put right on
    the page; they and the decision stay when the run is made anew.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    ledger_import = models.ForeignKey(LedgerImport, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(_("number of the line"))
    state = models.CharField(_("state"), max_length=10, choices=LineState)
    content = EncryptedTextField(_("what the line says"))
    mended = EncryptedTextField(_("cells put right"))
    decision = models.CharField(
        _("what was decided"), max_length=4, choices=Decision, blank=True, default=""
    )
    # The person of whom the line speaks, where a file of the number was there.
    about = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["ledger_import", "number"], name="import_line_once")
        ]
        indexes = [
            models.Index(fields=["ledger_import", "state", "number"], name="import_lines_by_state")
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def told(self) -> dict[str, Any]:
        """Cells by field, faults, changes and differences."""
        found: dict[str, Any] = json.loads(self.content or "{}")
        return found

    @property
    def mended_cells(self) -> dict[str, str]:
        """By field, what stands for the cell of the file."""
        found: dict[str, str] = json.loads(self.mended or "{}")
        return found

    def mend(self, cells: dict[str, str]) -> None:
        """These stand for what the file says; not saved."""
        self.mended = json.dumps(cells, ensure_ascii=False) if cells else ""
