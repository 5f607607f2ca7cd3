"""The persons of one page of Today with their risk level, in one query."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from apps.cases.models import RiskLevelRecord
from apps.cases.rules import is_stale
from apps.contacts.due_rows import LevelShown
from apps.core.prepared import Among, PreparedByScope
from apps.persons.models import Person

_WRITTEN = PreparedByScope(30)


def persons_shown(ids: Iterable[int], day: date) -> dict[int, Person]:
    """By id, each with `newest_level` for `level_of`."""
    wanted = list(ids)
    found = _WRITTEN.rows((day,), lambda: _shown(day), ids=wanted) if wanted else []
    return {person.pk: person for person in found}


def _shown(day: date) -> Any:
    newest = RiskLevelRecord.objects.filter(person_id=OuterRef("pk")).latest_on(day)
    facts = newest.values(
        facts=JSONObject(risk_level="risk_level", source="source", until="valid_until")
    )
    rows = Person.objects.filter(Among("pk")).select_related("town", "village")
    return rows.annotate(newest_level=Subquery(facts[:1])).order_by()


def level_of(person: Any, day: date) -> LevelShown:
    """As contacts.due_rows.levels_shown has it."""
    facts = person.newest_level
    if facts is None:
        return LevelShown()
    until = date.fromisoformat(facts["until"]) if facts["until"] else None
    return LevelShown(facts["risk_level"], is_stale(facts["source"], until, day))
