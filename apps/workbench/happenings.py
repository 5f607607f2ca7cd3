"""What happened to a person beside check-ins and visits: rows of many tables in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from apps.accounts.models import User
from apps.assessments.models import Assessment, HalfYearSummary, HelpFlag, LifeEvent
from apps.breaches.models import Breach, Response
from apps.cases.models import CaseStep, Leave, PoliceReport, Suspension
from apps.core.days import SHANGHAI, today
from apps.core.prepared import PreparedByScope, Slot
from apps.documents.models import IssuedDocument
from apps.drugtests.models import DrugTest
from apps.intake.models import Release
from apps.persons.models import Person
from apps.transfers.models import Transfer
from apps.visits.models import LostContact

DAYS: Final = ("d1", "d2", "d3", "d4", "d5")
PERSON: Final = Slot("person", BigIntegerField())
_WRITTEN: Final = PreparedByScope()
SHAPE: Final = ("src", "of_case", "what", "word", "no", "ref", *DAYS, "gone")


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of one of the tables: `src` says which, and what its words and days mean."""

    src: str
    of_case: int | None
    what: str
    word: str
    no: str
    ref: UUID
    d1: date
    d2: date | None
    d3: date | None
    d4: date | None
    d5: date | None
    gone: datetime | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How the columns of a table fill the shape: names of fields, or expressions."""

    model: Any
    what: str = ""
    word: str = ""
    no: str = ""
    case: str = ""
    days: tuple[Any, ...] = ()
    gone: str = ""
    person: str = "person"
    standing: bool = False

    def rows(self, source: str, user: User) -> Any:
        """Those of one person in the user's scope, in the shape of the union."""
        rows = self.model.objects.visible_to(user).filter(**{f"{self.person}_id": PERSON})
        if self.standing:
            rows = rows.standing()
        days = dict(zip(DAYS, (*self.days, *(None,) * (len(DAYS) - len(self.days))), strict=True))
        return rows.order_by().annotate(
            src=_text(source), of_case=_or_null(self.case, IntegerField()),
            what=F(self.what) if self.what else _text(""),
            word=F(self.word) if self.word else _text(""),
            no=Coalesce(F(self.no), _text("")) if self.no else _text(""), ref=F("public_id"),
            **{name: _or_null(day, DateField()) for name, day in days.items()},
            gone=_or_null(self.gone, DateTimeField()),
        ).values_list(*SHAPE)  # fmt: skip


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _or_null(column: Any, field: Any) -> Any:
    """A name, an expression, or nothing of a type that the other tables have there."""
    if column is None or column == "":
        return Cast(Value(None), field)
    return F(column) if isinstance(column, str) else column


def day_of(column: str) -> TruncDate:
    """The day in Shanghai on which something was decided."""
    return TruncDate(column, tzinfo=SHANGHAI)


# The pages of a person all show these; the timeline shows the others too.
SPANS: Final = {
    "leave": Kind(Leave, case="case_id", days=("starts_on", "last_day"), gone="withdrawn_at"),
    "suspension": Kind(
        Suspension, word="reason", case="case_id", days=("starts_on", "ended_on"),
        gone="withdrawn_at",
    ),
    "lost": Kind(LostContact, days=("since_on",), standing=True),
}  # fmt: skip
OTHERS: Final = {
    "breach": Kind(
        Breach, "kind", "decision", days=("starts_on", "ends_on", "heard_on", day_of("decided_at"))
    ),
    "search": Kind(LostContact, days=("set_on", "found_on", "since_on")),
    "response": Kind(Response, "kind", no="paper__number", days=("on",)),
    "assessment": Kind(
        Assessment, "tier", "standing", days=("assessed_on", "told_on", "objected_on")
    ),
    "transfer": Kind(
        Transfer, word="state", no="to_town__name",
        days=("asked_on", "handed_over_on", "decided_on", "arrived_on", "agreement_on"),
    ),
    "release": Kind(
        Release, "source", no="institution", days=("expected_on", "received_on"), person="file"
    ),
    "life": Kind(LifeEvent, "kind", days=("happened_on",)),
    "flag": Kind(HelpFlag, "kind", days=("since", "ended_on")),
    "paper": Kind(IssuedDocument, "kind", no="number", days=("issued_on",), gone="voided_at"),
    "police": Kind(
        PoliceReport, "ground", "outcome", "reply_number", gone="withdrawn_at",
        days=(day_of("recorded_at"), "reported_on", "replied_on"),
    ),
    "test": Kind(
        DrugTest, "sample", "reason_not", "recorded_by__name", days=("day",), gone="withdrawn_at"
    ),
    "summary": Kind(
        HalfYearSummary, no="recorded_by__name", days=("told_on", "first", "last"),
        gone="withdrawn_at",
    ),
    "step": Kind(CaseStep, "kind", no="number", days=("on",)),
}  # fmt: skip


def happenings(person: Person, user: User, *, whole: bool) -> list[Happening]:
    """Newest first; `whole`: with what only the timeline shows."""
    if user.area is None or not user.sees_cases:
        return []
    key = (user.scope_key, today(), whole)
    rows = _WRITTEN.rows(key, lambda: _union(user, whole=whole), person=person.pk)
    return [Happening(*row) for row in rows]


def _union(user: User, *, whole: bool) -> Any:
    kinds = SPANS | OTHERS if whole else SPANS
    first, *others = (kind.rows(source, user) for source, kind in kinds.items())
    return first.union(*others, all=True).order_by("-d1")
