"""What follows from what stands of a sample: its result, and what waits until when."""

from typing import Any

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.cases.deadlines import book_of
from apps.core.days import local_day
from apps.core.saving import save_or_refuse
from apps.drugtests.chain import RESULTS, RULES, StepKind, Waiting, says_nothing, waits_for
from apps.drugtests.codes import Result, Source, TestKind, duty_of
from apps.drugtests.deadlines import waits_until
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.models.dossier import standing
from apps.law.services import on_change
from apps.schedule.outcomes import settle


def follow(test: DrugTest, dossier: Dossier, by: User) -> None:
    """What follows from the steps that stand: result and decision of the test, and what waits."""
    dossier.__dict__.pop("had", None)
    had = standing(dossier.steps.order_by("at", "pk"))
    found = result_of(had) or dossier.result_before
    now = _with_positive(test, had, dossier.result_before if _unread(had) else "")
    dossier.waits_for, since = waits_for(test, now, dossier.result_before)
    _date(dossier, test, now, since)
    decided = had.get(StepKind.DECIDED)
    said = (found, decided.answer if decided else "")
    with acting(by):
        save_or_refuse(dossier)
        if said == (test.result, test.decision):
            return
        test.result, test.decision = said
        test.version += 1
        save_or_refuse(test, update_fields=["result", "decision", "version"])
    settle([test.person_id], kind=duty_of(test.sample), since=test.day)


def _date(dossier: Dossier, test: DrugTest, had: Any, since: StepKind | None) -> None:
    """Since when it waits, and until when."""
    dossier.waits_since = dossier.waits_until = None
    if dossier.waits_for:
        dossier.waits_since = local_day(had[since].at) if since else test.day
        dossier.waits_until = waits_until(dossier, test.kind, had, book_of(test))


@on_change
def recount() -> None:
    """Another calendar or number: the last days of what waits follow it."""
    waiting = Dossier.objects.filter(waits_for__in=(Waiting.ANSWER, Waiting.DECIDE))
    for dossier in waiting.select_related("test").order_by("pk"):
        until = waits_until(dossier, dossier.test.kind, dossier.had, book_of(dossier.test))
        if until != dossier.waits_until:
            Dossier.objects.filter(pk=dossier.pk).update(waits_until=until)


def result_of(had: Any) -> str:
    """Of the latest reading; a sample that is unfit says nothing. A re-test that gave no result
    leaves what the laboratory found in A, as a B sample does that is unfit.
    """
    if says_nothing(had):
        return str(Result.INVALID)
    read = [had[kind] for kind in reversed(RESULTS) if kind in had]
    if read and read[0].kind == StepKind.RETESTED and read[0].result == Result.INVALID:
        read = read[1:]
    return str(read[0].result) if read else ""


def asks_for_more(test: DrugTest) -> bool:
    """A positive is to be told and a sample for the laboratory to be sealed, from the first day."""
    if not test.is_taken or test.source == Source.LEDGER:
        return False
    return bool(waits_for(test, _with_positive(test, {}, test.result), test.result)[0])


def recorded_of(test: DrugTest, had: Any) -> str:
    """What the record says of the sample while no step does."""
    return str(test.result) if _unread(had) else ""


def reading_of(test: DrugTest, had: Any) -> Step | None:
    """The result that was entered with the sample, as the reading of the spot that it is."""
    return _reading(test, had, recorded_of(test, had))


def with_report(test: DrugTest, had: Any) -> Any:
    """With the result of the laboratory that was entered with the sample, or when its report came:
    it is told, and objected to, without seals of our own.
    """
    report = _report(test, had, recorded_of(test, had))
    return {**had, StepKind.ANALYSED: report} if report else had


def _report(test: DrugTest, had: Any, recorded: str) -> Step | None:
    """None where our own chain has begun: then its result is the one to tell."""
    of_chain = StepKind.SEALED in had and StepKind.LAB_TOLD not in had
    of_laboratory = test.kind == TestKind.LABORATORY and test.source != Source.LEDGER
    if not recorded or not of_laboratory or of_chain:
        return None
    return Step(
        kind=StepKind.ANALYSED, at=test.occurred_at, by_name=test.collector, result=recorded
    )


def _unread(had: Any) -> bool:
    """Of an unfit B sample the record goes on saying what it said of A."""
    return not any(kind in had for kind in RESULTS) and not says_nothing(had)


def _reading(test: DrugTest, had: Any, recorded: str) -> Step | None:
    of_the_spot = test.kind in RULES[StepKind.SCREENED].of and test.source != Source.LEDGER
    if not recorded or not of_the_spot or StepKind.SEALED in had:
        return None
    return Step(
        kind=StepKind.SCREENED, at=test.occurred_at, by_name=test.collector, result=recorded
    )


def _with_positive(test: DrugTest, had: Any, recorded: str) -> Any:
    """With the reading that the record is, where it is one to be told."""
    if recorded != Result.POSITIVE:
        return had
    if StepKind.SEALED not in had and (report := _report(test, had, recorded)):
        return {**had, StepKind.ANALYSED: report}
    reading = _reading(test, had, recorded)
    return {**had, StepKind.SCREENED: reading} if reading else had
