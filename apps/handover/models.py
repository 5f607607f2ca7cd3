"""Files that leave for another installation, and files that arrive from one."""

import json
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.crypto import seal_bytes, unseal_bytes
from apps.core.fields import EncryptedTextField, uuid7
from apps.handover.codes import ArrivalState, PackageState
from apps.handover.querysets import ArrivalQuerySet, PackageQuerySet
from apps.persons.models import Person
from apps.transfers.models import Transfer


@pghistory.track(exclude=["content"])
class Package(ScopedModel):
    """One sealed file, kept as it is sealed until its receipt comes. The phrase is not kept: only
    what proves the receipt.

    County, town and village are the sender's, and stay so.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="packages", verbose_name=_("person")
    )
    transfer = models.ForeignKey(
        Transfer, models.PROTECT, related_name="packages", verbose_name=_("transfer")
    )
    reason = EncryptedTextField(_("reason"), blank=False)
    sha256 = models.CharField(_("digest"), max_length=64, editable=False)
    size = models.PositiveIntegerField(_("size"))
    content = models.BinaryField(_("file"), default=b"")
    counts = models.JSONField(_("rows of each kind"), default=dict, editable=False)
    digests = models.JSONField(_("digests of each kind"), default=dict, editable=False)
    receipt_key = EncryptedTextField(editable=False, blank=False)
    made_at = models.DateTimeField(_("packed"), auto_now_add=True)
    made_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("packed by")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=PackageState, default=PackageState.SENT
    )
    receipt = EncryptedTextField(_("receipt"))
    answered_at = models.DateTimeField(_("receipt read in"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("receipt read in by"),
    )  # fmt: skip

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("package of a file")
        verbose_name_plural = _("packages of files")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PackageState.SENT, answered_at=None, answered_by=None)
                | ~Q(state=PackageState.SENT)
                & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="package_answered_by_receipt",
                violation_error_message=_("What became of a package is said by its receipt."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.get_state_display()}"

    @property
    def answer(self) -> dict[str, Any]:
        """What the receiving office said."""
        found: dict[str, Any] = json.loads(self.receipt or "{}")
        return found


@pghistory.track(exclude=["content"])
class Arrival(ScopedModel):
    """A file of another installation, checked and unpacked. It stays as it came: kinds that become
    no rows here are read in it.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    package = models.UUIDField(_("number of the package"), editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="arrivals",
        verbose_name=_("person"),
    )  # fmt: skip
    from_words = models.CharField(_("from"), max_length=200)
    made_by = models.CharField(_("packed by"), max_length=100)
    made_at = models.DateTimeField(_("packed"))
    sha256 = models.CharField(_("digest"), max_length=64, editable=False)
    content = models.BinaryField(_("file"))
    receipt_key = EncryptedTextField(editable=False, blank=False)
    recorded_at = models.DateTimeField(_("arrived"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("read in by")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=ArrivalState, default=ArrivalState.WAITING
    )
    counts = models.JSONField(_("rows of each kind"), default=dict, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decision_reason = EncryptedTextField(_("reason"))

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("file that arrived")
        verbose_name_plural = _("files that arrived")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["package"],
                name="arrival_package_once",
                violation_error_message=_("This package was read in already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ArrivalState.WAITING, decided_at=None, decided_by=None)
                | ~Q(state=ArrivalState.WAITING)
                & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="arrival_decided_by_somebody",
                violation_error_message=_("Who decided about a file is on record."),
            ),
            models.CheckConstraint(
                condition=Q(state=ArrivalState.ACCEPTED, person__isnull=False)
                | ~Q(state=ArrivalState.ACCEPTED) & Q(person=None),
                name="arrival_accepted_is_a_file",
                violation_error_message=_("A file that was accepted is a file here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_words} {self.made_at:%Y-%m-%d}"

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}.content.{self.public_id}"

    def keep(self, content: bytes) -> None:
        """The ZIP, sealed with the keys of this installation; not saved."""
        self.content = seal_bytes(content, self._place)

    @property
    def zip(self) -> bytes:
        return unseal_bytes(bytes(self.content), self._place)
