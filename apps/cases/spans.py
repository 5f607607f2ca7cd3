"""Where spans of days come from that change the state of a running order.

Apps above register theirs when they are loaded: `register_spans(CaseState.TRANSFERRING, source)`.
A source gives a QuerySet with `case_id` and the annotations `first` and `last`: both days are
included, an open span has no last day.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from apps.cases.rules import Span

Source = Callable[[], QuerySet[Any, Any]]
_sources: dict[str, list[Source]] = {}


def register_spans(state: str, source: Source) -> None:
    """Rows of this source put their order into the state, on the days that they cover."""
    if source not in (known := _sources.setdefault(str(state), [])):
        known.append(source)


def covering(state: str, day: Any, case: Any) -> Iterator[QuerySet[Any, Any]]:
    """Spans of a state over a day (or an expression) and a case."""
    for source in _sources.get(str(state), []):
        spans = source().filter(case_id=case, first__lte=day)
        yield spans.filter(Q(last=None) | Q(last__gte=day)).order_by()


def spans_of(case_ids: Iterable[int]) -> dict[int, list[Span]]:
    """All spans of some cases; a query for each source."""
    ids = list(case_ids)
    found: dict[int, list[Span]] = {pk: [] for pk in ids}
    for state, sources in _sources.items():
        for source in sources:
            rows = source().filter(case_id__in=ids).order_by("pk")
            for case_id, first, last in rows.values_list("case_id", "first", "last"):
                found[case_id].append(Span(state, first, last))
    return found
