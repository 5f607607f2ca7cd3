"""The two clocks: of which days urine and hair can say something, beside the order.

Urine speaks of days, hair of months before the last weeks. Drawn over each other it shows what a
result can and cannot say: a hair result that looks back before the order, or over negatives.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _, ngettext

from apps.contacts.given import Given
from apps.core.text import day_text
from apps.drugtests.cautions import window_of
from apps.drugtests.codes import Decision, Medicine, Result, Sample
from apps.drugtests.models import DrugTest
from apps.law.dates import add_months

MONTHS: Final = 18
ROOM: Final = 93  # per cent
KINDS: Final[dict[str, str]] = {
    Result.NEGATIVE: "negative",
    Result.POSITIVE: "positive",
    Result.INVALID: "none",
}


@dataclass(frozen=True)
class Bar:
    """Days on a lane, in per cent of the width; `kind` is its look."""

    kind: str
    first: date
    last: date
    x: str
    width: str
    words: str


@dataclass(frozen=True)
class Lane:
    label: str
    bars: Sequence[Bar]
    top: int


@dataclass(frozen=True)
class Clocks:
    """Lanes from `first` to `last`, months as marks, and the same in sentences."""

    first: date
    last: date
    lanes: Sequence[Lane]
    months: Sequence[tuple[str, str]]
    notes: Sequence[str] = ()

    @property
    def height(self) -> int:
        return 24 * len(self.lanes) + 24

    @property
    def sentences(self) -> list[str]:
        return [bar.words for lane in self.lanes for bar in lane.bars]


def clocks_of(
    tests: Iterable[DrugTest], orders: Iterable[Any], day: date, given: Iterable[Given] = ()
) -> Clocks | None:
    """Of one person on a day; None where no sample was taken in these months. `given`: what a
    clinic gives from one day to another, beside what was declared with a sample.
    """
    first = add_months(day.replace(day=1), -MONTHS)
    taken = [t for t in tests if t.is_taken and t.withdrawn_at is None and t.day >= first]
    if not taken:
        return None
    orders = list(orders)
    scale = _Scale(first, day)
    hair = [t for t in taken if t.sample == Sample.HAIR]
    others = [t for t in taken if t.sample != Sample.HAIR]
    found = (
        (
            _("Order"),
            [scale.bar("order", *span, _order_words(span)) for span in _spans(orders, day)],
        ),
        (_("Treatment"), [*_given_bars(scale, given), *_declared_bars(scale, taken)]),
        (_("Hair"), [_bar(scale, t) for t in hair]),
        (_("Urine, saliva, blood"), [_bar(scale, t) for t in others]),
    )
    shown = [(label, bars) for label, bars in found if bars]
    lanes = [Lane(label, bars, 24 * n) for n, (label, bars) in enumerate(shown)]
    notes = [words for test in hair for words in _notes(test, others, _spans(orders, day))]
    return Clocks(first, day, lanes, scale.months(), notes)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        whole = (self.last - self.first).days + 1
        return max(0.0, min(100.0, (day - self.first).days * 100 / whole))

    def bar(self, kind: str, first: date, last: date, words: str) -> Bar:
        begin, end = self.at(first), self.at(last + timedelta(days=1))
        return Bar(kind, first, last, f"{begin:.2f}%", f"{max(end - begin, 0.4):.2f}%", words)

    def months(self) -> list[tuple[str, str]]:
        """Every third month, at its place, as far as its name has room."""
        days = (add_months(self.first, n) for n in range(0, MONTHS + 1, 3))
        return [
            (f"{self.at(day):.2f}%", day.strftime("%Y-%m")) for day in days if self.at(day) < ROOM
        ]


def _spans(orders: Iterable[Any], day: date) -> list[tuple[date, date]]:
    return [
        (order.in_force_from, min(order.duties_end_on or day, day))
        for order in orders
        if order.in_force_from is not None and order.in_force_from <= day
    ]


def _notes(
    hair: DrugTest, others: Iterable[DrugTest], spans: Iterable[tuple[date, date]]
) -> Iterator[str]:
    """What stands beside a hair that found something: the time before the order, and negatives."""
    first, last = window_of(hair)
    if hair.result != Result.POSITIVE or hair.decision == Decision.CLEARED:
        return
    began = max((one for one, until in spans if one <= hair.day <= until), default=None)
    if began is not None and first < began:
        yield _(
            "The look-back of the hair of %(day)s overlaps the time before the order, which began "
            "on %(began)s: a positive can come from before it."
        ) % {"day": day_text(hair.day), "began": day_text(began)}
    clear = [t for t in others if t.result == Result.NEGATIVE and first <= t.day <= last]
    if clear:
        words = ngettext(
            "In the time of which the hair of %(day)s speaks %(n)s other test was negative.",
            "In the time of which the hair of %(day)s speaks %(n)s other tests were negative.",
            len(clear),
        )
        yield words % {"day": day_text(hair.day), "n": len(clear)}


def _order_words(span: tuple[date, date]) -> str:
    facts = {"first": day_text(span[0]), "last": day_text(span[1])}
    return _("An order was in force from %(first)s to %(last)s.") % facts


def _given_bars(scale: _Scale, given: Iterable[Given]) -> Iterator[Bar]:
    """What a clinic gave, as far as it lies in these months; the day of its end is none of it."""
    for one in given:
        last = one.last - timedelta(days=1) if one.last else scale.last
        if one.first <= last and one.first <= scale.last and last >= scale.first:
            said = {"medicine": one.name, "first": day_text(one.first), "last": day_text(last)}
            words = _("Maintenance treatment with %(medicine)s from %(first)s to %(last)s.")
            yield scale.bar("treatment", max(one.first, scale.first), last, words % said)


def _declared_bars(scale: _Scale, taken: Iterable[DrugTest]) -> Iterator[Bar]:
    for test in taken:
        if test.medicine == Medicine.METHADONE:
            yield _bar(scale, test, "treatment")


def _bar(scale: _Scale, test: DrugTest, kind: str = "") -> Bar:
    first, last = (test.day, test.day) if kind else window_of(test)
    words = _("Methadone treatment was declared on %(day)s.")
    if not kind:
        words = _("%(sample)s of %(day)s, %(result)s: speaks of %(first)s to %(last)s.")
    said = {
        "sample": test.get_sample_display(), "day": day_text(test.day),
        "result": test.get_decision_display() or test.get_result_display()
        or _("result not known"),
        "first": day_text(first), "last": day_text(last),
    }  # fmt: skip
    known = "negative" if test.decision == Decision.CLEARED else KINDS.get(test.result, "open")
    look = kind or known
    return scale.bar(look, first, last, words % said)
