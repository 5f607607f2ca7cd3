"""Questions about breaches."""

from collections import defaultdict
from typing import Self

from apps.breaches.codes import STANDING, Decision
from apps.breaches.counting import ConfirmedEvent, Counters, count
from apps.persons.querysets import PersonalQuerySet


class BreachQuerySet(PersonalQuerySet):
    def confirmed(self) -> Self:
        return self.filter(decision=Decision.CONFIRMED)

    def standing(self) -> Self:
        """Neither taken back nor decided against."""
        return self.filter(decision__in=STANDING)

    def counters(self) -> dict[int, Counters]:
        """The counters of each order that has a confirmed event among these rows."""
        events: dict[int, list[ConfirmedEvent]] = defaultdict(list)
        rows = self.confirmed().order_by().values_list("case_id", "kind", "starts_on", "ends_on")
        for case_id, kind, first, last in rows:
            events[case_id].append(ConfirmedEvent(kind, first, last))
        return {case_id: count(found) for case_id, found in events.items()}
