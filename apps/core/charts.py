"""Where the columns and lines of a chart stand: drawn by the server, so that they need no script,
print as they are and weigh some hundred bytes. Across in per cent of the width, down in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

# Down: where the plot begins and ends, and the two lines of words under it.
TOP, FLOOR, WORDS, MORE, HEIGHT = 12, 164, 182, 197, 204
# Across: room for the numbers of the scale.
LEFT: Final = 9.0
TICKS: Final = 4
# Of a line without a scale: its box, and how many units of the value it spans at least.
LINE_WIDTH, LINE_HEIGHT, LINE_EDGE = 100, 32, 4
LEAST_SPAN: Final = 20


@dataclass(frozen=True)
class Series:
    """One row of columns: its words, its class in the style sheet, a value for each place (None:
    not told or nothing known), and how wide a column is in per cent of its place.
    """

    label: Any
    css: str
    values: Sequence[int | None]
    width: int = 50


@dataclass(frozen=True)
class Column:
    x: str
    width: str
    y: float
    height: float
    css: str
    words: str


@dataclass(frozen=True)
class Tick:
    y: float
    text: str


@dataclass(frozen=True)
class Place:
    """What stands under a column."""

    x: str
    label: str
    more: str


@dataclass(frozen=True)
class Chart:
    series: Sequence[Series]
    columns: list[Column]
    ticks: list[Tick]
    places: list[Place]
    left: str = f"{LEFT}%"
    floor: int = FLOOR
    words: int = WORDS
    more: int = MORE
    height: int = HEIGHT


def columns(
    series: Sequence[Series], labels: Sequence[str], more: Sequence[str] = (), *,
    stacked: bool = False,
) -> Chart:  # fmt: skip
    """Columns of all series at each place, in front of each other or `stacked`; `more`: a second
    line under each.
    """
    places = len(labels)
    sums = [sum(row.values[n] or 0 for row in series) for n in range(places)]
    highest = max(sums if stacked else [v or 0 for row in series for v in row.values], default=0)
    top = ceiling(highest)
    slot = (100 - LEFT) / max(places, 1)
    found = []
    for n in range(places):
        below = 0
        for row in series:
            value = row.values[n]
            if not value:
                continue
            high, low = _down(below + value, top), _down(below, top)
            width = slot * row.width / 100
            x = LEFT + slot * n + (slot - width) / 2
            words = f"{labels[n]} · {row.label} {value:,}"
            found.append(
                Column(_across(x), _across(width), high, round(low - high, 1), row.css, words)
            )
            below += value if stacked else 0
    ticks = [Tick(_down(one, top), f"{one:,}") for one in scale(top)]
    under = [
        Place(_across(LEFT + slot * (n + 0.5)), label, more[n] if more else "")
        for n, label in enumerate(labels)
    ]
    return Chart(series, found, ticks, under)


def ceiling(highest: int) -> int:
    """The end of a scale of whole numbers that holds `highest`, and parts evenly: 1, 2, 4 or 5
    times a power of ten times the number of ticks; 4 at least.
    """
    step = 1
    while True:
        for times in (1, 2, 5):
            if step * times * TICKS >= highest:
                return step * times * TICKS
        step *= 10


def scale(top: int) -> list[int]:
    return [top * n // TICKS for n in range(TICKS + 1)]


@dataclass(frozen=True)
class Line:
    """Parts of a line, each without a gap, as points of a box; and where the last value stands."""

    parts: list[str]
    end_x: str
    end_y: float
    width: int = LINE_WIDTH
    height: int = LINE_HEIGHT


def line(values: Sequence[float | None]) -> Line | None:
    """The course of a value; nothing where none is known. Spans twenty units at least, so that a
    tenth of a per cent is no mountain.
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    spare = max(0.0, LEAST_SPAN - (high - low)) / 2
    low, high = low - spare, high + spare
    parts: list[list[tuple[float, float]]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            parts.append([])
            continue
        x = LINE_WIDTH * (n + 0.5) / len(values)
        share = (value - low) / (high - low)
        parts[-1].append((x, LINE_HEIGHT - LINE_EDGE - share * (LINE_HEIGHT - 2 * LINE_EDGE)))
    drawn = [part for part in parts if part]
    x, y = drawn[-1][-1]
    return Line(
        [" ".join(f"{a:.1f},{b:.1f}" for a, b in _long(part)) for part in drawn],
        _across(x), round(y, 1),
    )  # fmt: skip


def _long(part: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A single point is drawn as a dash."""
    if len(part) > 1:
        return part
    x, y = part[0]
    return [(x - 1, y), (x + 1, y)]


def _down(value: int, top: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * value / top, 1)


def _across(share: float) -> str:
    return f"{share:.2f}%"
