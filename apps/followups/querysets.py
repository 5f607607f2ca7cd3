"""Questions about follow-up rounds, their lists and the tries."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Least

from apps.core.days import today
from apps.followups.codes import Reached, Way
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.followups.models import FollowUpTarget

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

    def beside(self, target: "FollowUpTarget") -> Self:
        """To reach the person in the round, on whichever of their rows: there are two where two
        files became one.
        """
        return self.filter(person=target.person_id, target__round=target.round_id)


class FollowedQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        """Those who were not taken off the list."""
        return self.filter(withdrawn_at=None)

    def to_be_reached(self, day: date) -> Self:
        """Each person of a list once: of two files that became one both rows stay. Who died by the
        end of the round, as far as the day knows, is nobody who could be reached.
        """
        from apps.followups.models import FollowUpTarget

        by_then = Least(F("round__last"), Value(day, DateField()))
        same = FollowUpTarget.objects.standing().filter(
            person=OuterRef("person_id"), round=OuterRef("round_id"), pk__lt=OuterRef("pk")
        )
        return self.standing().living_on(by_then).filter(~Exists(same))

    def in_part(self, part: str) -> Self:
        """One of PARTS, or reached in whatever way; another word is everybody."""
        if part not in (*PARTS, REACHED):
            return self
        return self.filter(_part(part))

    def counted(self) -> dict[int, dict[str, int]]:
        """How many persons are in each part, for each round; one query."""
        counts: Any = {part: Count("pk", filter=_part(part)) for part in PARTS}
        rows = (
            self.to_be_reached(today())
            .order_by()
            .values("round_id")
            .annotate(whole=Count("pk"), **counts)
        )
        return {row.pop("round_id"): row for row in rows}


def tries(**facts: Any) -> Any:
    """Those that stand of the person in the round of an outer row, see `AttemptQuerySet.beside`."""
    from apps.followups.models import FollowUpAttempt

    return FollowUpAttempt.objects.standing().filter(
        person=OuterRef("person_id"), target__round=OuterRef("round_id"), **facts
    )


def _standing(**facts: Any) -> Exists:
    return Exists(tries(**facts))


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
