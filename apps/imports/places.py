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
OF_COMMUNITIES: Final = (
    "社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区",
)  # fmt: skip
SUFFIX = re.compile(f"(?:{'|'.join(OF_COMMUNITIES + OF_VILLAGES)})$")
COUNTY_SUFFIX = re.compile(r"[市县区]$")
PROVINCE = re.compile(r"^[^省市县区镇]{2,8}(?:省|自治区)")


@dataclass(frozen=True)
class Found:
    """The deepest unit that the words name, and what they say beyond it."""

    area: Area
    rest: str


class Places:
    """Matches names within one area; without one, within the county that the file names most."""

    def __init__(self, area: Area | None) -> None:
        self.area = area
        self._settled: Area | None = None

    @cached_property
    def counties(self) -> list[Area]:
        """The counties to choose from, their parents loaded."""
        counties = Area.objects.shown().active().at(Level.COUNTY)
        code = self.area.code if self.area else ""
        return list(counties.filter(code__startswith=code[:6]))

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
        bare = PROVINCE.sub("", text.replace(" ", ""))
        return max(
            (c.name for c in self.counties if bare.startswith(c.name)), key=len, default=None
        )

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
            return Found(self._towns[town], rest)
        return Found(villages[village], rest.removeprefix(village))

    def _below_county(self, county: Area, text: str) -> str:
        if text.startswith(county.name):
            return text.removeprefix(county.name)
        short = COUNTY_SUFFIX.sub("", county.name)
        follows = text.removeprefix(short)
        return follows if _longest(follows, self._towns) else text

    @cached_property
    def _below(self) -> list[Area]:
        if self.county is None:
            return []
        below = list(Area.objects.under(self.county).active().order_by("code"))
        known = {area.pk: area for area in below}
        for area in below:
            if area.parent_id in known:
                area.parent = known[area.parent_id]
        return below

    @cached_property
    def _towns(self) -> dict[str, Area]:
        return {area.name: area for area in self._below if area.level == Level.TOWN}

    @cached_property
    def _villages(self) -> defaultdict[int, dict[str, Area]]:
        """For each town, every form under which one of its villages may be written."""
        villages: defaultdict[int, list[Area]] = defaultdict(list)
        for area in self._below:
            if area.level == Level.VILLAGE and area.parent_id:
                villages[area.parent_id].append(area)
        return defaultdict(dict, {town: forms_of(below) for town, below in villages.items()})


def _longest(text: str, names: Mapping[str, Area]) -> str | None:
    return max((name for name in names if text.startswith(name)), key=len, default=None)


def forms_of(villages: list[Area]) -> dict[str, Area]:
    """Names and their other forms; a form that two villages share stands for neither."""
    exact = {village.name: village for village in villages}
    own: defaultdict[str, set[Area]] = defaultdict(set)
    other: defaultdict[str, set[Area]] = defaultdict(set)
    for village in villages:
        stem = SUFFIX.sub("", village.name)
        kinds = (OF_VILLAGES, OF_COMMUNITIES)
        mine, theirs = kinds if village.name.endswith(OF_VILLAGES) else kinds[::-1]
        for suffix in mine:
            own[stem + suffix].add(village)
        for suffix in (*theirs, ""):
            if len(stem + suffix) > 1:
                other[stem + suffix].add(village)
    return _single(other) | _single(own) | exact


def _single(forms: Mapping[str, set[Area]]) -> dict[str, Area]:
    return {form: next(iter(found)) for form, found in forms.items() if len(found) == 1}
