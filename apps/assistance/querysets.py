"""Questions about help; what is restricted is there for nobody without the permission."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from apps.accounts.permissions import Permission
from apps.areas.units import around
from apps.assistance.codes import LEFT, RUNNING, StepKind
from apps.persons.codes import LifeStatus
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User

# So long after its day a look is still asked for.
LOOKED_FOR: Final = timedelta(days=60)


class ProgrammeQuerySet(models.QuerySet[Any]):
    def known_to(self, user: "User") -> Self:
        """Those whose help the user may know of."""
        return self if user.may(Permission.ASSISTANCE_SEALED) else self.filter(restricted=False)

    def offered_to(self, user: "User") -> Self:
        return self.known_to(user).filter(active=True)


class SealedQuerySet(PersonalQuerySet):
    """Rows with `restricted`: a copy of what the programme says."""

    def visible_to(self, user: "User") -> Self:
        return super().visible_to(user).known_to(user)

    def known_to(self, user: "User") -> Self:
        return self if user.may(Permission.ASSISTANCE_SEALED) else self.filter(restricted=False)


def _left() -> models.QuerySet[Any]:
    """Ends of the help of the row after which nobody asks."""
    from apps.assistance.models import AssistanceStep

    return AssistanceStep.objects.filter(
        assistance=OuterRef("pk"), kind=StepKind.ENDED, end_why__in=LEFT, withdrawn_at=None
    )


class AssistanceQuerySet(SealedQuerySet):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def to_be_looked_at(self, day: date) -> Self:
        """The day on which somebody looks at what came of it has come, not long ago; nobody asks
        who has died or is three years abstinent, nor after help that the person left.
        """
        due = self.filter(look_on__lte=day, look_on__gte=day - LOOKED_FOR)
        found = due.exclude(person__life_status__in=(LifeStatus.DECEASED, LifeStatus.ABSTINENT))
        return found.exclude(Exists(_left()))


class PaymentQuerySet(SealedQuerySet):
    def standing(self) -> Self:
        """Neither reversed nor a reversal."""
        return self.filter(reverses=None, reversal=None)

    def sums(self) -> dict[str, int]:
        """Person-times, members of households, fen, and how many amounts are not recorded."""
        nothing = Value(0)
        return self.order_by().aggregate(
            unknown=Count("pk", filter=UNKNOWN),
            times=Coalesce(Sum("times"), nothing),
            household=Coalesce(Sum("household"), nothing),
            fen=Coalesce(Sum("amount_fen"), nothing),
        )


# Money changed hands and nobody wrote down how much. Reversed, it counts no more.
UNKNOWN = Q(amount_fen=None, reverses=None, reversal=None) & ~Q(how__in=("service", "goods"))


class UnitQuerySet(models.QuerySet[Any]):
    """Rows of a unit, with a programme or without."""

    def visible_to(self, user: "User") -> Self:
        """Of the own area, of one above it, or of one below it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area))


class BudgetQuerySet(UnitQuerySet):
    def visible_to(self, user: "User") -> Self:
        found = super().visible_to(user)
        if user.may(Permission.ASSISTANCE_SEALED):
            return found
        return found.filter(programme__restricted=False)

    def with_spent(self) -> Self:
        """`spent` and `left`, in fen."""
        spent = Coalesce(Sum("payments__amount_fen"), Value(0))
        return self.annotate(spent=spent).annotate(left=F("amount_fen") - F("spent"))
