"""Rows that a correction of before left behind: found, and brought to their person.

Until there was one mover, a correction of the unit moved person and order alone. The database keeps
new rows with their person; this finds what is older, and what the history knows of units of before.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import PLACE_FIELDS, place_ids
from apps.audit.acting import acting
from apps.core.days import SHANGHAI
from apps.core.saving import save_or_refuse
from apps.persons.models import FormerUnit, Person
from apps.persons.services.moving import ONE_DAY, bring_along, is_gap, models_at_the_person

PLACE = tuple(f"{name}_id" for name in PLACE_FIELDS)
Place = dict[str, int | None]


@dataclass
class Gathered:
    """What was put right."""

    persons: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    former: int = 0


def gather_all(by: User) -> Gathered:
    """Bring every row that stands elsewhere to its person, each person in a transaction."""
    done = Gathered()
    for person_id, counts in sorted(left_behind().items()):
        with transaction.atomic(), acting(by, _("Left behind when the unit was corrected")):
            person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
            bring_along(person, by)
        done.persons += 1
        for table, count in counts.items():
            done.rows[table] = done.rows.get(table, 0) + count
    for person_id in _moved_without_former_unit():
        with transaction.atomic(), acting(by, _("Units of before, from the history")):
            done.former += _keep_former_units(person_id, by)
    return done


def left_behind() -> dict[int, dict[str, int]]:
    """By person: how many rows of which table are of another unit."""
    found: dict[int, dict[str, int]] = {}
    name = connection.ops.quote_name
    differs = " OR ".join(f"r.{column} IS DISTINCT FROM p.{column}" for column in PLACE)
    with connection.cursor() as cursor:
        for model, person in models_at_the_person().items():
            table = model._meta.db_table
            column = name(str(model._meta.get_field(person).column))  # type: ignore[union-attr]
            cursor.execute(
                f"SELECT p.id, count(*) FROM {name(table)} r "  # noqa: S608 - our own names
                f"JOIN {name(Person._meta.db_table)} p ON p.id = r.{column} "
                f"WHERE {differs} GROUP BY p.id"
            )
            for person_id, count in cursor.fetchall():
                found.setdefault(person_id, {})[table] = count
    return found


def _moved_without_former_unit() -> list[int]:
    """Persons whose history knows several units, and of whom no unit of before is kept."""
    events: Any = Person.events.rel.related_model  # type: ignore[attr-defined]
    kept = FormerUnit.objects.values("person_id")
    rows = events.objects.exclude(pgh_obj_id__in=kept).order_by("pgh_obj_id")
    places = Counter(pk for pk, *_place in rows.values_list("pgh_obj_id", *PLACE).distinct())
    return [pk for pk, count in places.items() if count > 1]


def _keep_former_units(person_id: int, by: User) -> int:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    starts_on, count = None, 0
    for place, until in _units_of_before(person):
        if starts_on is not None and until < starts_on:
            continue  # moved on within a day: it counts for the unit of the evening
        save_or_refuse(
            FormerUnit(person=person, starts_on=starts_on, ends_on=until, recorded_by=by, **place)
        )
        starts_on, count = until + ONE_DAY, count + 1
    return count


def _units_of_before(person: Person) -> Iterator[tuple[Place, date]]:
    """Each unit that the history knows, and its last day."""
    before: Place | None = None
    rows = person.events.order_by("pgh_id").values("pgh_created_at", *PLACE)  # type: ignore[attr-defined]
    for row in [*rows, {"pgh_created_at": None, **place_ids(person)}]:
        place = {column: row[column] for column in PLACE}
        moved = row["pgh_created_at"]
        if before is not None and moved and place != before and not is_gap(before, place):
            yield before, moved.astimezone(SHANGHAI).date() - ONE_DAY
        before = place
