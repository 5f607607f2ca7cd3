"""What is due when: reports that a unit owes, and those that the units below owe to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.models import Area
from apps.core.days import today
from apps.periodic.codes import Answer
from apps.periodic.models import PeriodicReport, ReportRule
from apps.periodic.rules import Days, period_around, period_before, period_text

# So many periods back the units below stand in the calendar.
BACK: Final = 3
# So far back a unit is reminded of what it did not send.
OWED_BACK: Final = 12
WORDS: Final = {
    "missing": _("Not made yet"),
    "frozen": _("Frozen, not sent"),
    "sent": _("Sent, not answered"),
    "received": pgettext_lazy("report", "Accepted"),
    "sent_back": _("Sent back"),
}
KINDS: Final = {
    "missing": "inf", "frozen": "soon", "sent": "soon", "received": "done", "sent_back": "late",
}  # fmt: skip
# What still is somebody's turn below.
OPEN: Final = ("missing", "frozen", "sent_back")


@dataclass(frozen=True)
class Due:
    """One report of one unit: until when, and how far it is."""

    rule: ReportRule
    unit: Area
    days: Days
    report: PeriodicReport | None

    @property
    def due_on(self) -> date:
        return self.days[1] + timedelta(days=self.rule.due_days)

    @property
    def words(self) -> str:
        return period_text(self.rule.every, *self.days)

    @property
    def state(self) -> str:
        if self.report is None:
            return "missing"
        sending = getattr(self.report, "sending", None)
        if sending is None:
            return "frozen"
        return "sent" if sending.answer == Answer.WAITING else str(sending.answer)

    @property
    def state_words(self) -> str | Promise:
        return WORDS[self.state]

    @property
    def is_late(self) -> bool:
        return self.state in OPEN and today() > self.due_on

    @property
    def kind(self) -> str:
        """How the tag of the state looks."""
        return "late" if self.is_late else KINDS[self.state]

    @property
    def url(self) -> str:
        """The report, or the page that makes it."""
        if self.report is not None:
            return reverse("periodic:report", args=[self.report.public_id])
        asked = {"every": self.rule.every, "day": self.days[0].isoformat(), "area": self.unit.code}
        return f"{reverse('periodic:preview')}?{urlencode(asked)}"


@dataclass(frozen=True)
class Asked:
    """One period of one rule, with all units that owe it."""

    rule: ReportRule
    days: Days
    rows: list[Due]

    @property
    def words(self) -> str:
        return period_text(self.rule.every, *self.days)

    @property
    def due_on(self) -> date:
        return self.days[1] + timedelta(days=self.rule.due_days)

    @property
    def open(self) -> list[Due]:
        """Whose turn it is."""
        return [row for row in self.rows if row.state in OPEN]

    @property
    def waiting(self) -> list[Due]:
        """To be answered here."""
        return [row for row in self.rows if row.state == "sent"]

    @property
    def accepted(self) -> int:
        return sum(row.state == "received" for row in self.rows)


def owed_by(unit: Area) -> list[Due]:
    """What the unit itself owes, to those above or by its own rule, the next to be due first."""
    rules = _rules(unit.lineage).filter(level=unit.level)
    found = [(rule, unit, days) for rule in rules for days in periods_of(rule, OWED_BACK)]
    rows = [row for row in _with_reports(found) if row.state != "received"]
    return sorted(rows, key=lambda row: (row.due_on, row.rule.every))


def owed_to(unit: Area) -> list[Asked]:
    """What the units below owe to this one, the newest period first."""
    asked = []
    for rule in _rules(unit.scope_ids).exclude(level=unit.level):
        units = list(Area.objects.under(unit).active().at(rule.level).order_by("code"))
        for days in periods_of(rule):
            rows = _with_reports([(rule, one, days) for one in units])
            asked.append(Asked(rule, days, rows))
    return sorted(asked, key=lambda one: (one.days[1], one.rule.every), reverse=True)


def periods_of(rule: ReportRule, back: int = BACK) -> list[Days]:
    """Its last periods that are over, the newest first, while it was asked for."""
    found: list[Days] = []
    days = period_before(rule.every, today())
    first = period_around(rule.every, rule.first_day)[0]
    while len(found) < back and days[0] >= first:
        if rule.ended_on is None or days[1] < rule.ended_on:
            found.append(days)
        days = period_before(rule.every, days[0])
    return found


def _rules(areas: Iterable[int]) -> Any:
    return ReportRule.objects.asked_by(areas).select_related("area").order_by("pk")


def _with_reports(found: list[tuple[ReportRule, Area, Days]]) -> list[Due]:
    """Each with its newest report; one query for all."""
    firsts, lasts = {days[0] for *_, days in found}, {days[1] for *_, days in found}
    rows = PeriodicReport.objects.newest().filter(first__in=firsts, last__in=lasts)
    rows = rows.select_related("sending", "county", "town", "village")
    known = {(row.unit.pk, row.every, row.first, row.last): row for row in rows.order_by("pk")}
    return [
        Due(rule, unit, days, known.get((unit.pk, rule.every, *days))) for rule, unit, days in found
    ]
