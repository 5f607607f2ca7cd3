"""Two files of one human being that became one, and two that were found to be of two."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import ScopedModel
from apps.core.fields import EncryptedTextField, uuid7
from apps.persons.models.person import Person
from apps.persons.querysets import MergeQuerySet, PersonalQuerySet


@pghistory.track()
class Merge(ScopedModel):
    """Everything of the file `merged` stands in the file `person` since then; it can be undone.

    `before` holds in JSON what the two files said before, as far as the merge changed it; `marks`
    the last row of each table, so that an undo knows what was added since.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    merged = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("file that was merged into it")
    )
    # After `merged`: the row lies where the file lies that was kept (services.moving).
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="merges", verbose_name=_("file that was kept")
    )
    reason = EncryptedTextField(_("reason"), blank=False)
    before = EncryptedTextField(_("what the files said before"), editable=False)
    marks = models.JSONField(_("last row of each table at the merge"), default=dict, editable=False)
    merged_at = models.DateTimeField(_("merged on"), auto_now_add=True)
    merged_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("merged by")
    )
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undo_reason = EncryptedTextField(_("why it was undone"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two files")
        verbose_name_plural = _("merges of files")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message=_("This file was merged into another one already."),
            ),
            models.CheckConstraint(
                condition=~Q(merged=F("person")),
                name="merge_of_two",
                violation_error_message=_("A file cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
                violation_error_message=_("What is undone has a day and a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.person}"


class MergedRow(models.Model):
    """A row that came with a merge: an undo gives it back, a figure of before asks whose it was.

    `before`: what the merge changed in the row besides, [before, after] by the name of the field;
    of a row that went, because the kept file has its twin, all of it.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="rows")
    model = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    row = models.BigIntegerField()
    before = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("merged row")
        verbose_name_plural = _("merged rows")
        indexes = [models.Index(fields=["model", "row"], name="merged_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"


@pghistory.track()
class NotSame(ScopedModel):
    """Somebody looked and found: two persons. The pair is not shown until that is taken back."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    other = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("second person")
    )
    # After `other`: the row lies where this person's file lies (services.moving).
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("first person")
    )
    reason = EncryptedTextField(_("reason"), blank=False)
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", editable=False, verbose_name=_("decided by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken back by"),
    )  # fmt: skip

    objects = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision that two files are of two persons")
        verbose_name_plural = _("decisions that two files are of two persons")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                condition=Q(withdrawn_at=None),
                name="not_same_once",
                violation_error_message=_("This is decided already."),
            ),
            models.CheckConstraint(
                condition=Q(person__lt=F("other")),
                name="not_same_in_order",
                violation_error_message=_("A pair is two files, the older one first."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="not_same_withdrawn_by_somebody",
                violation_error_message=_("What is taken back has a day and a name."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ≠ {self.other}"
