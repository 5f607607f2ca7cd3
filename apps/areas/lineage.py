"""What the database keeps on each unit: to which units it belongs today, and its former names."""

from typing import Any, Final

import pgtrigger
from django.contrib.postgres.fields import ArrayField


class KeptArray(ArrayField):  # type: ignore[type-arg]
    """A column that a trigger fills; a new row comes back with it."""

    db_returning = True

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs


# A merged unit belongs to its successor, any other to what lies above it.
_LINEAGE: Final = """
SELECT lineage INTO above FROM areas_area
 WHERE id = COALESCE(NEW.merged_into_id, NEW.parent_id);
IF NEW.id = ANY(above) THEN
  RAISE EXCEPTION 'area % would lie below itself', NEW.code USING ERRCODE = 'check_violation';
END IF;
NEW.lineage := COALESCE(above, '{}') || NEW.id;
RETURN NEW;
"""
_BELOW: Final = """
UPDATE areas_area SET lineage = '{}'
 WHERE parent_id = NEW.id AND merged_into_id IS NULL OR merged_into_id = NEW.id;
RETURN NULL;
"""
_NAMES: Final = """
NEW.former_names := array_append(
  array_remove(array_remove(NEW.former_names, NEW.name), OLD.name), OLD.name);
RETURN NEW;
"""
KEPT_BY_TRIGGERS: Final = [
    pgtrigger.Trigger(
        name="lineage",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("above", "bigint[]")],
        func=_LINEAGE,
    ),
    pgtrigger.Trigger(
        name="lineage_below",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__lineage__df=pgtrigger.F("new__lineage")),
        func=_BELOW,
    ),
    pgtrigger.Trigger(
        name="former_names",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__name__df=pgtrigger.F("new__name")),
        func=_NAMES,
    ),
]
