"""A row about a person stands where the person does: the database sees to it at the writing.

An act that was begun before a move and stored after it, or a row that was read before and saved
whole after, would carry the unit of before. Whoever writes waits for a mover at the person's row,
and then takes the place from there. After each `migrate` every model about a person has the
trigger, one of a later migration too.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from apps.persons.models import Person
from apps.persons.services.moving import models_at_the_person

TRIGGER = "place_of_person"
FUNCTION = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE place record;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.county_id, NEW.town_id, NEW.village_id, NEW.{column})
        IS NOT DISTINCT FROM (OLD.county_id, OLD.town_id, OLD.village_id, OLD.{column}) THEN
      RETURN NEW;
    END IF;
  END IF;
  SELECT county_id, town_id, village_id INTO place
    FROM {persons} WHERE id = NEW.{column} FOR KEY SHARE;
  IF FOUND THEN
    NEW.county_id := place.county_id;
    NEW.town_id := place.town_id;
    NEW.village_id := place.village_id;
  END IF;
  RETURN NEW;
END $$
"""
CREATE = """
CREATE OR REPLACE TRIGGER {trigger}
  BEFORE INSERT OR UPDATE OF county_id, town_id, village_id, {column} ON {table}
  FOR EACH ROW EXECUTE FUNCTION {function}()
"""


def placed_tables() -> dict[str, str]:
    """Tables whose rows follow a person, and the column that names the person."""
    return {
        model._meta.db_table: str(model._meta.get_field(name).column)  # type: ignore[union-attr]
        for model, name in models_at_the_person().items()
    }


def ensure_place_triggers(connection: BaseDatabaseWrapper) -> None:
    name = connection.ops.quote_name
    persons = Person._meta.db_table
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if persons not in tables:
            return
        for table, column in placed_tables().items():
            if table not in tables:
                continue
            function = name(f"{TRIGGER}_by_{column}")
            words = {"function": function, "column": name(column), "persons": name(persons)}
            words |= {"trigger": TRIGGER, "table": name(table)}
            cursor.execute(FUNCTION.format(**words))
            cursor.execute(CREATE.format(**words))


def after_migrate(*, using: str, **_signal: Any) -> None:
    from django.db import connections

    ensure_place_triggers(connections[using])
