"""What an import did, line by line where something was wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one line."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class Conflict:
    """One fact of which the file says something else than what stands here: a person decides."""

    row: int
    column: str
    here: str
    file: str
    reason: str


@dataclass(frozen=True)
class Difference:
    """One fact that a line changes, before and after."""

    row: int
    column: str
    before: str
    after: str


NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
REJECTED, DUPLICATES, HELD = "rejected", "duplicates", "held"


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of a line: `unchanged` is equal to what is stored, `refused` has the words of the
    rule; `row` is the stored one where somebody asks for more of it. `told`: label, before and
    after of each fact of a line that is `changed`.
    """

    status: str
    words: str = ""
    row: Any = None
    told: Sequence[tuple[str, str, str]] = ()


@dataclass
class LedgerGap:
    """A missing fact that no line is rejected for, and the lines that miss it."""

    gap: str
    words: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass
class Report:
    """`rejected` counts lines; `errors` lists every fault of each.

    `held` counts lines with something to be decided: `conflicts` lists each with both values. What
    else such a line says has gone in, unless it may speak of another person.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: int = 0
    held: int = 0
    errors: list[Fault] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    gaps: list[LedgerGap] = field(default_factory=list)
    # Columns whose words are not known: nothing of them was read.
    ignored: list[str] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    # What became of each line, by its number: one of the counts above.
    lines: dict[int, str] = field(default_factory=dict)

    def tell(self, row: int, state: str) -> None:
        """Count one line as one of `new`, `changed`, `unchanged`, `duplicates`, `held`."""
        setattr(self, state, getattr(self, state) + 1)
        self.lines[row] = state

    def reject(self, row: int, faults: Iterable[Fault]) -> None:
        """Turn one line away; each of its faults is named."""
        self.tell(row, REJECTED)
        self.errors.extend(faults)

    def reject_line(self, row: int, reason: str) -> None:
        """Turn one line away for something that no single column shows."""
        self.reject(row, [Fault(row, "", "", reason)])

    def note_changes(self, row: int, told: Iterable[tuple[str, str, str]]) -> None:
        """What a line changes: label, before and after of each fact."""
        self.changes += [Difference(row, *facts) for facts in told]

    def count(self, row: int, result: RowResult) -> None:
        """Take in what became of one line."""
        if result.status == REFUSED:
            self.reject_line(row, result.words)
        else:
            self.tell(row, result.status)
            self.note_changes(row, result.told)

    def miss(self, code: str, words: str, row: int) -> None:
        """Note that the line lacks a fact."""
        gap = next((known for known in self.gaps if known.gap == code), None)
        if gap is None:
            gap = LedgerGap(code, words)
            self.gaps.append(gap)
        gap.count += 1
        gap.rows.append(row)

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        del told["lines"]
        return told
