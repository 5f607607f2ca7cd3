"""The person, and who is responsible for the person."""

from apps.persons.models.assignment import Assignment, AssignmentKind
from apps.persons.models.contact import Contact
from apps.persons.models.former import FormerUnit
from apps.persons.models.lookup import OutsideLookup
from apps.persons.models.merge import Merge, MergedRow, NotSame
from apps.persons.models.person import Person
