"""Numbers that an authority may set: which, what the law says, and which holds on a day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Parameter(models.TextChoices):
    REPORT_DAYS = "report_days", _("Days to report after receipt")
    REMIND_FIRST = "remind_first", _("First reminder, days after receipt")
    REMIND_SECOND = "remind_second", _("Second reminder, days after receipt")
    EXTENDS = "extends", _("Last day off moves on: 0 never, 1 holidays, 2 weekends too")
    AGREEMENT_DAYS = "agreement_days", _("Days to the agreement after the report")
    LEAVE_DAYS = "leave_days", _("Days away from which a written report is needed")
    LEAVE_APPROVAL = "leave_approval", _("Leave is approved: 0 no, 1 yes")
    BREACH_TESTS = "breach_tests", _("Tests refused or evaded that are serious")
    BREACH_LEAVES = "breach_leaves", _("Leaves without report that are serious")
    BREACH_DAYS = "breach_days", _("Days away without report that are serious when exceeded")
    TRANSFER_DAYS = "transfer_days", _("Days to report after a change of place")
    RELEASE_DAYS = "release_days", _("Days within which the police notify the township")
    OBJECTION_DAYS = "objection_days", _("Days to object to a test after its result is told")
    ANSWER_DAYS = "answer_days", _("Days to answer an objection to a test")
    SAMPLE_MONTHS = "sample_months", _("Months that a sealed sample is kept")
    EXPORT_PERSONS = (
        "export_persons",
        _("Persons in an export above which a second person approves: 0 never"),
    )


# Value and basis where no row says otherwise (docs/law.md, 4).
DEFAULTS: Final[dict[str, tuple[int, str]]] = {
    Parameter.REPORT_DAYS: (15, "戒毒条例14、38"),
    Parameter.REMIND_FIRST: (10, "戒毒条例14"),
    Parameter.REMIND_SECOND: (13, "戒毒条例14"),
    Parameter.EXTENDS: (1, "民法典203"),
    Parameter.AGREEMENT_DAYS: (3, "戒毒条例16"),
    Parameter.LEAVE_DAYS: (3, "戒毒条例19"),
    Parameter.LEAVE_APPROVAL: (0, "戒毒条例19"),
    Parameter.BREACH_TESTS: (3, "戒毒条例20"),
    Parameter.BREACH_LEAVES: (3, "戒毒条例20"),
    Parameter.BREACH_DAYS: (30, "戒毒条例20"),
    Parameter.TRANSFER_DAYS: (15, "戒毒条例22"),
    Parameter.RELEASE_DAYS: (7, "戒毒条例23、40"),
    Parameter.OBJECTION_DAYS: (3, "吸毒检测程序规定10、13"),
    Parameter.ANSWER_DAYS: (3, "吸毒检测程序规定10、13"),
    Parameter.SAMPLE_MONTHS: (6, "吸毒检测程序规定8"),
    Parameter.EXPORT_PERSONS: (0, "个人信息保护法51"),
}


def by_law(name: str) -> int:
    """The number where no authority has set another."""
    return DEFAULTS[name][0]


@dataclass(frozen=True, slots=True)
class Setting:
    """A number from a day on, for an area (an empty code: everywhere)."""

    name: str
    value: int
    since: date
    area_code: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All settings. The nearest area wins, then the latest day: a rule changed in the middle of a
    term holds for periods that begin from its day on. `place`: the codes of the units to which
    belongs where somebody stands."""

    settings: tuple[Setting, ...] = ()
    place: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether it matters where somebody stands."""
        return any(setting.area_code for setting in self.settings)

    def near(self, place: tuple[str, ...]) -> "Rulebook":
        """The same book, read at that place."""
        return replace(self, place=place)

    def value(self, name: str, day: date) -> int:
        """The number at the place on the day."""
        nearest = self.setting(name, day)
        return nearest.value if nearest else by_law(name)

    def setting(self, name: str, day: date) -> Setting | None:
        """What was set for the place and the day; nothing where the law alone speaks."""
        fitting = [
            s
            for s in self.settings
            if s.name == name and s.since <= day and s.area_code in ("", *self.place)
        ]
        return max(fitting, key=lambda s: (len(s.area_code), s.since), default=None)

    def holds(self, name: str, day: date) -> bool:
        """A switch that is on."""
        return self.value(name, day) == 1
