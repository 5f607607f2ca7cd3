"""A ledger of letters."""

from typing import Final

from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.ledgers.cells import as_day, as_identity
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, row_by_row
from apps.ledgers.persons import LineOfPerson, find_persons
from tests.toy_letters.services import record_letter


class LetterLine(LineOfPerson):
    received_on = DayField(latest=today)
    words = TextField(max_length=2000, required=False)


def bring_in(run: Run, entry: LedgerEntry) -> str:
    facts = entry.facts
    record_letter(
        person=run.known.by_number[facts["document_number"]], by=run.by,
        received_on=facts["received_on"], words=facts["words"],
    )  # fmt: skip
    return "new"


LEDGER: Final = Ledger(
    code="letters",
    rank=50,
    title="来信",
    permission=Permission.ADMIN_RECORDS,
    columns=(
        Column("document_number", ("身份证号码",), read=as_identity, required=True),
        Column("name", ("姓名",)),
        Column("received_on", ("来信日期",), read=as_day, required=True),
        Column("words", ("来信内容",), free=True),
    ),
    form=LetterLine,
    key=lambda facts: (facts["document_number"], facts["received_on"]),
    prepare=find_persons,
    service=row_by_row(bring_in),
)
