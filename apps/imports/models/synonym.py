"""Words that an administrator adds to those that the product knows."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.ledgers.ledger import Column, ledger_choices, ledgers


class SynonymQuerySet(models.QuerySet["LedgerSynonym"]):
    def headers(self) -> Self:
        """Words over columns."""
        return self.filter(code="")

    def values_of(self, ledger: str) -> "SynonymQuerySet":
        """Words in the cells of a ledger."""
        return self.filter(ledger=ledger).exclude(code="")


class LedgerSynonym(models.Model):
    """An office's own word for a column, or in its cells for one of the things it may say."""

    ledger = models.CharField(_("ledger"), max_length=20, choices=ledger_choices)
    field = models.CharField(_("column"), max_length=40)
    word = models.CharField(_("the office's word"), max_length=60)
    code = models.CharField(
        _("stands for"), max_length=40, blank=True, default="",
        help_text=_(
            "Empty: the word stands over the column. Else a word that the column knows already, "
            "and this one means the same in a cell."
        ),
    )  # fmt: skip

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of a ledger")
        verbose_name_plural = _("words of ledgers")
        ordering = ["ledger", "field", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "word"],
                condition=Q(code=""),
                name="ledger_word_once",
                violation_error_message=_("This word stands for another column already."),
            ),
            models.UniqueConstraint(
                fields=["ledger", "field", "word"],
                condition=~Q(code=""),
                name="ledger_cell_word_once",
                violation_error_message=_("This word means something in this column already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.code or self.field}"

    def clean(self) -> None:
        """The column must be one that the ledger has, and know what the word stands for."""
        ledger = ledgers().get(self.ledger)
        if ledger is None:
            return
        column = ledger.column(self.field)
        if column is None:
            names = ", ".join(column.field for column in ledger.columns)
            raise ValidationError(
                {"field": _("This ledger has the columns %(names)s.") % {"names": names}}
            )
        if self.code:
            self.code = _known_code(column, self.code)


def _known_code(column: Column, said: str) -> str:
    """The code of a word, or the code itself."""
    words = column.words or {}
    if said in words.values():
        return said
    if code := words.get(said.replace(" ", "")):
        return code
    known = "、".join(words) or "—"
    raise ValidationError({"code": _("This column knows the words %(words)s.") % {"words": known}})
