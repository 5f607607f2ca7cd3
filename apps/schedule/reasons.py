"""Why a line is here: its rule, what its date is counted from, the paper it rests on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from apps.cases.codes import Measure
from apps.cases.risk_levels import levels_for_duties
from apps.core.text import day_text, sentences
from apps.schedule.case_facts import facts_of
from apps.schedule.due_lines import DueLine
from apps.schedule.due_words import laid_out_words, late_words, left_words, quiet_tag_words, rhythm
from apps.schedule.duties import duties
from apps.schedule.models import DueItem
from apps.schedule.plans import PlanBook


@dataclass(frozen=True, slots=True)
class Why:
    """Why a line is here: the rule, the arithmetic of the date, the paper it rests on."""

    rule: str
    arithmetic: list[str]
    basis: str


def series_start(item: DueItem) -> date:
    """The day on which the windows of this rule began: the report, or a change of rule."""
    [facts] = facts_of([item.case_id])
    start = facts.reported_on
    before: int | None = None
    for stretch in PlanBook.load(item.kind).stretches(facts, item.opens_on):
        if stretch.rule_id != before:
            start, before = stretch.starts_on, stretch.rule_id
    return start


def why_of(line: DueLine) -> Why:
    """Rule, arithmetic and paper of a line."""
    [risk_level] = levels_for_duties([line.person.pk], line.day).values()
    return why(line, series_start(line.item), risk_level)


def why(line: DueLine, series_start: date, risk_level: str) -> Why:
    """`series_start`: the day from which the windows of the line's rule are counted; `risk_level`:
    the one that duties follow today.
    """
    item = line.item
    duty = duties()[item.kind]
    rule = str(duty.rule if item.rule.risk_level else duty.rule_of_year or duty.rule) % {
        "risk_level": laid_out_words(item.risk_level, risk_level),
        "every": rhythm(item.rule),
        "year": item.year_of_term,
    }
    if area := item.rule.area:
        rule += _(" (%(area)s, since %(day)s)") % {
            "area": area.name,
            "day": day_text(item.rule.effective_from),
        }
    arithmetic = (
        _quiet_arithmetic(line) if line.head.quiet_days else _arithmetic(line, series_start)
    )
    recovery = line.case.measure == Measure.SQKF
    basis = item.rule.basis or str(duty.basis.recovery if recovery else duty.basis.otherwise)
    return Why(rule, arithmetic, basis)


def _arithmetic(line: DueLine, start: date) -> list[str]:
    item = line.item
    begun = _("reporting") if start == line.case.reported_on else _("the change of rule")
    words = [
        _("Counted from %(begun)s on %(start)s: window %(n)s runs from %(opens)s to %(due)s.")
        % {
            "begun": begun,
            "start": day_text(start),
            "n": item.number,
            "opens": day_text(item.opens_on),
            "due": day_text(item.due_on),
        }
    ]
    now = {"today": day_text(line.day)}
    if line.days_late > 0:
        words.append(
            _("Today is %(today)s: %(late)s.") % (now | {"late": late_words(line.days_late)})
        )
    elif not line.is_open:
        words.append(
            _("Today is %(today)s: the window has not begun, the one before is done.") % now
        )
    elif line.days_late == 0:
        words.append(_("Today is %(today)s, its last day.") % now)
    else:
        words.append(
            _("Today is %(today)s: %(left)s.") % (now | {"left": left_words(-line.days_late)})
        )
    if line.missed > 1:
        missed = ngettext("%(n)s window missed", "%(n)s windows missed", line.missed)
        words.append(str(duties()[item.kind].enough) % {"missed": missed % {"n": line.missed}})
    return words


def _quiet_arithmetic(line: DueLine) -> list[str]:
    head, case = line.head, line.case
    asked = ngettext("after %(n)s day", "after %(n)s days", line.item.rule.quiet_days)
    since = head.last_on or max(case.in_force_from, case.brought_in_on or case.in_force_from)
    from_words = {
        True: _("Last sign-in on record: %(day)s."),
        False: _("No sign-in on record since %(day)s."),
    }[head.last_on is not None]
    return [
        _("Sign-ins are recorded in another system; Today asks %(after)s without one.")
        % {"after": asked % {"n": line.item.rule.quiet_days}},
        sentences(
            from_words % {"day": day_text(since)},
            _("Today is %(today)s: %(quiet)s.")
            % {"today": day_text(line.day), "quiet": quiet_tag_words(head.quiet_days)},
        ),
    ]
