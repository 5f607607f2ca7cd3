"""Parts of the orders in force: by measure, and by the risk level that is assessed and holds."""

from typing import Any, Final

from django.db.models import Case as CaseWhen, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import LevelSource, Measure, RiskLevel
from apps.cases.models import RiskLevelRecord
from apps.persons.figures import Period, Rows

# Of a measure or level: all of them; without an assessment that holds on the day.
ALL, NONE = "all", "none"
LEVELS: Final = (RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW, NONE)
ROWS: Final = (*LEVELS, ALL)
COLUMNS: Final = (*Measure.values, ALL)


def kinds_of_orders() -> list[tuple[str, Any]]:
    """Every cell of the table as a part of the list of orders in force."""
    return [
        (f"{measure}-{level}", format_lazy("{} · {}", words_of(measure), words_of(level)))
        for level in ROWS for measure in COLUMNS
    ]  # fmt: skip


def words_of(code: str) -> Any:
    """How a row or column is called."""
    if code == ALL:
        return _("All")
    if code == NONE:
        return _("Without a valid assessment")
    return Measure(code).label if code in Measure.values else RiskLevel(code).label


def with_level(cases: Rows, period: Period) -> Rows:
    """Orders with `level`: the risk level that is assessed and holds on the day of the facts."""
    newest = RiskLevelRecord.objects.filter(person_id=OuterRef("person_id"))
    holds = Q(source=LevelSource.ASSESSED, valid_until__gte=period.as_at)
    said = CaseWhen(
        When(holds, then="risk_level"), default=Value(NONE), output_field=CharField()
    )  # fmt: skip
    level = newest.latest_on(period.as_at).annotate(said=said).values("said")[:1]
    return cases.annotate(level=Coalesce(Subquery(level), Value(NONE)))


def of_kind(cases: Rows, period: Period, kind: str) -> Rows:
    """The orders of one cell."""
    measure, _dash, level = kind.partition("-")
    if measure != ALL:
        cases = cases.filter(measure=measure)
    return cases if level == ALL else with_level(cases, period).filter(level=level)
