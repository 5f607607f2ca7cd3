"""What a cover has to know of each person: one line a person, on one page."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from apps.accounts.models import User
from apps.cases.models import Leave
from apps.covers.models import Cover
from apps.needs.models import Need
from apps.persons.models import Contact, Person
from apps.schedule.lines import Head, heads_on
from apps.schedule.models import DueItem, DutyKind

# What is shown of the time ahead while nobody knows the last day.
AHEAD: Final = timedelta(days=14)


@dataclass
class PersonLine:
    person: Person
    due: list[Head] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    away: Leave | None = None

    @property
    def duties(self) -> list[tuple[str, date]]:
        """What falls due, and by when."""
        return [(str(DutyKind(head.kind).label), head.due_on) for head in self.due]

    @property
    def place(self) -> str:
        units = (self.person.town, self.person.village)
        return " · ".join(unit.name for unit in units if unit)


def last_day_shown(cover: Cover, day: date) -> date:
    """Of the duties: the last day of the cover, or two weeks ahead."""
    return cover.until_on or max(cover.starts_on, day) + AHEAD


def lines_of(cover: Cover, user: User, day: date) -> list[PersonLine]:
    """Persons of the cover whom the user sees today, by village and name; six queries."""
    theirs = cover.assignments.values("person_id")
    persons = Person.objects.visible_to(user).filter(pk__in=theirs)
    found = {
        person.pk: PersonLine(person)
        for person in persons.select_related("town", "village").order_by(
            "village__code", "sort_key", "pk"
        )
    }
    until = last_day_shown(cover, day)
    items = DueItem.objects.visible_to(user).filter(case__person__in=list(found))
    for head in heads_on(items, day, until=until):
        if head.due_on <= until and head.person_id in found:
            found[head.person_id].due.append(head)
    for need in Need.objects.visible_to(user).open_on(day).filter(person__in=list(found)):
        found[need.person_id].needs.append(need)
    agreed = Contact.objects.visible_to(user).filter(person__in=list(found), withdrawn_on=None)
    for contact in agreed.order_by("pk"):
        found[contact.person_id].contacts.append(contact)
    away = Leave.objects.visible_to(user).covering(day).filter(person__in=list(found))
    for leave in away.order_by("pk"):
        found[leave.person_id].away = leave
    return list(found.values())
