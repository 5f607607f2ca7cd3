"""The person whom all records are about."""

from datetime import date
from typing import Any
from uuid import UUID

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel
from apps.audit.reading import note_loaded
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.codes import (
    DocumentKind,
    Education,
    Employment,
    Household,
    LifeStatus,
    Marital,
    Sex,
    Substance,
)
from apps.persons.ethnicities import ETHNICITIES
from apps.persons.models.given import given_name
from apps.persons.querysets import PersonManager, PersonQuerySet


@pghistory.track()
class Person(ScopedModel):
    """One human being, once. County, town and village say which unit is responsible today.

    Numbers, addresses and phones are encrypted; blind indexes beside them find equal values.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    name_pinyin = models.CharField(_("pinyin"), max_length=200, blank=True, editable=False)
    name_initials = models.CharField(
        _("pinyin initials"), max_length=60, blank=True, editable=False
    )
    sort_key = models.CharField(max_length=280, editable=False)

    document_kind = models.CharField(
        _("kind of document"), max_length=10, choices=DocumentKind, default=DocumentKind.RESIDENT
    )
    document_number = EncryptedTextField(_("document number"))
    document_index = models.BinaryField(max_length=32, null=True, editable=False)
    document_last4_index = models.BinaryField(max_length=32, null=True, editable=False)

    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True, default="")
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    ethnicity = models.CharField(
        _("ethnicity"), max_length=2, choices=ETHNICITIES, blank=True, default=""
    )
    education = models.CharField(
        _("education"), max_length=2, choices=Education, blank=True, default=""
    )
    marital = models.CharField(
        _("marital status"), max_length=2, choices=Marital, blank=True, default=""
    )
    household = models.CharField(
        _("lives"), max_length=12, choices=Household, blank=True, default=""
    )
    employment = models.CharField(
        _("employment"), max_length=12, choices=Employment, blank=True, default=""
    )
    on_allowance = models.BooleanField(
        _("household on the minimum living allowance"),
        null=True,
        blank=True,
        help_text=_("A fact about the household; what was paid is recorded as assistance."),
    )
    substance = models.CharField(
        _("kind of drug"), max_length=24, choices=Substance, blank=True, default=""
    )

    registration_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("household registration"),
    )
    residence_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("residence")
    )
    registration_address = EncryptedTextField(_("address of registration"))
    residence_address = EncryptedTextField(_("address of residence"))
    phone = EncryptedTextField(_("phone"))
    phone_index = models.BinaryField(max_length=32, null=True, editable=False)
    call_note = models.CharField(
        _("when calling"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("For example: do not call at work, after 18:00 only."),
    )

    life_status = models.CharField(
        _("status without an order"), max_length=10, choices=LifeStatus, blank=True, default=""
    )
    life_status_since = models.DateField(_("since"), null=True, blank=True)
    brought_in_on = models.DateField(
        _("brought in on"),
        null=True,
        blank=True,
        help_text=_("The day an existing file was brought in; empty when it was opened here."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_files",
        verbose_name=_("merged into"),
        help_text=_("The file of today; if that one is merged in its turn, the one it went into."),
    )
    merged_on = models.DateField(_("merged on"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = PersonManager()
    # With files that were merged into others: for figures of past days, and to find their names.
    every = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            models.Index(fields=["county", "sort_key", "id"], name="person_county_sorted"),
            models.Index(fields=["town", "sort_key", "id"], name="person_town_sorted"),
            models.Index(
                fields=["name_pinyin"], name="person_pinyin", opclasses=["text_pattern_ops"]
            ),
            models.Index(
                fields=["name_initials"], name="person_initials", opclasses=["text_pattern_ops"]
            ),
            models.Index(given_name("sort_key"), name="person_given"),
            models.Index(fields=["name"], name="person_name", opclasses=["text_pattern_ops"]),
            models.Index(fields=["phone_index"], name="person_phone"),
            models.Index(fields=["document_last4_index"], name="person_last4"),
            models.Index(fields=["born_on"], name="person_born"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["document_index"],
                name="person_document_once",
                violation_error_message=_("A file for this document number exists."),
            ),
            models.CheckConstraint(
                condition=Q(document_kind=DocumentKind.NONE) | Q(document_index__isnull=False),
                name="person_document_indexed",
                violation_error_message=_("Enter the number, or choose “not known”."),
            ),
            models.CheckConstraint(
                condition=Q(life_status_since=None) | ~Q(life_status=""),
                name="person_life_status_dated",
                violation_error_message=_("A date needs the status it belongs to."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_on=None)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="person_merged_on_a_day",
                violation_error_message=_("A file that was merged says on which day."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="person_not_merged_into_itself",
                violation_error_message=_("A file cannot be merged into itself."),
            ),
        ]

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Person":
        row = super().from_db(*args, **kwargs)
        note_loaded(row)
        return row

    @property
    def logged_as(self) -> UUID:
        """Whom the access log names when this row is shown."""
        return self.public_id

    def __str__(self) -> str:
        return self.name

    def is_dead_by(self, day: date) -> bool:
        """As `querysets.dead_by` asks the database."""
        since = self.life_status_since
        return self.life_status == LifeStatus.DECEASED and (since is None or since <= day)

    @property
    def file_number(self) -> str:
        """The number on the file's back, seven digits."""
        return f"{self.pk:07d}"
