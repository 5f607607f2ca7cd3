"""Plans of urine tests as the field knows them, each a handful of rules (docs/law.md, 2).

No article fixes a number: an office chooses a plan from a day on, and the windows begin anew there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure, RiskLevel
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.text import full_day
from apps.schedule.models import Half, PlanRule
from apps.schedule.rules import ONE_DAY, Every
from apps.schedule.services import lock_rules, set_plan

DUTY: Final = "test"


@dataclass(frozen=True)
class Part:
    """One rule of a plan: in which year of the term, in which half of it, for which risk level."""

    every: str
    year: int | None = None
    half: int | None = None
    risk_level: str = ""

    @property
    def key(self) -> tuple[str, int | None, int | None]:
        return self.risk_level, self.year, self.half


@dataclass(frozen=True)
class PlanTemplate:
    """`term_years`: of terms of that length alone."""

    code: str
    label: str | Promise
    measure: str
    parts: tuple[Part, ...]
    term_years: int | None = None


# High risk is tested monthly where the plan asks for less.
_HIGH: Final = RiskLevel.HIGH.value
_LATER: Final = (
    Part("2m", 2), Part("3m"), Part("1m", 2, risk_level=_HIGH), Part("1m", 3, risk_level=_HIGH),
)  # fmt: skip
TEMPLATES: Final = (
    PlanTemplate(
        "12/6/4", gettext_lazy("12/6/4: detoxification, 22 in three years"), Measure.SQJD,
        (Part("1m", 1), *_LATER),
    ),
    PlanTemplate(
        "28", gettext_lazy("28: detoxification, stricter, twice a month for six months"),
        Measure.SQJD, (Part("15d", 1, Half.FIRST), Part("1m", 1), *_LATER),
    ),
    PlanTemplate(
        "6/4/2", gettext_lazy("6/4/2: rehabilitation of three years, 12 in all"), Measure.SQKF,
        (Part("2m", 1), Part("3m", 2), Part("6m"), Part("1m", risk_level=_HIGH)),
    ),
    PlanTemplate(
        "6/6", gettext_lazy("6/6: rehabilitation of two years, 12 in all"), Measure.SQKF,
        (Part("2m", 1), Part("2m", 2), Part("1m", risk_level=_HIGH)), term_years=2,
    ),
)  # fmt: skip
BY_CODE: Final = {one.code: one for one in TEMPLATES}


@transaction.atomic
def choose_template(
    *, template: PlanTemplate, area: Area | None, from_day: date, basis: str, by: User
) -> PlanRule:
    """All rules of the plan from a day on; what the one before had beside them ends. The windows
    of one of the rules are laid out in pieces, and with them those of all: they have one duty,
    area, measure and day.
    """
    if not is_reason(basis):
        raise Refused(_("Say which paper or decision sets the plan."), field="basis")
    lock_rules(DUTY)
    refuse_others(template, area, from_day)
    ended = others(template, area, from_day)
    for rule in ended.filter(effective_from=from_day):
        _take_over(rule, template, basis)
    ended.filter(effective_from__lt=from_day).update(effective_to=from_day - ONE_DAY)
    made = [
        set_plan(by=by, in_pieces=number == 0, from_day=from_day, **facts)
        for number, facts in enumerate(rules_of(template, area, basis))
    ]
    return made[0]


def _take_over(rule: PlanRule, template: PlanTemplate, basis: str) -> None:
    """A rule of half a year that another plan set for the same day: it never held, and asks as
    this plan does in the whole of the year.
    """
    key = (rule.risk_level, rule.year_of_term, None)
    part = next((one for one in template.parts if one.key == key), None)
    if part is None:
        raise Refused(_("Another rule begins on this day: choose a later one."))
    every = Every.parse(part.every)
    rule.every_count, rule.every_unit = every.count, every.unit
    rule.basis = f"{template.code} · {basis.strip()}"
    rule.save(update_fields=["every_count", "every_unit", "basis"])


def refuse_others(template: PlanTemplate, area: Area | None, from_day: date) -> None:
    """Rules that a plan cannot stand beside, and whose place it does not take."""
    refuse_later(template, area, from_day)
    refuse_by_hand(template, area, from_day)


def refuse_later(template: PlanTemplate, area: Area | None, from_day: date) -> None:
    """Two plans would hold side by side once the later one begins."""
    later = _same_persons(template, area).filter(effective_from__gt=from_day)
    first = later.order_by("effective_from").first()
    if first is not None:
        said = _("From %(day)s other rules are set: %(basis)s. Choose a plan from that day on.")
        day, basis = full_day(first.effective_from), first.basis or first
        raise Refused(said % {"day": day, "basis": basis}, field="effective_from")


def refuse_by_hand(template: PlanTemplate, area: Area | None, from_day: date) -> None:
    """A plan takes the place of a plan of the same day, and never of a rule that somebody set."""
    rows = _same_persons(template, area).filter(effective_from=from_day)
    if any(not is_of_a_plan(rule) for rule in rows):
        raise Refused(
            _("Another rule begins on this day: choose a later one."), field="effective_from"
        )


def is_of_a_plan(rule: PlanRule) -> bool:
    """Set with all others of a plan of tests; its basis says which."""
    return rule.kind == DUTY and any(rule.basis.startswith(f"{code} · ") for code in BY_CODE)


def rules_of(template: PlanTemplate, area: Area | None, basis: str) -> Iterator[dict[str, Any]]:
    """Facts of the rules as `set_plan` takes them. Each duty says by which plan it is asked for."""
    for part in template.parts:
        yield {
            "kind": DUTY, "area": area, "measure": template.measure, "risk_level": part.risk_level,
            "year_of_term": part.year, "half_of_year": part.half,
            "term_years": template.term_years, "every": Every.parse(part.every),
            "basis": f"{template.code} · {basis.strip()}",
        }  # fmt: skip


def proposed(template: PlanTemplate, area: Area | None, from_day: date) -> list[PlanRule]:
    """The same as rows, not saved."""
    rows = []
    for facts in rules_of(template, area, ""):
        every: Every = facts.pop("every")
        rows.append(
            PlanRule(
                **facts, effective_from=from_day, every_count=every.count, every_unit=every.unit
            )
        )
    return rows


def others(template: PlanTemplate, area: Area | None, from_day: date) -> QuerySet[PlanRule]:
    """Rules for the same persons that the plan does not have: they end on the day before, and
    those that were to begin on the same day never held.
    """
    rows = _same_persons(template, area).filter(effective_from__lte=from_day)
    rows = rows.exclude(effective_to__lt=from_day)
    for risk_level, year, half in (part.key for part in template.parts):
        rows = rows.exclude(
            Q(risk_level=risk_level)
            & (Q(year_of_term=year) if year else Q(year_of_term=None))
            & (Q(half_of_year=half) if half else Q(half_of_year=None))
        )
    return rows


def _same_persons(template: PlanTemplate, area: Area | None) -> QuerySet[PlanRule]:
    return PlanRule.objects.filter(
        kind=DUTY, area=area and area.today, measure=template.measure,
        term_years=template.term_years,
    )  # fmt: skip
