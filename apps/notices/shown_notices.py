"""What a reader may see of each notice, asked when it is read and not when it rang."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from apps.accounts.models import User
from apps.core.text import day_text
from apps.notices.codes import LOSSES
from apps.notices.kinds import SAYS, named_by_their_pages, what_changed_since, words_of
from apps.notices.models import Notice
from apps.persons.codes import LifeStatus
from apps.persons.models import Person

ELSEWHERE: Final = _("name not shown: outside your area or caseload")
SILENT: Final = _("name not shown: nothing is asked of the person any more")
# Of whom nothing is told again: control has ended, or life.
OVER: Final = frozenset({LifeStatus.ABSTINENT, LifeStatus.DECEASED})


def dress(rows: Sequence[Notice], reader: User) -> list[Person]:
    """Give each row its words, icon, and the person where the reader may see who it is.

    Returns the persons that are shown: the access log names them.
    """
    asked = {row.about_id for row in rows if row.about_id is not None}
    seen = Person.objects.visible_to(reader).filter(pk__in=asked).in_bulk() if asked else {}
    lost = _lost(rows, reader) | _named_there(rows, seen, reader)
    changed = what_changed_since(rows)
    shown = []
    for row in rows:
        line: Any = row
        line.words, line.icon = words_of(row), SAYS[row.kind].icon
        line.since = changed.get(row.pk, "")
        person = seen.get(row.about_id or 0) or lost.get(row.pk)
        line.days, line.hidden, line.name = _days(row), _hidden(row, person), ""
        if person is not None and not line.hidden:
            line.name = person.name
            shown.append(person)
    return shown


def _lost(rows: Sequence[Notice], reader: User) -> dict[int, Person]:
    """By row: whom the reader had until then, told once by name, of the own unit alone."""
    told = {row.pk: row.about_id for row in rows if row.kind in LOSSES and row.read_at is None}
    if not told or reader.area is None or not reader.sees_cases:
        return {}
    near = Person.objects.in_area(reader.area).filter(pk__in=told.values()).in_bulk()
    return {pk: near[about] for pk, about in told.items() if about in near}


def _named_there(
    rows: Sequence[Notice], seen: dict[int, Person], reader: User
) -> dict[int, Person]:
    """By row: whose name the page that it leads to tells the reader, who does not see the file."""
    unseen = [row for row in rows if row.about_id is not None and row.about_id not in seen]
    subjects = named_by_their_pages(unseen, reader) if unseen else set()
    named = [row for row in unseen if row.subject in subjects]
    # Only whoever is shown is read: reading a person is logged.
    prefetch_related_objects(named, "about")
    return {row.pk: row.about for row in named if row.about is not None}


def _days(row: Notice) -> str:
    if row.starts_on is None:
        return gettext("until %(day)s") % {"day": day_text(row.until_on)} if row.until_on else ""
    if row.until_on is None:
        return gettext("from %(day)s") % {"day": day_text(row.starts_on)}
    if row.starts_on == row.until_on:
        return day_text(row.starts_on)
    return f"{day_text(row.starts_on)} – {day_text(row.until_on)}"


def _hidden(row: Notice, person: Person | None) -> Promise | str:
    """Why no name is shown; told once, a person of whom nothing is asked is named no more."""
    if row.about_id is None:
        return ""
    if person is None:
        return ELSEWHERE
    over = row.read_at is not None and person.life_status in OVER
    return SILENT if over else ""
