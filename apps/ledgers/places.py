"""Units by the names that a ledger gives them: “琼海市中原镇迈汤村委会一队” and the like."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from apps.areas.models import Area, Level

# A village is written with any of its kind's words, with the other kind's, or with none.
OF_VILLAGES: Final = ("村民委员会", "村委会", "村")
OF_COMMUNITIES: Final = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区")
SUFFIX = re.compile(f"(?:{'|'.join(OF_COMMUNITIES + OF_VILLAGES)})$")
COUNTY_SUFFIX = re.compile(r"[市县区]$")
PROVINCE = re.compile(r"^[^省市县区镇]{2,8}(?:省|自治区)")


@dataclass(frozen=True)
class Found:
    """The deepest unit that the words name, and what they say beyond it."""

    area: Area
    rest: str


class UnitPlaces:
    """Matches names within one area; without one, within the county that the file names most."""

    def __init__(self, area: Area | None) -> None:
        self.area = area
        self._settled: Area | None = None

    @cached_property
    def counties(self) -> list[Area]:
        """The counties of today to choose from."""
        return list({county.pk: county for county in self._county_names.values()}.values())

    @cached_property
    def _county_names(self) -> dict[str, Area]:
        counties = Area.objects.shown().at(Level.COUNTY).select_related("merged_into")
        if self.area:
            counties = counties.under(self.area.county or self.area)
        return names_of(list(counties.order_by("code")))

    @property
    def county(self) -> Area | None:
        """The county that names are looked up in, as soon as it is known."""
        return self.counties[0] if len(self.counties) == 1 else self._settled

    def settle_county(self, texts: Iterable[str]) -> None:
        """Choose the county that most of the texts name; nothing to choose when one is given."""
        if self.county is None:
            named = Counter(name for text in texts if (name := self._county_named_in(text)))
            most = named.most_common(1)
            self._settled = next((c for c in self.counties if most and c.name == most[0][0]), None)

    def _county_named_in(self, text: str) -> str | None:
        found = _longest(PROVINCE.sub("", text.replace(" ", "")), self._county_names)
        return self._county_names[found].name if found else None

    def find(self, text: str) -> Found | None:
        """The unit that the words begin with; None when not even the town is known."""
        county = self.county
        if county is None or not text:
            return None
        rest = self._below_county(county, PROVINCE.sub("", text.replace(" ", "")))
        town = _longest(rest, self._towns)
        if town is None:
            return None if rest else Found(county, "")
        rest = rest.removeprefix(town)
        villages = self._villages[self._towns[town].pk]
        village = _longest(rest, villages)
        if village is None:
            return Found(self._towns[town].today, rest)
        return Found(villages[village], rest.removeprefix(village))

    def _below_county(self, county: Area, text: str) -> str:
        names = [name for name, unit in self._county_names.items() if unit == county]
        for name in sorted(names, key=len, reverse=True):
            if text.startswith(name):
                return text.removeprefix(name)
        for name in names:
            follows = text.removeprefix(COUNTY_SUFFIX.sub("", name))
            if _longest(follows, self._towns):
                return follows
        return text

    @cached_property
    def _below(self) -> list[Area]:
        """Retired units too: a ledger may still write their names."""
        if self.county is None:
            return []
        below = list(Area.objects.under(self.county).order_by("code"))
        known = {area.pk: area for area in below}
        for area in below:
            area.parent = known.get(area.parent_id or 0) or area.parent
            area.merged_into = known.get(area.merged_into_id or 0)
        return below

    @cached_property
    def _towns(self) -> dict[str, Area]:
        """A retired town stands for itself here: its villages are known by its name."""
        towns = [area for area in self._below if area.level == Level.TOWN]
        former = {name: town for town in towns for name in town.former_names}
        return former | {town.name: town for town in sorted(towns, key=lambda town: town.active)}

    @cached_property
    def _villages(self) -> defaultdict[int, dict[str, Area]]:
        """For each town, every form under which one of its villages may be written."""
        villages: defaultdict[int, list[Area]] = defaultdict(list)
        for area in self._below:
            if area.level == Level.VILLAGE:
                for town in {area.parent_id or 0, area.above_id or 0}:
                    villages[town].append(area)
        return defaultdict(dict, {town: forms_of(below) for town, below in villages.items()})


def _longest(text: str, names: Mapping[str, Area]) -> str | None:
    """A beginning of the text, the longest that is a name: a county has hundreds of names, and a
    line of a ledger few signs.
    """
    return next((text[:n] for n in range(len(text), -1, -1) if text[:n] in names), None)


def names_of(units: list[Area]) -> dict[str, Area]:
    """Units of today by their names, former names and the names of units merged into them; a name
    that two of them have stands for neither.
    """
    now: defaultdict[str, set[Area]] = defaultdict(set)
    once: defaultdict[str, set[Area]] = defaultdict(set)
    for unit in units:
        (now if unit.active else once)[unit.name].add(unit.today)
        for name in unit.former_names:
            once[name].add(unit.today)
    return _single(once) | _single(now)


def forms_of(villages: list[Area]) -> dict[str, Area]:
    """Names and their other forms; a form that two villages share stands for neither."""
    names: defaultdict[str, set[Area]] = defaultdict(set)
    for village in villages:
        for name in (village.name, *village.former_names):
            names[name].add(village.today)
    own: defaultdict[str, set[Area]] = defaultdict(set)
    other: defaultdict[str, set[Area]] = defaultdict(set)
    for name, units in names.items():
        stem = SUFFIX.sub("", name)
        kinds = (OF_VILLAGES, OF_COMMUNITIES)
        mine, theirs = kinds if name.endswith(OF_VILLAGES) else kinds[::-1]
        for suffix in mine:
            own[stem + suffix] |= units
        for suffix in (*theirs, ""):
            if len(stem + suffix) > 1:
                other[stem + suffix] |= units
    return _single(other) | _single(own) | names_of(villages)


def _single(forms: Mapping[str, set[Area]]) -> dict[str, Area]:
    return {form: next(iter(found)) for form, found in forms.items() if len(found) == 1}
