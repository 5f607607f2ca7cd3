"""Due items in words: the rule, how late, and why a line is here."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from apps.cases.codes import RiskLevel
from apps.core.text import day_text
from apps.schedule.due_lines import HIDDEN, LATE, TODAY, DueLine
from apps.schedule.models import PlanRule
from apps.schedule.rules import Every

# Amber begins so many days before the last one.
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with its kind of <c-tag>, and an icon where it is not the kind's own."""

    kind: str
    words: str
    icon: str = ""


def every_words(every: Every) -> str:
    """ "every day", "every 2 weeks"."""
    once = {"d": _("every day"), "w": _("every week"), "m": _("every month")}
    more = {"d": _("every %(n)s days"), "w": _("every %(n)s weeks"), "m": _("every %(n)s months")}
    return once[every.unit] if every.count == 1 else more[every.unit] % {"n": every.count}


def rhythm(rule: PlanRule) -> str:
    return every_words(Every(rule.every_count, rule.every_unit))


def level_words(risk_level: str) -> str:
    """The risk level that duties follow, as part of a sentence."""
    names = {
        RiskLevel.HIGH.value: _("high risk"),
        RiskLevel.MEDIUM.value: _("medium risk"),
        RiskLevel.LOW.value: _("low risk"),
    }
    return names.get(risk_level, "")


def laid_out_words(then: str, now: str) -> str:
    """The risk level under which a window was laid out. It keeps it to its last day, whatever
    follows: where duties follow another risk level today both are named.
    """
    if then == now:
        return level_words(then)
    return _("laid out under %(then)s (today: %(now)s)") % {
        "then": level_words(then),
        "now": level_words(now),
    }


def rule_words(line: DueLine, risk_level: str) -> str:
    """ "Year 2, medium risk, every 2 weeks"; a quiet line says how long nothing has come.

    `risk_level`: the one that duties follow today.
    """
    item = line.item
    if line.head.quiet_days:
        return quiet_words(line.head.last_on)
    every = rhythm(item.rule)
    if line.missed > 1:
        missed = ngettext("%(n)s window missed", "%(n)s windows missed", line.missed)
        facts = {
            "risk_level": laid_out_words(item.risk_level, risk_level),
            "every": every,
            "missed": missed % {"n": line.missed},
        }
        return _("%(risk_level)s, %(every)s; %(missed)s") % facts
    return _("Year %(year)s, %(risk_level)s, %(every)s") % {
        "year": item.year_of_term,
        "risk_level": laid_out_words(item.risk_level, risk_level),
        "every": every,
    }


def quiet_words(last_on: date | None) -> str:
    if last_on is None:
        return _("Signs in elsewhere; none on record")
    return _("Signs in elsewhere; last on record %(day)s") % {"day": day_text(last_on)}


def late_words(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def left_words(days: int) -> str:
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


def quiet_tag_words(days: int) -> str:
    return ngettext("no sign-in for %(n)s day", "no sign-in for %(n)s days", days) % {"n": days}


def tag_of(line: DueLine) -> Tag:
    """Red only for what is overdue, amber only for what is due soon; a word always."""
    if line.head.quiet_days and line.state != HIDDEN:
        return Tag("soon", quiet_tag_words(line.head.quiet_days))
    if line.state == HIDDEN:
        return Tag("na", _("again on %(day)s") % {"day": day_text(line.item.retry_on)})
    if line.state == LATE:
        return Tag("late", late_words(line.days_late))
    if not line.is_open:
        opens = _("opens %(day)s") % {"day": day_text(line.head.opens_on)}
        return Tag("na", opens, "calendar-event")
    if line.state == TODAY:
        return Tag("soon", _("Today"))
    kind = "soon" if -line.days_late <= SOON_DAYS else "na"
    return Tag(kind, left_words(-line.days_late), "" if kind == "soon" else "calendar-event")
