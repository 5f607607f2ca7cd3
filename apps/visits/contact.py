"""The last contact with a person: one rule for file, lists, sorting, figures and lost contact.

Somebody met or spoke to the person, took a sample, or found the person; an attempt is none. Each
subject says in its `record.py` which of its rows are a contact.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from apps.core.records import Contacts, every


def contacts() -> list[tuple[Any, str]]:
    """Rows that are a contact, and the column of its day."""
    return [(one.rows(), one.on) for one in every(Contacts)]


def last_contact(person: str, **bounds: Any) -> Any:
    """The day of the last contact as an expression; `person`: the column of the outer query that
    names the person, `bounds`: look-ups of the day, such as `lte`.
    """
    newest = []
    for rows, on in contacts():
        within = {f"{on}__{bound}": day for bound, day in bounds.items()}
        known = rows.filter(person_id=OuterRef(person), **{f"{on}__isnull": False}, **within)
        newest.append(Subquery(known.order_by(f"-{on}").values(on)[:1]))
    return Greatest(*newest)


def had_contact(person: str, **bounds: Any) -> Q:
    """Whether there was a contact within the bounds."""
    found = Q()
    for rows, on in contacts():
        within = {f"{on}__{bound}": day for bound, day in bounds.items()}
        found |= Q(Exists(rows.filter(person_id=OuterRef(person), **within)))
    return found


def quiet_since() -> Any:
    """Of a flag of lost contact: the last contact before it, as the entries are today."""
    before = last_contact("person_id", lt=OuterRef("set_on"))
    return Coalesce(Greatest("case__in_force_from", before), "since_on")
