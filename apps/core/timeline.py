"""The stream of what happened to a person: its lines, and how a subject tells its own.

A subject brings a `Chip` for the filter over the stream, and for each of its tables `Happenings`,
whose rows come with those of all other tables in one query, or `Told` where a line says more than
columns can: names of other rows, what stood there before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    BinaryField,
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.core.crypto import unseal
from apps.core.days import SHANGHAI
from apps.core.markup import icon_svg, tag_html
from apps.core.prepared import Slot
from apps.core.records import Words
from apps.core.text import day_text, iso_day

DAYS: Final = ("d1", "d2", "d3", "d4", "d5")
MOMENTS: Final = ("m1", "m2", "m3", "m4", "m5")
SHAPE: Final = ("src", "of_case", "what", "word", "no", "ref", *DAYS, "gone", *MOMENTS, "sealed")
# Whose stream is asked for: stands in the queries of `Told`.
PERSON: Final = Slot("person", BigIntegerField())
Tag = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the stream; `tag` is kind and word of the mark at the right, `at` when on the
    day it was, as far as that is known.
    """

    day: date
    kind: str
    icon: str
    title: str
    words: str = ""
    tag: Tag | None = None
    url: str = ""
    at: datetime | None = None

    @property
    def html(self) -> SafeString:
        """Ready text, as rows of tables: a file has sixty lines, and a template draws each of
        them in five times as long.
        """
        title = self.title
        if self.url:
            title = format_html('<a class="link" href="{}">{}</a>', self.url, self.title)
        return format_html(
            '<div class="event"><time datetime="{}">{}</time>{}<span class="kind">{}</span>'
            '<span class="say">{}</span><span>{}</span></div>',
            iso_day(self.day),
            day_text(self.day),
            icon_svg(self.icon),
            title,
            self.words,
            tag_html(*self.tag) if self.tag else "",
        )


def joined(parts: list[Any]) -> str:
    """The parts that say something, with dots between them."""
    return " · ".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter over the stream; a code may be that of another subject's lines too."""

    code: str
    label: Words
    rank: int


@dataclass(frozen=True, slots=True)
class Happening:
    """A row of one of the tables: `src` says which, and what its words and days mean."""

    src: str
    of_case: int | None
    what: str
    word: str
    no: str
    ref: UUID | None
    d1: date
    d2: date | None
    d3: date | None
    d4: date | None
    d5: date | None
    gone: datetime | None
    m1: datetime | None = None
    m2: datetime | None = None
    m3: datetime | None = None
    m4: datetime | None = None
    m5: datetime | None = None
    # As the database holds it; the source opens it.
    sealed: bytes | None = None
    said: str = ""


# Which of the days of the shape (there is no line while it has not come), title, words, mark.
Line = tuple[str, str, str, Tag | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """A table in the one query of many. How its columns fill the shape: names of fields,
    expressions, or what makes one when all subjects are known; and how a row is told: one line for
    each of its days that has come.

    `moments`: for each of the days the column that knows when on it, if one does. `said`: a
    column of encrypted words. `rank`: the order of what no moment tells apart. `in_band`: pages
    without a stream ask for the rows too; without `tell` the stream says nothing of them.
    """

    src: str
    model: Any
    rank: int
    chip: str = ""
    icon: str = ""
    url_name: str = ""
    tell: Callable[[Happening], Iterable[Line]] | None = None
    what: str = ""
    word: Any = ""
    no: str = ""
    case: str = ""
    ref: str = "public_id"
    days: tuple[Any, ...] = ()
    moments: tuple[str, ...] = ()
    gone: str = ""
    said: str = ""
    person: str = "person"
    standing: bool = False
    in_band: bool = False

    def rows(self, user: Any) -> Any:
        """Those of one person in the user's scope, in the shape of the union."""
        rows = self.model.objects.visible_to(user).filter(**{f"{self.person}_id": PERSON})
        if self.standing:
            rows = rows.standing()
        return rows.order_by().annotate(
            src=_text(self.src), of_case=_or_null(self.case, IntegerField()),
            what=F(self.what) if self.what else _text(""),
            word=_column(self.word) if self.word else _text(""),
            no=Coalesce(F(self.no), _text("")) if self.no else _text(""), ref=F(self.ref),
            **{name: _or_null(day, DateField()) for name, day in _filled(DAYS, self.days)},
            gone=_or_null(self.gone, DateTimeField()),
            **{name: _or_null(at, DateTimeField()) for name, at in _filled(MOMENTS, self.moments)},
            sealed=_or_null(self.said, BinaryField()),
        ).values_list(*SHAPE)  # fmt: skip

    def opened(self, row: Happening) -> Happening:
        """With the encrypted words in clear."""
        if not row.sealed:
            return row
        context = f"{self.model._meta.db_table}.{self.said}.{row.ref}"
        return replace(row, said=unseal(bytes(row.sealed), context))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A table whose rows are loaded whole, of `PERSON`, for a user on a day; the first `shown`
    of them are told. `seldom`: most files have none, so all such tables are first asked at once
    whether they have any.
    """

    model: Any
    rank: int
    rows: Callable[[Any, date], Any]
    tell: Callable[[Any], Iterable[Event]]
    shown: int | None = None
    seldom: bool = False


def _filled(names: tuple[str, ...], columns: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    return zip_longest(names, columns)


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _or_null(column: Any, field: Any) -> Any:
    """A name, an expression, or nothing of a type that the other tables have there."""
    if column is None or column == "":
        return Cast(Value(None), field)
    return _column(column)


def _column(column: Any) -> Any:
    if isinstance(column, str):
        return F(column)
    return column() if callable(column) else column


def day_of(column: str) -> TruncDate:
    """The day in Shanghai on which something was decided."""
    return TruncDate(column, tzinfo=SHANGHAI)
