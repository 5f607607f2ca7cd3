"""Acts on persons. Reads stay on the QuerySets."""

from apps.persons.services.assigning import (
    assign_village,
    assign_worker,
    end_assignment,
    withdraw_assignment,
)
from apps.persons.services.contacts import add_contact, withdraw_contact_agreement
from apps.persons.services.files import (
    ChangedMeanwhile,
    PersonFacts,
    change_person,
    mark_life_status,
    open_person,
)
from apps.persons.services.lookups import (
    LOOKUPS_A_DAY,
    find_by_document,
    look_up_outside,
    lookups_left,
    mark_lookup_seen,
)
from apps.persons.services.moving import move_person

__all__ = [
    "LOOKUPS_A_DAY",
    "ChangedMeanwhile",
    "PersonFacts",
    "add_contact",
    "assign_village",
    "assign_worker",
    "change_person",
    "end_assignment",
    "find_by_document",
    "look_up_outside",
    "lookups_left",
    "mark_life_status",
    "mark_lookup_seen",
    "move_person",
    "open_person",
    "withdraw_assignment",
    "withdraw_contact_agreement",
]
