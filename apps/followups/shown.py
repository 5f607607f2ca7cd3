"""What came of somebody's follow-up, and of a whole round, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from apps.core.rates import percent, value_text
from apps.followups.codes import Reached, Way
from apps.followups.models import FollowUpTarget
from apps.followups.querysets import BY_PHONE, DECLINED, IN_PERSON, LEFT, NOT_REACHED, PARTS

NOBODY = dict.fromkeys(("whole", *PARTS), 0)


def may_try(row: FollowUpTarget) -> bool:
    """The round is open and the person lived on one of its days."""
    stands = row.withdrawn_at is None and row.round.closed_at is None
    return stands and not row.person.is_dead_by(row.round.first)


def part_of(attempts: Iterable[Any]) -> str:
    """The part of the list, as the database says it (querysets.PARTS)."""
    standing = [one for one in attempts if one.withdrawn_at is None]
    ways = {one.way for one in standing if one.outcome == Reached.REACHED}
    if ways:
        return IN_PERSON if Way.IN_PERSON in ways else BY_PHONE
    if any(one.outcome == Reached.DECLINED for one in standing):
        return DECLINED
    return NOT_REACHED if standing else LEFT


def tag_of(part: str) -> tuple[str, str]:
    """Kind of tag and words."""
    return {
        IN_PERSON: ("done", _("Reached in person")),
        BY_PHONE: ("done", _("Reached by phone")),
        DECLINED: ("na", _("Wants no follow-up")),
        NOT_REACHED: ("soon", _("Not reached yet")),
        LEFT: ("inf", _("Not tried yet")),
    }[part]


def coverage_words(counts: dict[str, int]) -> str:
    """ "167 of 177 · 94.4 %"."""
    whole, reached = counts["whole"], counts[IN_PERSON] + counts[BY_PHONE]
    if not whole:
        return _("Nobody of your area")
    facts = {"done": f"{reached:,}", "n": f"{whole:,}", "rate": value_text(percent(reached, whole))}
    return _("%(done)s of %(n)s · %(rate)s") % facts
