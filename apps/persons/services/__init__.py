"""Acts on persons. Reads stay on the QuerySets."""

from apps.persons.services.assigning import (
    assign_village,
    assign_worker,
    end_assignment,
    withdraw_assignment,
)
from apps.persons.services.comparing import decide_not_same, take_back_not_same
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
from apps.persons.services.merging import Preview, merge_persons, preview_merge
from apps.persons.services.moving import move_person
from apps.persons.services.undoing import undo_merge
