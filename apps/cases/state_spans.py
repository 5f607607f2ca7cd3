"""Where spans of days come from that change the state of a running order.

Apps above register theirs when they are loaded: `register_spans(CaseState.TRANSFERRING, source)`.
A source gives a QuerySet with `case_id` and the annotations `first` and `last`: both days are
included, an open span has no last day.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

SpanSource = Callable[[], QuerySet[Any, Any]]
_sources: dict[str, list[SpanSource]] = {}


def register_spans(state: str, source: SpanSource) -> None:
    """Rows of this source put their order into the state, on the days that they cover."""
    if source not in (known := _sources.setdefault(str(state), [])):
        known.append(source)


def covering(state: str, day: Any, case: Any) -> Iterator[QuerySet[Any, Any]]:
    """Spans of a state over a day (or an expression) and a case."""
    for source in _sources.get(str(state), []):
        spans = source().filter(case_id=case, first__lte=day)
        yield spans.filter(Q(last=None) | Q(last__gte=day)).order_by()
