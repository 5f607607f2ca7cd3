"""A ledger of occupational screenings: sums of a list, brought in as sums."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.areas.models import Area, place_of
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.core.refusals import Refused
from apps.drugtests.codes import Occupation
from apps.drugtests.models import OccupationalScreening
from apps.drugtests.occupational import store_screening
from apps.ledgers.cells import CellFault, as_day, as_text
from apps.ledgers.leaving import Going, LineOut, Verbatim
from apps.ledgers.ledger import (
    Column,
    Ledger,
    LedgerEntry,
    LineForm,
    Run,
    row_by_row,
    word_table,
)

OCCUPATIONS: Final = word_table(
    {
        Occupation.ROAD: "道路运输 客货运 货运 客运 道路客运 道路货运 驾驶员",
        Occupation.BUS: "公交 公共交通 城市公交",
        Occupation.TAXI: "出租车 出租 网约车 巡游出租",
        Occupation.SCHOOL_BUS: "校车",
        Occupation.DANGEROUS: "危险品运输 危化品运输 危货运输",
        Occupation.WATER: "水上运输 水运 航运 船员",
        Occupation.RAIL: "铁路 轨道交通 铁路运输",
        Occupation.AIR: "航空 民航 航空运输",
        Occupation.OTHER: "其他 其它",
    }
)


def as_count(value: Any) -> int | str:
    """A whole number of people; an empty cell is none, and no nought."""
    text = as_text(value).replace(",", "").replace(" ", "").removesuffix("人")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise CellFault(_("“%(text)s” is no number of people.") % {"text": text})
    return int(text) if text else ""


COLUMNS: Final = (
    Column("first_on", ("检测日期", "开始日期", "起始日期", "日期", "检测时间"), read=as_day,
           required=True),
    Column("last_on", ("结束日期", "截止日期"), read=as_day),
    Column("occupation", ("行业", "从业类别", "行业类别", "职业", "人员类别"), words=OCCUPATIONS,
           decides=True, required=True),
    Column("tested", ("检测人数", "检测数", "人数", "检测总数"), read=as_count, required=True),
    Column("positive", ("阳性人数", "阳性数", "阳性"), read=as_count, required=True),
    Column("words", ("备注", "说明"), free=True),
)  # fmt: skip


class ScreeningLine(LineForm):
    """A day or a period that has been, an occupation, and two numbers."""

    first_on = DayField(latest=today)
    last_on = DayField(latest=today, required=False)
    occupation = forms.ChoiceField(choices=Occupation)
    tested = forms.IntegerField(min_value=0)
    positive = forms.IntegerField(min_value=0)
    words = TextField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        first, last = facts.get("first_on"), facts.get("last_on") or facts.get("first_on")
        if first and last and last < first:
            self.add_error("last_on", _("The end lies before the beginning."))
        if facts.get("positive", 0) > facts.get("tested", 0) and "tested" in facts:
            self.add_error("positive", _("More are positive than were tested."))
        return facts | {"last_on": last}


def find_place(run: Run, _rows: Iterable[dict[str, Any]]) -> None:
    """Sums belong to a county or a unit below it."""
    area: Area | None = run.area or run.places.county
    try:
        run.known = place_of(area) if area else None
    except ValueError:
        run.known = None
    if run.known is None:
        raise Refused(_("Say of which county these sums are: they belong to no person."))


def bring_in(run: Run, entry: LedgerEntry) -> str:
    facts = dict(entry.facts)
    return store_screening(
        place=run.known, by=run.by, tested=facts.pop("tested"), positive=facts.pop("positive"),
        words=facts.pop("words"), occupation_words=as_text(entry.cells.get("occupation", "")),
        **facts,
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """Sums of the unit itself: those of its towns are ledgers of their own."""
    place = {f"{level}_id": getattr(unit, "pk", None) for level, unit in
             place_of(going.area).items()}  # fmt: skip
    rows = OccupationalScreening.objects.filter(**place).order_by("first_on", "last_on", "pk")
    for row in rows:
        word = Verbatim(row.occupation_words) if row.occupation_words else row.occupation
        yield LineOut({
            "first_on": row.first_on, "last_on": row.last_on, "occupation": word,
            "tested": row.tested, "positive": row.positive, "words": row.words,
        })  # fmt: skip


LEDGER: Final = Ledger(
    code="occupational",
    rank=46,
    title=gettext_lazy("Occupational screenings"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=ScreeningLine,
    key=lambda facts: (facts["first_on"], facts["last_on"], facts["occupation"]),
    prepare=find_place,
    out=lines_out,
    service=row_by_row(bring_in),
)
