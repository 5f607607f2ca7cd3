"""What a kind of ledger is. A further kind is one more declaration, and nothing else."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.days import today
from apps.core.exports import undefused
from apps.core.records import every
from apps.core.refusals import Refused
from apps.core.text import sentences
from apps.ledgers.cells import CellFault, as_text, says_nothing
from apps.ledgers.leaving import (
    MASKS,
    Going,
    LineOut,
    Verbatim,
    first_words,
    masked_facts,
    moment_text,
)
from apps.ledgers.places import UnitPlaces
from apps.ledgers.report import Report, RowResult

# Called with the step that is being done, how many lines of it are done, and of how many.
Progress = Callable[[str, int, int], None]
Words = Mapping[str, str]
T = TypeVar("T")
PROGRESS_STEP: Final = 20


@dataclass(frozen=True)
class Column:
    """A fact that a line may state, and under which words its column goes.

    `words` translates what offices write into the product's codes. A cell that means nothing
    rejects the line when the column is `required` or `decides`, and is a gap otherwise.
    """

    field: str
    synonyms: tuple[str, ...]
    read: Callable[[Any], Any] = as_text
    words: Words | None = None
    decides: bool = False
    required: bool = False
    # Words that are kept as they stand, “无” too.
    free: bool = False

    def value(self, cell: Any) -> Any:
        """The cell's meaning; raises `CellFault` when it has none.

        What only says that nothing is known is an empty cell, unless the column knows the word.
        """
        cell = undefused(cell)
        known = as_text(cell)
        if not self.free and says_nothing(known) and known not in (self.words or {}):
            return self.read("")
        value = known if self.read is as_text else self.read(cell)
        if self.words is None or value in ("", None):
            return value
        if (code := self.words.get(value.replace(" ", ""))) is None:
            raise CellFault(_("The word “%(word)s” is not known here.") % {"word": value})
        return code

    @cached_property
    def _first_words(self) -> dict[str, str]:
        return first_words(self.words or {})

    @property
    def heading(self) -> str:
        return self.synonyms[0]

    def written(self, value: Any) -> Any:
        """The way out of `value`: a code as the first word for it; what has no word is empty."""
        if value is None or value == "":
            return ""
        if isinstance(value, datetime):
            return moment_text(value)
        if self.words is None or isinstance(value, Verbatim):
            return value
        return self._first_words.get(value, "")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line whose facts passed every rule, and its cells as they stand in the file."""

    row: int
    facts: dict[str, Any]
    cells: dict[str, str]


@dataclass
class Run:
    """One import: who does it, for which area, on which day, and what has come of it."""

    by: User
    area: Area | None
    file_name: str
    report: Report
    # What `Ledger.prepare` found for all lines at once.
    known: Any = None
    # Fields of the ledger for which the file has no column, with the usual word for it.
    absent: dict[str, str] = field(default_factory=dict)
    # What somebody decided about lines that were held, by line: True takes what the ledger says.
    decided: Mapping[int, bool] = field(default_factory=dict)
    # A dry run looks at lines in parts, and takes each back: what is in another part is not there.
    in_parts: bool = False
    day: date = field(default_factory=today)
    # What cells of a few words or days mean: thousands of lines say the same.
    meanings: dict[tuple[str, str], Any] = field(default_factory=dict)
    on_progress: Progress = lambda _step, _done, _total: None

    @cached_property
    def places(self) -> UnitPlaces:
        return UnitPlaces(self.area)

    def counting(self, step: str | Promise, items: Sequence[T]) -> Iterator[T]:
        """The items one by one, with progress that a person can see."""
        for done, item in enumerate(items):
            if done % PROGRESS_STEP == 0:
                self.on_progress(str(step), done, len(items))
            yield item
        self.on_progress(str(step), len(items), len(items))


