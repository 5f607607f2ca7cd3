"""The register on its way out: a line for each order, or for a person whom no order binds."""

from collections.abc import Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from apps.areas.models import Area
from apps.cases.codes import LevelSource, Measure
from apps.cases.models import Case
from apps.imports.bringing.orders import FULL_TERM, on_file, term_of
from apps.ledgers.cells import as_text
from apps.ledgers.leaving import CHUNK, Going, LineOut
from apps.ledgers.places import UnitPlaces
from apps.persons import identity
from apps.persons.codes import DocumentKind, LifeStatus
from apps.persons.models import Assignment, Person

PLAIN: Final = ("sex", "ethnicity", "education", "marital", "substance", "employment")
OF_CASE: Final = ("decided_on", "received_on", "reported_on", "agreement_on", "paper_end_on")
WITHOUT_ORDER: Final = (LifeStatus.FOLLOW_UP, LifeStatus.ABSTINENT)


class WrittenUnits:
    """Units as a line writes them, each asked once, and what the way in would read."""

    def __init__(self, area: Area) -> None:
        self.places = UnitPlaces(area)
        self._names: dict[int, str] = {}

    def name(self, unit: Area) -> str:
        """From the county down."""
        if unit.pk not in self._names:
            path = [one.name for one in unit.path() if len(one.code) >= len("469002")]
            self._names[unit.pk] = "".join(path)
        return self._names[unit.pk]


def lines_out(going: Going) -> Iterator[LineOut]:
    """What no line can say, so that the same file would be found by it, is counted as unsaid."""
    units = WrittenUnits(going.area)
    persons = going.rows(Person).select_related(
        "county", "town", "village", "registration_area", "residence_area"
    )
    persons = persons.prefetch_related(
        Prefetch("cases", Case.objects.order_by("pk")),
        Prefetch(
            "assignments",
            Assignment.objects.current_on(going.day).filter(kind="responsible")
            .select_related("worker").order_by("pk"),
        ),
        "risk_levels",
    )  # fmt: skip
    for person in persons.order_by("sort_key", "pk").iterator(chunk_size=CHUNK):
        if not _number_is_whole(person):
            going.unsaid += 1
            continue
        about = _about(person, units)
        orders = list(_orders(person, going))
        yield from (going.line_of(person, **about, **order) for order in orders)


def _number_is_whole(person: Person) -> bool:
    number = person.document_number
    try:
        if person.document_kind == DocumentKind.RESIDENT:
            return identity.check_resident(number).number == number
        return identity.check_other_document(number) == number
    except ValidationError:
        return False


def _about(person: Person, units: WrittenUnits) -> dict[str, Any]:
    """A cell that would be read as something else stays empty: an empty cell states nothing."""
    facts: dict[str, Any] = {name: getattr(person, name) for name in PLAIN}
    facts["document_kind"] = person.document_kind
    facts["on_allowance"] = {True: "yes", False: "no"}.get(person.on_allowance)  # type: ignore[arg-type]
    if person.document_kind == DocumentKind.RESIDENT:
        facts["sex"] = identity.sex_of(person.document_number)
        if person.sex and person.sex != facts["sex"]:
            facts["sex"] = ""
    facts["phone"] = _phone(person.phone)
    for name in ("registration", "residence"):
        unit, rest = getattr(person, f"{name}_area"), getattr(person, f"{name}_address")
        facts[name] = _address(unit, rest, units)
    unit = person.village or person.town or person.county
    facts["place"] = units.name(unit)
    if (found := units.places.find(facts["place"])) is None or found.area.pk != unit.pk:
        facts["place"] = ""
    if (level := _level(person)) is not None:
        facts["risk_level"] = level
    facts["worker"] = next((one.worker.username for one in person.assignments.all()), "")
    return facts


def _phone(phone: str) -> str:
    try:
        return phone if phone and identity.check_phone(phone) == phone else ""
    except ValidationError:
        return ""


def _address(unit: Area | None, rest: str, units: WrittenUnits) -> str:
    text = as_text((units.name(unit) if unit else "") + rest)
    found = units.places.find(text)
    same = (found.area.pk, found.rest) if found else (None, text)
    return text if same == (unit.pk if unit else None, rest) else ""


def _level(person: Person) -> str | None:
    records = sorted(person.risk_levels.all(), key=lambda record: (record.from_on, record.pk))
    if not records:
        return None
    assessed = [record for record in records if record.source == LevelSource.ASSESSED]
    return str((assessed or records)[-1].risk_level)


def _orders(person: Person, going: Going) -> Iterator[dict[str, Any]]:
    cases, keys = list(person.cases.all()), set()
    for case in cases:
        facts = _order(case)
        key = facts["decision_number"] or facts["decided_on"] or ""
        if facts["measure"] is None or key in keys or on_file(cases, facts) is not case:
            going.unsaid += 1
            continue
        keys.add(key)
        yield facts
    if not cases and person.life_status in WITHOUT_ORDER:
        yield {"measure": person.life_status}
    elif not cases:
        going.unsaid += 1


def _order(case: Case) -> dict[str, Any]:
    """A term that does not follow from the days of the line is not told by its end."""
    facts: dict[str, Any] = {name: getattr(case, name) for name in OF_CASE}
    number = case.decision_number
    facts |= {"measure": case.measure, "starts_on": case.in_force_from,
              "decision_number": number if as_text(number) == number else ""}  # fmt: skip
    if case.measure == Measure.SQJD and case.term_months != FULL_TERM:
        facts["measure"] = None
    elif term_of(facts) not in (None, case.term_months):
        facts["paper_end_on"] = None
    return facts
