"""All that the rest of the product needs to know of letters."""

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    Value,
)
from django.db.models.functions import Cast

from apps.contacts.codes import NotDoneReason
from apps.core.records import RecordKind, Tab, register
from apps.core.timeline import Chip, Happening, Happenings, Line
from apps.schedule.duties import Duty
from tests.toy_letters import today
from tests.toy_letters.figures import WAITING
from tests.toy_letters.ledger import LEDGER
from tests.toy_letters.models import Letter


def told(row: Happening) -> Iterator[Line]:
    yield "d1", "来信", row.no, None
    yield "d2", "已答复", "", ("done", "已答复")


def answers() -> Any:
    """Letters that do the duty to write: an answer is no matter of the person."""
    done = ExpressionWrapper(Q(recorded_by__isnull=False), BooleanField())
    return Letter.objects.annotate(
        day=F("received_on"), at=Cast("received_on", DateTimeField()), done=done,
        next_on=Cast(Value(None), DateField()), reason=Value("", CharField()),
    )  # fmt: skip


DUTY = Duty(
    code="letter", label="来信", rank=70, acts=answers, reasons=NotDoneReason, icon="file-text",
    acts_template="toy_letters/due_acts.html", command="letters",
    rule="%(risk_level)s，%(every)s来信一次", enough="%(missed)s",
)  # fmt: skip

register(
    RecordKind(
        name="toy_letters", label="来信", log={"letter": "来信", "letters": "来信"},
        parts=(
            DUTY,
            LEDGER,
            WAITING,
            *today.PARTS,
            Tab("来信", "toy_letters:person", 45, counted=Letter),
            Chip("letter", "来信", 55),
            Happenings(
                src="letter", model=Letter, rank=120, chip="letter", icon="file-text", tell=told,
                no="recorded_by__name", days=("received_on", "answered_on"),
            ),
        ),
    )
)  # fmt: skip
