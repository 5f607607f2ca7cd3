"""Questions about breaches."""

from collections import defaultdict
from datetime import date
from typing import Self

from apps.breaches.codes import STANDING, BreachDecision, BreachKind
from apps.breaches.counting import ConfirmedEvent, Counters, Span, count, limits_on
from apps.cases.deadlines import Books
from apps.cases.models import Case, Suspension
from apps.law.current import load_rulebook
from apps.persons.querysets import PersonalQuerySet


def _held(case_ids: list[int]) -> dict[int, list[Span]]:
    """Days in detention of orders in which somebody has left without report."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Suspension.objects.valid().filter(case_id__in=case_ids).order_by("starts_on")
    for case_id, first, last in rows.values_list("case_id", "starts_on", "ended_on"):
        found[case_id].append((first, last or date.max))
    return found


class BreachQuerySet(PersonalQuerySet):
    def confirmed(self) -> Self:
        return self.filter(decision=BreachDecision.CONFIRMED)

    def standing(self) -> Self:
        """Neither taken back nor decided against."""
        return self.filter(decision__in=STANDING)

    def counters(self) -> dict[int, Counters]:
        """The counters of each order that has a confirmed event among these rows."""
        events: dict[int, list[ConfirmedEvent]] = defaultdict(list)
        rows = self.confirmed().order_by().values_list("case_id", "kind", "starts_on", "ends_on")
        for case_id, kind, first, last in rows:
            events[case_id].append(ConfirmedEvent(kind, first, last))
        held = _held(
            [pk for pk, found in events.items() if any(e.kind == BreachKind.LEFT for e in found)]
        )
        return {case_id: count(found, held[case_id]) for case_id, found in events.items()}

    def full_on(self, day: date) -> list[int]:
        """Orders of which a counter of art. 20 is full, by the numbers of their area."""
        counters = self.counters()
        places = Case.objects.only("county_id", "town_id", "village_id")
        cases = list(places.filter(pk__in=counters).order_by("pk"))
        books = Books(load_rulebook(), cases)
        return [
            case.pk for case in cases if counters[case.pk].reach(limits_on(books.of(case), day))
        ]
