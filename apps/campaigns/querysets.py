"""Questions about campaigns and their lists."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, Greatest, Least, RowNumber, TruncDate
from django.utils import timezone

from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.units import around, within
from apps.campaigns.codes import Asks, Stands
from apps.cases.models import Suspension
from apps.core.days import SHANGHAI, start_of, today
from apps.drugtests.codes import Reason, TestOutcome
from apps.drugtests.models import DrugTest
from apps.persons.querysets import PersonalQuerySet, dead_by

if TYPE_CHECKING:
    from apps.accounts.models import User

# A test that was withdrawn is none.
TAKEN = Q(test__isnull=False, test__withdrawn_at=None)
# Neither taken nor excused: who holds a slot holds it still.
OPEN = ~TAKEN & Q(excused_at=None)
# Parts that a row can be in; "left" holds those without a slot, too.
LEFT = (Stands.LEFT, Stands.NO_SLOT)
PARTS: Final = {
    "taken": (Stands.TAKEN,), "not_taken": (Stands.NOT_TAKEN,), "excused": (Stands.EXCUSED,),
    "left": LEFT, "no_slot": (Stands.NO_SLOT,), "no_duty": (Stands.NO_DUTY,),
}  # fmt: skip
# Of two rows of one person the first of these counts.
FURTHEST: Final = (
    Stands.TAKEN, Stands.NOT_TAKEN, Stands.EXCUSED, Stands.LEFT, Stands.NO_SLOT, Stands.NO_DUTY,
)  # fmt: skip
NOBODY: Final = {"whole": 0, **dict.fromkeys(PARTS, 0)}


def asked_on(day: str) -> Q:
    """The person lives, and the order of the row is in force and does not rest; a consent has no
    days. `day` names a column or an annotation.
    """
    held = Suspension.objects.covering(OuterRef(day)).filter(case_id=OuterRef("case_id"))
    goes_on = Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=F(day))
    runs = Q(case__in_force_from__lte=F(day)) & goes_on & ~Exists(held)
    return (Q(case=None) | runs) & ~dead_by(F(day))


def attempts() -> Any:
    """What is recorded of the row instead of a sample: refused, no kit. A second call for a later
    day asks anew.
    """
    since = Coalesce(OuterRef("second_call_on"), OuterRef("campaign__first"))
    return DrugTest.objects.valid().filter(
        outcome=TestOutcome.NOT_TAKEN, why=Reason.CAMPAIGN, person_id=OuterRef("person_id"),
        sample=OuterRef("campaign__sample"), kind=OuterRef("campaign__kind"),
        day__gte=since, day__lte=OuterRef("campaign__last"),
    )  # fmt: skip


class CampaignQuerySet(UnitQuerySet):
    def of_day(self, day: date) -> Self:
        """Open, with a list of persons, and between their two days."""
        rows = self.filter(first__lte=day, last__gte=day, closed_at=None, asks=Asks.PERSONS)
        return rows.order_by("first", "pk")


class OfCampaignQuerySet(models.QuerySet[Any]):
    """Rows that are seen with their campaign."""

    path = "campaign__area"

    def visible_to(self, user: "User") -> Self:
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area, self.path))


class SiteQuerySet(OfCampaignQuerySet):
    def run_by(self, user: "User") -> Self:
        """Of a campaign that is run by the user, or in the own unit."""
        rows = self.visible_to(user)
        return rows.filter(within(user.area, self.path) | within(user.area)) if user.area else rows


class CountQuerySet(OfCampaignQuerySet):
    pass


class SlotQuerySet(OfCampaignQuerySet):
    path = "site__campaign__area"

    def with_free(self) -> Self:
        """`held`: places that are taken; who is excused frees the own."""
        return self.annotate(held=Count("targets", filter=Q(targets__excused_at=None)))

    def with_room(self) -> Self:
        """Of those that stand and have not begun."""
        return self.ahead().with_free().filter(held__lt=F("places"))

    def ahead(self) -> Self:
        return self.standing().filter(begins__gt=timezone.now())

    def standing(self) -> Self:
        return self.filter(called_off_at=None)

    def in_order(self) -> Self:
        """By time, and beside each other the rooms by name."""
        return self.select_related("site__area").order_by("begins", "site__name", "pk")


class TargetQuerySet(PersonalQuerySet):
    def with_standing(self) -> Self:
        """`stands`: the part each row is in, as of today within the days of the campaign, and of
        the day on which it was closed. `tried_why`: why no sample could be taken.
        """
        closed_on = TruncDate("campaign__closed_at", tzinfo=SHANGHAI)
        begun = Greatest(Value(today()), F("campaign__first"))
        why = attempts().order_by("-occurred_at", "-pk").values("reason_not")[:1]
        rows = self.alias(asked_day=Least(begun, F("campaign__last"), closed_on))
        return rows.annotate(tried_why=Subquery(why)).annotate(
            stands=Case(
                When(TAKEN, then=Value(Stands.TAKEN.value)),
                When(excused_at__isnull=False, then=Value(Stands.EXCUSED.value)),
                When(tried_why__isnull=False, then=Value(Stands.NOT_TAKEN.value)),
                When(~asked_on("asked_day"), then=Value(Stands.NO_DUTY.value)),
                When(slot=None, second_call_on=None, then=Value(Stands.NO_SLOT.value)),
                default=Value(Stands.LEFT.value),
                output_field=models.CharField(),
            )
        )

    def counted_for(self, user: "User") -> Self:
        """Rows that the reader sees, and of campaigns that the reader runs all of them, wherever
        the files are now: for numbers, never for names.
        """
        from apps.campaigns.models import Campaign

        seen = self.visible_to(user)
        if user.own_caseload_only:
            return seen
        run = Campaign.objects.run_by(user)
        return self.filter(Q(pk__in=seen.values("pk")) | Q(campaign__in=run.values("pk")))

    def once(self) -> Self:
        """Each person of a list by one row: of two files that became one both rows stay, and the
        one that is furthest says where the person stands.
        """
        from apps.campaigns.models import CampaignTarget

        same = CampaignTarget.objects.filter(
            person=OuterRef("person_id"), campaign=OuterRef("campaign_id")
        )
        twice = Exists(same.exclude(pk=OuterRef("pk")))
        rank = Case(
            *(When(stands=stands, then=Value(n)) for n, stands in enumerate(FURTHEST)),
            output_field=models.IntegerField(),
        )
        place = Window(
            RowNumber(), partition_by=[F("campaign_id"), F("person_id")], order_by=[rank, F("pk")]
        )
        rows = self.filter(twice).with_standing().order_by().alias(place=place)
        return self.filter(~twice | Q(pk__in=rows.filter(place=1).values("pk")))

    def in_part(self, part: str) -> Self:
        """Persons in one of PARTS; another word is everybody."""
        rows = self.once().with_standing()
        return rows.filter(stands__in=PARTS[part]) if part in PARTS else rows

    def asked(self) -> Self:
        """Taken or to be taken."""
        return self.once().with_standing().filter(stands__in=(Stands.TAKEN, *LEFT))

    def to_come(self) -> Self:
        """Whose slot lies ahead, in an open campaign and on a day of the duty."""
        return self.expected_from(timezone.now())

    def expected_from(self, moment: datetime) -> Self:
        """The same of slots that begin then or later."""
        found = self.filter(OPEN, slot__begins__gte=moment, campaign__closed_at=None)
        found = found.first_of_person(moment)
        return found.filter(~Exists(attempts()), asked_on("slot__begins__date"))

    def first_of_person(self, moment: datetime) -> Self:
        """Of two files that became one a campaign expects one: nobody of whom a row is taken or
        excused, and else whose slot comes first; a second call without a slot is the last.
        """
        from apps.campaigns.models import CampaignTarget

        same = CampaignTarget.objects.filter(
            person=OuterRef("person_id"), campaign=OuterRef("campaign_id")
        ).exclude(pk=OuterRef("pk"))
        ahead, begins = Q(slot__begins__gte=moment), OuterRef("slot__begins")
        sooner = Q(slot__begins__lt=begins) | Q(slot__begins=begins, pk__lt=OuterRef("pk"))
        called = Q(slot=None, second_call_on__isnull=False, pk__lt=OuterRef("pk"))
        alone = Q(slot__isnull=False) | ~Exists(same.filter(OPEN, ahead | called))
        return self.filter(
            alone,
            ~Exists(same.filter(TAKEN | Q(excused_at__isnull=False))),
            ~Exists(same.filter(OPEN, ahead & sooner)),
        )

    def awaited_from(self, day: date) -> Self:
        """Those of a slot of the day or later, or of a second call where there is no slot."""
        of_slot = Q(slot__begins__gte=start_of(day)) & asked_on("slot__begins__date")
        of_call = Q(slot=None, second_call_on__gte=day) & asked_on("second_call_on")
        found = self.filter(OPEN, of_slot | of_call, campaign__closed_at=None)
        found = found.first_of_person(start_of(day))
        return found.filter(~Exists(attempts()))

    def counted(self) -> dict[int, dict[str, int]]:
        """How many persons are in each part, for each campaign on its own; one query. Never
        summed.
        """
        found: dict[int, dict[str, int]] = {}
        rows = self.once().with_standing().order_by().values("campaign_id", "stands")
        for row in rows.annotate(n=Count("pk")):
            counts = found.setdefault(row["campaign_id"], dict(NOBODY))
            counts["whole"] += row["n"]
            for part, kinds in PARTS.items():
                counts[part] += row["n"] if row["stands"] in kinds else 0
        return found
