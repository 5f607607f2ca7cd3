"""Statistical codes from a file into the tree of areas; loading a file twice changes nothing."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from apps.areas.initials import initials
from apps.areas.models import CODE_LENGTHS, Area, Level
from apps.core.refusals import Refused

HAINAN = Path(__file__).parent / "data" / "areas-hainan.csv"
# A level that exists in codes only: counties directly under a province or municipality.
PSEUDO_CITIES = frozenset({"省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县"})
WRITTEN = ["name", "name_initials", "level", "parent", "is_pseudo"]
BATCH = 1000
COUNTY, FULL = 6, 12  # digits of a code


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    level: str


@dataclass
class Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


def read_areas(path: Path, province: str = "") -> list[AreaRow]:
    """The rows of a file `code,name,level,parent_code`, those of one province if it is named."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            AreaRow(line["code"].strip(), line["name"].strip(), line["level"].strip())
            for line in csv.DictReader(file)
            if line["code"].startswith(province)
        ]
    for row in rows:
        if CODE_LENGTHS.get(len(row.code)) != row.level or not row.code.isdigit():
            raise Refused(
                _("%(code)s is no code of the level %(level)s.")
                % {"code": row.code, "level": row.level}
            )
    if not rows:
        raise Refused(_("The file names no area of %(province)s.") % {"province": province})
    return rows


@transaction.atomic
def store_areas(
    rows: Iterable[AreaRow], progress: Callable[[int], object] = lambda done: None
) -> Counts:
    """Add and rename, level by level. A retired unit stays retired."""
    counts = Counts()
    by_level: dict[str, list[AreaRow]] = {}
    for row in rows:
        by_level.setdefault(row.level, []).append(row)
    for level in CODE_LENGTHS.values():
        _store_level(by_level.get(level, []), counts, progress)
    return counts


def _store_level(rows: list[AreaRow], counts: Counts, progress: Callable[[int], object]) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        parents = _parent_ids(batch)
        stored = Area.objects.in_bulk([row.code for row in batch], field_name="code")
        written = []
        for row in batch:
            area = _area_of(row, parents)
            if (before := stored.get(row.code)) is None:
                counts.new += 1
            elif _same(before, area):
                counts.unchanged += 1
                continue
            else:
                counts.changed += 1
            written.append(area)
        Area.objects.bulk_create(
            written, update_conflicts=True, unique_fields=["code"], update_fields=WRITTEN
        )
        progress(len(batch))


def _area_of(row: AreaRow, parents: dict[str, int]) -> Area:
    above = parent_code(row.code)
    if above and above not in parents:
        raise Refused(
            _("%(code)s %(name)s has no unit above it: load %(parent)s first.")
            % {"code": row.code, "name": row.name, "parent": above}
        )
    return Area(
        code=row.code,
        name=row.name,
        name_initials=initials(row.name),
        level=row.level,
        parent_id=parents.get(above),
        is_pseudo=row.level == Level.CITY and row.name in PSEUDO_CITIES,
    )


def _parent_ids(rows: list[AreaRow]) -> dict[str, int]:
    codes = {parent_code(row.code) for row in rows} - {""}
    return dict(Area.objects.filter(code__in=codes).values_list("code", "pk"))


def parent_code(code: str) -> str:
    """A code begins with its parent's code."""
    lengths = list(CODE_LENGTHS)
    place = lengths.index(len(code))
    return code[: lengths[place - 1]] if place else ""


def bare_code(code: str, level: str | None = "") -> str:
    """The code without the zeros that some lists fill it up with: 469002000000 is a county. Where
    the line names its level, that says how many are left: 460400 is a city and a county.
    """
    if len(code) not in (COUNTY, FULL) or not code.isdigit():
        return code
    named = [length for length, own in CODE_LENGTHS.items() if own == level]
    usual = list(CODE_LENGTHS) if len(code) == FULL else [COUNTY]
    return next((code[:length] for length in named or usual if not code[length:].strip("0")), code)


def _same(before: Area, after: Area) -> bool:
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("name", "name_initials", "level", "parent_id", "is_pseudo")
    )
