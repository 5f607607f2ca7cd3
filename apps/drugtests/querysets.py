"""Questions about drug tests."""

from datetime import date
from typing import Any, Self

from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from apps.core.days import end_of, today
from apps.drugtests.chain import (
    DISPUTES,
    OBJECTIONS,
    ON_WAY_OF_B,
    RESULTS,
    Answer,
    StepKind,
    Waiting,
)
from apps.drugtests.codes import REFUSING, SAMPLES_OF, Result, TestOutcome
from apps.persons.querysets import PersonalQuerySet


class DrugTestQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def taken(self) -> Self:
        """A sample was taken and the test worked, whatever it showed."""
        return self.valid().filter(outcome=TestOutcome.TAKEN).exclude(result=Result.INVALID)

    def sampled(self) -> Self:
        """A sample was taken: the person was met, whatever became of the test."""
        return self.valid().filter(outcome=TestOutcome.TAKEN)

    def refused(self) -> Self:
        """Refused or evaded: an officer may record a breach."""
        return self.valid().filter(reason_not__in=REFUSING)

    def of_duty(self, duty: str) -> Self:
        """Samples that the windows of a duty ask for."""
        return self.valid().filter(sample__in=SAMPLES_OF[duty])

    def to_be_confirmed_on(self, day: date) -> Self:
        """Positive by what was read until the end of the day, and nobody had decided by then: what
        a laboratory finds later changes no figure of the day.
        """
        read = _steps(dossier__test=OuterRef("pk"), kind__in=RESULTS, at__lt=end_of(day))
        positive = Q(result=Result.POSITIVE) | Exists(read.filter(result=Result.POSITIVE))
        last = read.exclude(kind=StepKind.RETESTED, result=Result.INVALID).order_by(
            Case(*(When(kind=kind, then=-n) for n, kind in enumerate(RESULTS)))
        )
        found = Coalesce(Subquery(last.values("result")[:1]), "dossier__result_before", "result")
        unfit = _had(day, Q(kind=StepKind.UNFIT) & ~Q(bottle="B"))
        nothing = Q(unfit) & ~Q(_had(day, kind=StepKind.B_SENT))
        rows = self.sampled().filter(positive).alias(found_by=found)
        open_still = ~nothing & ~Q(_had(day, kind=StepKind.DECIDED))
        return rows.filter(open_still, found_by=Result.POSITIVE)

    def confirmed_on(self, day: date) -> Self:
        """Decided as confirmed after the whole way of the sample; no ledger says so."""
        decided = _had(day, kind=StepKind.DECIDED, answer=Answer.CONFIRMED)
        return self.taken().filter(decided)

    def disputed_on(self, day: date) -> Self:
        """`chain.is_disputed` as a question: an objection not answered, or granted and not done."""
        open_ones = Q()
        for objection, answer, end in DISPUTES:
            waits = Q(_had(day, kind=answer, answer=Answer.GRANTED))
            unfit = _had(day, kind=StepKind.UNFIT)
            if end not in ON_WAY_OF_B:
                unfit = _had(day, Q(kind=StepKind.UNFIT) & ~Q(bottle="B"))
            waits &= ~Q(_had(day, kind=end)) & ~Q(unfit)
            open_ones |= Q(_had(day, kind=objection)) & (~Q(_had(day, kind=answer)) | waits)
        # The few with an objection first: the rest of the question is asked of them alone.
        return self.valid().filter(_had(day, kind__in=OBJECTIONS)).filter(open_ones)

    def objected(self) -> Self:
        """With an objection that stands, open or settled; `objected_at` is when the last was."""
        steps = _steps(dossier__test=OuterRef("pk"), kind__in=OBJECTIONS)
        last = Subquery(steps.order_by("-at").values("at")[:1])
        return self.valid().annotate(objected_at=last).filter(Exists(steps))


class DossierQuerySet(PersonalQuerySet):
    def on_their_way(self) -> Self:
        """To be sealed, to be sent, or with a laboratory; of the living."""
        on_way = (Waiting.SEAL, Waiting.SEND, Waiting.AWAIT)
        rows = self.filter(waits_for__in=on_way, test__withdrawn_at=None)
        return rows.living_on(today())

    def stored(self) -> Self:
        """Sealed samples that are kept somewhere: stored, and not destroyed."""
        gone = _steps(dossier=OuterRef("pk"), kind=StepKind.DESTROYED)
        rows = self.filter(keep_until__isnull=False, test__withdrawn_at=None)
        return rows.filter(~Exists(gone))


def retested() -> Exists:
    """The B sample of a test went to another body."""
    return Exists(_steps(dossier__test=OuterRef("pk"), kind=StepKind.B_SENT))


def _steps(*which: Q, **facts: Any) -> Any:
    from apps.drugtests.models import Step

    return Step.objects.filter(*which, withdrawn_at=None, **facts)


def _had(day: date, *which: Q, **facts: Any) -> Exists:
    """Standing steps of the test until the end of the day."""
    rows = _steps(*which, dossier__test=OuterRef("pk"), **facts)
    return Exists(rows.filter(at__lt=end_of(day)))
