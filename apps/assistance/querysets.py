"""Questions about help; what is restricted is there for nobody without the permission."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from apps.accounts.permissions import Permission
from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.models import Area, Level
from apps.areas.units import over, within
from apps.assistance.codes import LEFT, LOOKS, RUNNING, Kind, State, StepKind
from apps.cases.asked import LOOKED_FOR, still_asked
from apps.persons.querysets import Day, PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class ProgrammeQuerySet(models.QuerySet[Any]):
    def known_to(self, user: "User") -> Self:
        """Those whose help the user may know of."""
        return self if user.may(Permission.ASSISTANCE_SEALED) else self.filter(restricted=False)

    def offered_to(self, user: "User") -> Self:
        return self.known_to(user).filter(active=True)

    def advised(self) -> Self:
        """Those of which a clerk is told something before one is chosen."""
        return self.exclude(advice_zh="", advice_en="").order_by("code")


def of_told_kind(kind: str, column: str = "kind") -> models.Q:
    """Restricted help is medical aid to a filter, too."""
    own = models.Q(**{column: kind}, restricted=False)
    return own | models.Q(restricted=True) if kind == Kind.MEDICAL else own


class SealedQuerySet(PersonalQuerySet):
    """Rows with `restricted`: a copy of what the programme says."""

    def visible_to(self, user: "User") -> Self:
        return super().visible_to(user).known_to(user)

    def known_to(self, user: "User") -> Self:
        return self if user.may(Permission.ASSISTANCE_SEALED) else self.filter(restricted=False)


class LookQuerySet(SealedQuerySet):
    def standing(self) -> Self:
        """Not withdrawn, and at something that was received: not after help that was a mistake, nor
        after a delivery that was reversed since.
        """
        return self._after("assistance__delivered_on")

    def standing_on(self, day: date) -> Self:
        """As they stood on the evening of the day, for figures: a delivery that was reversed later
        stood. What was a mistake, and a look that was withdrawn, is gone everywhere.
        """
        from apps.assistance.models import Payment

        paid = Payment.objects.standing_on(day).filter(assistance=OuterRef("assistance"))
        first = paid.order_by("paid_on").values("paid_on")[:1]
        rows = self.alias(came_on=Subquery(first)).exclude(assistance__state=State.MISTAKE)
        return rows._after("came_on")

    def _after(self, delivered_on: str) -> Self:
        """Not withdrawn, and so long after this day as each says."""
        fits = Q()
        for after in LOOKS:
            came = Cast(F(delivered_on) + timedelta(days=after), DateField())
            fits |= Q(after=after, looked_on__gte=came)
        return self.filter(fits, withdrawn_at=None)


def _left() -> models.QuerySet[Any]:
    """Ends of the help of the row after which nobody asks."""
    from apps.assistance.models import AssistanceStep

    return AssistanceStep.objects.filter(
        assistance=OuterRef("pk"), kind=StepKind.ENDED, end_why__in=LEFT, withdrawn_at=None
    )


def _asked_on(day: date) -> Any:
    """On which day the last look that is not made has come. A day and an interval are a moment for
    the database.
    """
    came = [
        When(
            delivered_on__lte=day - timedelta(days=after), look_after__lte=after,
            then=Cast(F("delivered_on") + timedelta(days=after), DateField()),
        )
        for after in reversed(LOOKS)
    ]  # fmt: skip
    return Case(*came, output_field=DateField())


class AssistanceQuerySet(SealedQuerySet):
    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def to_be_looked_at(self, day: date) -> Self:
        """With `asked_on`: of the looks whose day has come the last one asks, for a while; one that
        was missed does not silence those after it, and a later look answers an earlier one. It is
        asked while an order is in force, and not after help that the person left.
        """
        open_for = LOOKED_FOR + timedelta(days=LOOKS[-1] - LOOKS[0])
        due = self.filter(look_on__lte=day, look_on__gte=day - open_for)
        due = due.annotate(asked_on=_asked_on(day)).filter(asked_on__gte=day - LOOKED_FOR)
        return due.filter(still_asked(day)).exclude(Exists(_left()))


# Kept where the office is, or the unit into which that was merged.
_OF_OFFICE: Final = (
    Q(town_id=F("office_id"))
    | Q(town_id=F("office__merged_into_id"))
    | Q(county_id=F("office_id"))
    | Q(county_id=F("office__merged_into_id"))
)


class PaymentQuerySet(SealedQuerySet):
    def in_area_on(self, area: Area, day: Day, moved: Collection[int]) -> Self:
        """By the office in whose ledger they stand: what was paid does not move with a person."""
        if area.level != Level.VILLAGE:
            return self.filter(within(area, "office"))
        return super().in_area_on(area, day, moved).filter(over(area, "office"))

    def unit_on(self, column: str, day: Day, moved: Collection[int]) -> Any:
        """The county or town of the office; a village where the office is the one above it."""
        number = models.BigIntegerField()
        if column == "village_id":
            village = super().unit_on(column, day, moved)
            return Case(When(_OF_OFFICE, then=village), default=None, output_field=number)
        itself = When(office__level=column.removesuffix("_id"), then=F("office_id"))
        above = Coalesce("office__merged_into__parent_id", "office__parent_id")
        default = above if column == "county_id" else None
        return Case(itself, default=default, output_field=number)

    def of_ledgers_of(self, user: "User") -> Self:
        """What stands in a ledger that the user keeps, wherever the persons are now: who booked it
        reverses it, and nobody else.
        """
        if not user.is_active or user.area is None or not user.may(Permission.ASSISTANCE_LEDGER):
            return self.none()
        return self.known_to(user).filter(within(user.area.today, "office"))

    def of_persons_elsewhere(self, user: "User") -> Self:
        """Of the ledgers of the user, those whose person belongs to another unit now."""
        seen = self.model._default_manager.visible_to(user).filter(pk=OuterRef("pk"))
        return self.of_ledgers_of(user).filter(~Exists(seen))

    def standing(self) -> Self:
        """Neither reversed nor a reversal."""
        return self.filter(reverses=None, reversal=None)

    def standing_on(self, day: date) -> Self:
        """As the ledger stood on the evening of the day: what was reversed later still stands."""
        return self.filter(standing_on(day))

    def sums(self) -> dict[str, int]:
        """Person-times, members of households, fen, and how many amounts are not recorded."""
        nothing = Value(0)
        return self.order_by().aggregate(
            unknown=Count("pk", filter=UNKNOWN),
            times=Coalesce(Sum("times"), nothing),
            household=Coalesce(Sum("household"), nothing),
            fen=Coalesce(Sum("amount_fen"), nothing),
        )


def standing_on(day: date) -> Q:
    """A payment that no reversal with a day up to this one takes back. A reversal counts on its own
    day: what stands in a period that is over does not change with it.
    """
    return Q(reverses=None) & (Q(reversal=None) | Q(reversal__paid_on__gt=day))


def left_over(first: date, last: date) -> Q:
    """Of rows with a day between these: payments that stand on the last of them, and reversals of
    what was paid before the first. The others are pairs that come to nothing.
    """
    return standing_on(last) | Q(reverses__paid_on__lt=first)


# Money changed hands and nobody wrote down how much.
_NO_AMOUNT: Final = Q(amount_fen=None) & ~Q(how__in=("service", "goods"))
# Reversed, it counts no more.
UNKNOWN: Final = _NO_AMOUNT & Q(reverses=None, reversal=None)


def unknown_on(day: date) -> Q:
    """As it was unknown on the evening of the day."""
    return _NO_AMOUNT & standing_on(day)


class BudgetQuerySet(UnitQuerySet):
    def visible_to(self, user: "User") -> Self:
        found = super().visible_to(user)
        if user.may(Permission.ASSISTANCE_SEALED):
            return found
        return found.filter(programme__restricted=False)

    def with_spent(self) -> Self:
        """`spent`, `left`, and how much of that came back after the year, in fen."""
        spent = Coalesce(Sum("payments__amount_fen"), Value(0))
        after = Q(payments__paid_on__year__gt=F("year"))
        # What came back by reversals whose day lies after the year, above zero.
        came_back = -Coalesce(Sum("payments__amount_fen", filter=after), Value(0))
        found = self.annotate(spent=spent, came_back=came_back)
        return found.annotate(left=F("amount_fen") - F("spent"))
