"""Questions about follow-up rounds, their lists and the tries."""

from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Count, Exists, OuterRef, Q

from apps.followups.codes import Reached, Way
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    pass

IN_PERSON, BY_PHONE, DECLINED = "in_person", "phone", "declined"
NOT_REACHED, LEFT, REACHED = "not_reached", "left", "reached"
# Each person of a list is in exactly one.
PARTS: Final = (IN_PERSON, BY_PHONE, DECLINED, NOT_REACHED, LEFT)


class AttemptQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def spoken_to(self) -> Self:
        """Somebody met or spoke to the person."""
        return self.standing().exclude(outcome=Reached.NOT_REACHED)


class FollowedQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        """Those who were not taken off the list."""
        return self.filter(withdrawn_at=None)

    def in_part(self, part: str) -> Self:
        """One of PARTS, or reached in whatever way; another word is everybody."""
        if part not in (*PARTS, REACHED):
            return self
        return self.filter(_part(part))

    def counted(self) -> dict[int, dict[str, int]]:
        """How many are in each part, for each round; one query."""
        counts: Any = {part: Count("pk", filter=_part(part)) for part in PARTS}
        rows = self.order_by().values("round_id").annotate(whole=Count("pk"), **counts)
        return {row.pop("round_id"): row for row in rows}


def _standing(**facts: Any) -> Exists:
    from apps.followups.models import FollowUpAttempt

    return Exists(FollowUpAttempt.objects.standing().filter(target=OuterRef("pk"), **facts))


def _part(part: str) -> Q:
    """In person before by phone, reached before declined, declined before not reached."""
    met = Q(_standing(outcome=Reached.REACHED, way=Way.IN_PERSON))
    rung = Q(_standing(outcome=Reached.REACHED, way=Way.PHONE))
    wants_none = Q(_standing(outcome=Reached.DECLINED))
    tried = Q(_standing())
    return {
        IN_PERSON: met,
        BY_PHONE: rung & ~met,
        REACHED: Q(_standing(outcome=Reached.REACHED)),
        DECLINED: wants_none & ~Q(_standing(outcome=Reached.REACHED)),
        NOT_REACHED: tried & ~Q(_standing(outcome__in=(Reached.REACHED, Reached.DECLINED))),
        LEFT: ~tried,
    }[part]
