"""What two files say, side by side, and what stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.areas.fields import full_name
from apps.core.choosing import NOTHING
from apps.core.refusals import Refused
from apps.core.text import iso_day, mask_identity, mask_phone
from apps.persons.models import Person

KEPT, MERGED = "kept", "merged"
# Columns that only mean something together; the first one gives the name.
GROUPS: Final[tuple[tuple[str, ...], ...]] = (
    ("name",),
    ("document_number", "document_kind"),
    ("sex",),
    ("born_on",),
    ("ethnicity",),
    ("phone",),
    ("call_note",),
    ("residence_area", "residence_address"),
    ("registration_area", "registration_address"),
    ("household",),
    ("marital",),
    ("education",),
    ("employment",),
    ("on_allowance",),
    ("substance",),
    ("life_status", "life_status_since"),
)
# An empty one says something: neither dead nor abroad.
SAYS_WITHOUT: Final = frozenset({"life_status"})
NOTE_LENGTH: Final = 120


@dataclass(frozen=True)
class MergedFact:
    """A fact of both files. `stays`: kept, merged, both (notes beside one another) or "" where
    somebody has to choose.
    """

    name: str
    label: str
    kept: str
    merged: str
    stays: str

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(KEPT, self.kept or NOTHING[1]), (MERGED, self.merged or NOTHING[1])]


def facts_of(kept: Person, merged: Person) -> list[MergedFact]:
    return [_fact(group, kept, merged) for group in GROUPS]


def what_stays(kept: Person, merged: Person, chosen: Mapping[str, str]) -> dict[str, Any]:
    """New values of the kept file; refused while something that differs is not chosen."""
    changes: dict[str, Any] = {}
    for group, fact in zip(GROUPS, facts_of(kept, merged), strict=True):
        source = fact.stays or chosen.get(fact.name, "")
        if source not in (KEPT, MERGED, "both"):
            raise Refused(_("Choose what stays: %(what)s.") % {"what": fact.label}, field=fact.name)
        if source == MERGED:
            changes |= {name: getattr(merged, name) for name in group}
        elif source == "both":
            changes["call_note"] = _both_notes(kept, merged)
    return {name: value for name, value in changes.items() if getattr(kept, name) != value}


def _fact(group: tuple[str, ...], kept: Person, merged: Person) -> MergedFact:
    name = group[0]
    column: Any = Person._meta.get_field(name)
    label = capfirst(str(column.verbose_name))
    return MergedFact(
        name, label, _words(kept, group), _words(merged, group), _stays(group, kept, merged)
    )


def _stays(group: tuple[str, ...], kept: Person, merged: Person) -> str:
    ours, theirs = (_values(person, group) for person in (kept, merged))
    if ours == theirs or (group[0] not in SAYS_WITHOUT and _empty(theirs)):
        return KEPT
    if group[0] not in SAYS_WITHOUT and _empty(ours):
        return MERGED
    if group[0] == "call_note" and len(_both_notes(kept, merged)) <= NOTE_LENGTH:
        return "both"  # what somebody asked not to be done holds, whichever file says so
    return ""


def _values(person: Person, group: tuple[str, ...]) -> list[Any]:
    return [getattr(person, name) for name in group]


def _empty(values: list[Any]) -> bool:
    return values[0] in (None, "") and (len(values) == 1 or not values[-1] or values[-1] == "none")


def _both_notes(kept: Person, merged: Person) -> str:
    return f"{kept.call_note}；{merged.call_note}"


def _words(person: Person, group: tuple[str, ...]) -> str:
    return " ".join(filter(None, (_word(person, name) for name in reversed(group))))


def _word(person: Person, name: str) -> str:
    value, field = getattr(person, name), Person._meta.get_field(name)
    match name:
        case "document_number":
            return mask_identity(value)
        case "phone":
            return mask_phone(value)
        case "born_on" | "life_status_since":
            return iso_day(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Model):
        return full_name(value)  # type: ignore[arg-type]
    return str(dict(getattr(field, "flatchoices", ()) or ()).get(value, value or ""))
