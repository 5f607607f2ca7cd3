"""A paper that was issued: its number, and what stood in it."""

import json
from typing import Any, cast

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.cases.models import Case
from apps.core.fields import EncryptedTextField, uuid7
from apps.documents.codes import PaperKind
from apps.documents.models.office_template import OfficeTemplate
from apps.documents.querysets import IssuedDocumentQuerySet
from apps.persons.models import Person


class DocumentNumber(models.Model):
    """The last number given by an office for a kind in a year.

    It is locked while a paper is issued: two at once get two numbers, and a refused one leaves
    no gap, for the counter goes back with the transaction.
    """

    office = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter of numbers")
        verbose_name_plural = _("counters of numbers")
        constraints = [
            models.UniqueConstraint(fields=["office", "kind", "year"], name="number_one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.kind} {self.year}: {self.last}"


@pghistory.track()
class IssuedDocument(ScopedModel):
    """`content` holds the facts and the finished text, encrypted: a reprint equals the original."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="documents", verbose_name=_("person")
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    language = models.CharField(_("language"), max_length=7, default="zh-hans")
    office = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial number"))
    number = models.CharField(_("number"), max_length=80)
    template = models.ForeignKey(
        OfficeTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("template of the office"),
    )
    content = EncryptedTextField(_("content"), blank=False)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)
    voided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("voided by")
    )
    void_reason = models.CharField(_("why void"), max_length=200, blank=True, default="")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        indexes = [
            models.Index(fields=["person", "-issued_at"], name="document_of_person"),
            models.Index(fields=["county", "-issued_at"], name="document_county_newest"),
            models.Index(fields=["town", "-issued_at"], name="document_town_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "year", "serial"],
                name="document_number_once",
                violation_error_message=_("This number is taken."),
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="document_void_with_reason",
                violation_error_message=_("Say why the paper is void."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def facts(self) -> dict[str, str]:
        """What the paper was printed from."""
        return cast(dict[str, str], json.loads(self.content)["facts"])

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The finished paper as it was issued: see apps.documents.paper_text."""
        return cast(list[dict[str, Any]], json.loads(self.content)["blocks"])
