"""Which form a report has: the office's own, or the standard one; and how its words are filled."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from apps.areas.models import Area
from apps.documents.paper_text import PLACEHOLDER
from apps.periodic.codes import OPENING, TITLES
from apps.periodic.models import ReportTemplate
from apps.reports.indicators import BY_KIND, INDICATORS, LISTS, expanded

# Words of the report itself; every figure has its code for a name.
FACTS: Final[dict[str, str | Promise]] = {
    "unit": gettext_lazy("Unit"),
    "period": gettext_lazy("Period"),
}
LINES: Final = re.compile(r"\n+")


@dataclass(frozen=True)
class ReportForm:
    """`source`: whose form it is; None for the standard."""

    title: str
    opening: str
    closing: str
    codes: tuple[str, ...]
    columns: tuple[str, ...]
    source: Area | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that it counts."""
        return tuple(dict.fromkeys((*expanded(self.codes), *self.columns)))


def form_for(unit: Area, every: str) -> ReportForm:
    """The form of the nearest unit above that has one of its own."""
    row: ReportTemplate | None = ReportTemplate.objects.for_unit(unit, every)
    if row is None:
        return standard(every)
    return ReportForm(
        row.title, row.opening, row.closing, known(row.codes), known(row.columns), row.area
    )


def standard(every: str) -> ReportForm:
    """All figures, and help by kind; unit by unit those of the dashboard."""
    columns = sorted((one for one in LISTS if one.column), key=lambda one: one.column)
    return ReportForm(
        str(TITLES[every]), str(OPENING), "", (*INDICATORS, BY_KIND),
        tuple(one.indicator.code for one in columns),
    )  # fmt: skip


def known(codes: list[str]) -> tuple[str, ...]:
    """Without figures that the product no longer has."""
    return tuple(code for code in codes if code in INDICATORS or code == BY_KIND)


def placeholders() -> dict[str, str | Promise]:
    """What the words of a form may name."""
    return FACTS | {code: one.title for code, one in INDICATORS.items()}


def unknown_in(text: str) -> list[str]:
    """Names between braces that mean nothing."""
    return sorted(set(PLACEHOLDER.findall(text)) - set(placeholders()))


def named_in(text: str) -> set[str]:
    """Figures that a text names."""
    return set(PLACEHOLDER.findall(text)) & set(INDICATORS)


def filled(text: str, facts: Mapping[str, str], figure: Callable[[str], str]) -> list[str]:
    """The paragraphs of a text; `figure` says a number as the reader may see it."""

    def word(found: re.Match[str]) -> str:
        name = found[1]
        return facts[name] if name in facts else figure(name)

    return [PLACEHOLDER.sub(word, line.strip()) for line in LINES.split(text) if line.strip()]