class LineForm(forms.Form):
    """The rules that every line of a ledger keeps.

    A file has one form, which reads its lines one after the other: to make the fields anew takes
    longer than to ask all that they ask.
    """

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run

    def read(self, data: dict[str, Any]) -> None:
        """From now on it is the form of this line; facts and errors of another are gone."""
        self.data, self.is_bound, self._errors = data, True, None

    def _clean_fields(self) -> None:
        """As Django's, of a line: each cell is there under its name, and no page is drawn."""
        for name, one in self.fields.items():
            try:
                self.cleaned_data[name] = one.clean(self.data.get(name))
                if (clean := getattr(self, f"clean_{name}", None)) is not None:
                    self.cleaned_data[name] = clean()
            except ValidationError as error:
                self.add_error(name, error)


Service = Callable[[Run, Sequence[LedgerEntry]], None]
RowService = Callable[[Run, LedgerEntry], str | RowResult]


def row_by_row(bring_in: RowService) -> Service:
    """A service for lines that are brought in one at a time: it says new, changed or unchanged, and
    of a changed line what is different, unless it has told the report itself.
    """

    def bring_in_all(run: Run, entries: Sequence[LedgerEntry]) -> None:
        for entry in run.counting(_("Bringing in"), entries):
            bring_in_line(run, bring_in, entry)

    return bring_in_all


def bring_in_line(run: Run, bring_in: RowService, entry: LedgerEntry) -> None:
    """One line, whole or not at all, with what came of it."""
    try:
        with transaction.atomic():
            change = bring_in(run, entry)
    except Refused as refusal:
        run.report.reject_line(entry.row, str(refusal.words))
    except ValidationError as error:
        run.report.reject_line(entry.row, sentences(*error.messages))
    else:
        result = change if isinstance(change, RowResult) else RowResult(change)
        run.report.count(entry.row, result)


@dataclass(frozen=True)
class Ledger:
    """Columns with their synonyms, the form whose rules every line keeps, service and key."""

    code: str
    rank: int
    title: str | Promise
    permission: Permission
    columns: tuple[Column, ...]
    form: Callable[[Run], LineForm]
    key: Callable[[dict[str, Any]], Hashable]
    service: Service
    # Lines of one person may state several orders: what must be equal in all of them.
    of_one: Callable[[dict[str, Any]], Hashable] | None = None
    may_differ: frozenset[str] = frozenset()
    # The way out: the rows of a scope as lines. None: it only comes in.
    out: Callable[[Going], Iterable[LineOut]] | None = None
    # Who may take it along, and with names and numbers as they are.
    out_permission: Permission = Permission.PERSON_EXPORT_WHOLE
    whole_permission: Permission = Permission.PERSON_EXPORT_WHOLE
    # Reads at once what the form would else ask for line by line: persons by number, for example.
    prepare: Callable[[Run, list[dict[str, Any]]], None] = lambda _run, _rows: None

    def column(self, field_name: str) -> Column | None:
        return next((column for column in self.columns if column.field == field_name), None)

    @property
    def is_personal(self) -> bool:
        """Whether anything of it has to be masked."""
        return any(column.field in MASKS for column in self.columns)

    def lines_out(self, going: Going, *, masked: bool) -> Iterator[tuple[LineOut, list[Any]]]:
        """Each line with its cells, in the order of the columns."""
        coded = frozenset(column.field for column in self.columns if column.words is not None)
        for line in self.out(going) if self.out else ():
            facts = masked_facts(line.facts, coded) if masked else line.facts
            yield line, [column.written(facts.get(column.field)) for column in self.columns]

    def required_columns(self) -> Iterator[Column]:
        return (column for column in self.columns if column.required)


@cache
def ledgers() -> dict[str, Ledger]:
    """Every kind of ledger that can be imported, by code."""
    return {one.code: one for one in sorted(every(Ledger), key=lambda one: one.rank)}


def ledger_choices() -> list[tuple[str, str | Promise]]:
    return [(one.code, one.title) for one in ledgers().values()]


def word_table(words: Mapping[str, Sequence[str] | str]) -> dict[str, str]:
    """Code → words that offices write for it, turned to word → code; looked up without spaces."""
    return {
        word: code
        for code, written in words.items()
        for word in (written.split() if isinstance(written, str) else written)
    }
