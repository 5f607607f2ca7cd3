"""Forms of the pages of an import."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.areas.models import Area, Level
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import NOTHING, Choice, OneOf
from apps.core.form_fields import ReasonField
from apps.core.uploads import MAX_BYTES
from apps.imports.models import LedgerImport
from apps.imports.numbers import sha256_of
from apps.imports.services.receiving import receive_file
from apps.imports.services.undoing import take_back
from apps.ledgers.ledger import ledgers

# The kind is told from the content; a chooser of files offers what these are called.
ENDINGS: Final = ".xlsx,.xlsm,.xls,.xlsb,.et,.ods,.csv,.txt,.htm,.html,.mht"


class UploadForm(OnceForm):
    """A file, what it is, and for which unit."""

    ledger = Choice(label=_("Ledger"), choices=())
    area = OneOf(label=_("Unit"), queryset=Area.objects.none())
    file = forms.FileField(
        label=_("Ledger file"),
        help_text=_(
            "xlsx, xls, xlsb, ods or csv, 10 MB at most. Nothing is changed before you have seen "
            "what would be."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ENDINGS}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        may = [(code, one.title) for code, one in ledgers().items() if user.may(one.permission)]
        self.fields["ledger"].choices = [NOTHING, *may]  # type: ignore[attr-defined]
        units = Area.objects.active().shown().exclude(level=Level.VILLAGE)
        if user.area is not None:
            units = units & Area.objects.under(user.area)
            self.fields["area"].initial = user.area.pk
        self.fields["area"].queryset = units  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than %(mb)d MB. Split it."), params={"mb": MAX_BYTES >> 20}
            )
        return file

    def perform(self) -> LedgerImport:
        facts = dict(self.cleaned_data)
        file = facts.pop("file")
        content = file.read()
        return receive_file(
            by=self.user, file_name=file.name, content=content,
            sha256=sha256_of(content), **facts,
        )  # fmt: skip


class UndoForm(ActForm):
    """Why an import is taken back."""

    target: LedgerImport
    reason = ReasonField(label=_("Why it is taken back"), max_length=200)

    def perform(self) -> LedgerImport:
        return take_back(
            ledger_import=self.target, by=self.user, reason=self.cleaned_data["reason"]
        )
