"""Words that an administrator adds to the headers that the product knows."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledgers.ledger import ledger_choices, ledgers


class LedgerSynonym(models.Model):
    """An office's own word for a column."""

    ledger = models.CharField(_("ledger"), max_length=20, choices=ledger_choices)
    field = models.CharField(_("column"), max_length=40)
    word = models.CharField(_("the office's word"), max_length=60)

    class Meta:
        verbose_name = _("word of a ledger's header")
        verbose_name_plural = _("words of ledgers' headers")
        ordering = ["ledger", "field", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "word"],
                name="ledger_word_once",
                violation_error_message=_("This word stands for another column already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.field}"

    def clean(self) -> None:
        """The column must be one that the ledger has."""
        ledger = ledgers().get(self.ledger)
        if ledger is not None and ledger.column(self.field) is None:
            names = ", ".join(column.field for column in ledger.columns)
            raise ValidationError(
                {"field": _("This ledger has the columns %(names)s.") % {"names": names}}
            )
