"""What the stream of a person tells of assessments, flags and summaries."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.assessments.codes import EventKind, FlagKind, Standing
from apps.assessments.models import Assessment, HalfYearSummary, HelpFlag, LifeEvent
from apps.cases.codes import RiskLevel
from apps.core.text import iso_day
from apps.core.timeline import Chip, Happening, Happenings, Line, joined


def _assessment(row: Happening) -> Iterator[Line]:
    risk_level = RiskLevel(row.what).label
    standing = Standing(row.word)
    tag = None if standing == Standing.IN_FORCE else ("na", str(standing.label))
    yield "d1", _("Assessed: %(risk_level)s") % {"risk_level": risk_level}, "", tag
    yield (
        "d2",
        _("Notified of the risk level %(risk_level)s and why") % {"risk_level": risk_level},
        "",
        None,
    )
    yield "d3", _("Objects to the risk level %(risk_level)s") % {"risk_level": risk_level}, "", None


def _life(row: Happening) -> Iterator[Line]:
    yield "d1", str(EventKind(row.what).label), joined([row.said, _("to be looked at again")]), None


def _flag(row: Happening) -> Iterator[Line]:
    kind = {"kind": FlagKind(row.what).label}
    yield "d1", _("Help flag: %(kind)s") % kind, row.said, None
    yield "d2", _("Help flag ended: %(kind)s") % kind, "", None


def _summary(row: Happening) -> Iterator[Line]:
    tag = ("na", _("Withdrawn")) if row.gone else None
    words = joined([f"{iso_day(row.d2)} – {iso_day(row.d3)}", row.no])
    yield "d1", _("Half-year summary"), words, tag


PARTS: Final = (
    Chip("summary", gettext_lazy("Half-year summaries"), 40),
    Chip("life", gettext_lazy("Life and help flags"), 90),
    Happenings(
        src="assessment", model=Assessment, rank=106, chip="risk_level", icon="scale",
        tell=_assessment, what="risk_level", word="standing",
        days=("assessed_on", "told_on", "objected_on"), moments=("recorded_at",),
    ),
    Happenings(
        src="life", model=LifeEvent, rank=109, chip="life", icon="info-circle", tell=_life,
        what="kind", days=("happened_on",), moments=("recorded_at",), said="words",
    ),
    Happenings(
        src="flag", model=HelpFlag, rank=110, chip="life", icon="heart-handshake", tell=_flag,
        what="kind", days=("since", "ended_on"), moments=("recorded_at",), said="words",
    ),
    Happenings(
        src="summary", model=HalfYearSummary, rank=114, chip="summary", icon="clipboard-text",
        url_name="assessments:summary", tell=_summary, no="recorded_by__name",
        days=("told_on", "first", "last"), gone="withdrawn_at", moments=("recorded_at",),
    ),
)  # fmt: skip
