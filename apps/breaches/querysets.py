"""Questions about breaches."""

from collections import defaultdict
from datetime import date
from typing import Self

from django.db.models.functions import Coalesce

from apps.breaches.codes import STANDING, Decision
from apps.breaches.counting import ConfirmedEvent, Counters, count, limits_on
from apps.cases.models import Case
from apps.law.current import load_rulebook
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

    def full_on(self, day: date) -> list[int]:
        """Orders of which a counter of art. 20 is full, by the numbers of their area."""
        counters, book = self.counters(), load_rulebook()
        codes = dict(
            Case.objects.filter(pk__in=counters)
            .annotate(code=Coalesce("village__code", "town__code", "county__code"))
            .values_list("pk", "code")
        )
        return [
            case_id
            for case_id, found in counters.items()
            if found.reach(limits_on(book, day, codes[case_id]))
        ]
