"""A draw as a table that leaves: all that somebody needs to make it again with another tool."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.core.exports import Sheet
from apps.core.text import bracketed, day_text, full_day
from apps.draws.algorithm import mark
from apps.draws.codes import WHY_EXCUSED
from apps.draws.models import Draw


def sheet_of(draw: Draw, by: User, purpose: str) -> Sheet:
    """Numbers of files and no names."""
    now = timezone.localtime()
    watermark = _("Exported %(when)s by %(who)s for: %(purpose)s") % {
        "when": f"{day_text(now)} {now:%H:%M}", "who": f"{by}{bracketed(by.get_username())}",
        "purpose": purpose,
    }  # fmt: skip
    labels = [
        _("What"), _("Number of the file"), _("Times drawn in the period"),
        _("Whole period behind"), _("Mark"), _("Place in the draw"), _("Why excused"),
    ]  # fmt: skip
    return Sheet(_("Random draw"), labels, _rows(draw), watermark)


def _rows(draw: Draw) -> Iterator[list[Any]]:
    for label, value in facts_of(draw):
        yield [label, value, "", "", "", "", ""]
    places = {number: place for place, number in enumerate(draw.drawn, 1)}
    for number, times, full in draw.pool:
        drawn = places.get(number, "")
        yield [_("Pool"), number, times, full, mark(draw.seed, number), drawn, ""]
    for number, why in draw.excused:
        yield [_("Excused"), number, "", "", "", "", str(WHY_EXCUSED[why])]


def facts_of(draw: Draw) -> list[tuple[str, Any]]:
    """What the draw was made of beside the pool."""
    return [
        (_("Unit"), f"{draw.unit.name} {draw.unit.code}"),
        (_("Day"), full_day(draw.day)),
        (_("A test until"), full_day(draw.until)),
        (_("How many are drawn"), draw.wanted),
        (_("Period in days"), draw.period_days),
        (_("At least, per person and period"), draw.floor),
        (_("At most, per person and period"), draw.ceiling),
        (_("Version of the rule"), draw.algorithm),
        (_("Seed"), draw.seed),
    ]
