"""What a result cannot say, in sentences beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.contacts.given import Given
from apps.core.text import day_text
from apps.drugtests.chain import StepKind, UnfitWhy, says_nothing
from apps.drugtests.codes import Medicine, Result, Sample, Source, TestKind
from apps.drugtests.models import DrugTest, Reading, Step
from apps.law.dates import add_months
from apps.persons.codes import Sex

# Hair speaks of the months before the cut, but for the days that have not grown out yet.
HAIR_MONTHS: Final = 6
HAIR_BLIND: Final = timedelta(days=14)
# Urine speaks of days: one to three most often, a week at the most.
URINE_DAYS: Final = timedelta(days=7)


def window_of(test: DrugTest) -> tuple[date, date]:
    """First and last day of which the sample can say something."""
    if test.sample == Sample.HAIR:
        return add_months(test.day, -HAIR_MONTHS), test.day - HAIR_BLIND
    return test.day - URINE_DAYS, test.day


def cautions(
    test: DrugTest, had: Mapping[str, Step], readings: list[Reading], given: Sequence[Given] = ()
) -> list[str]:
    """Sentences for the page of a test, the most important first; `given`: what a clinic gives
    the person on the day, whether it was declared or not.
    """
    return [
        *_of_a_ledger(test), *_of_the_kind(test), *_of_medicine(test, readings, given),
        *_of_the_sample(had), *_of_seals(had), *_of_strips(test, had, readings),
        *_of_collectors(test), *_of_hair(test),
    ]  # fmt: skip


def _of_a_ledger(test: DrugTest) -> Iterator[str]:
    if test.source != Source.LEDGER:
        return
    yield _("From a ledger: this record has no chain, is never confirmed and begins nothing.")
    if test.case_id is None:
        yield _("No order was in force on this day: it stands as what happened.")


def _of_the_kind(test: DrugTest) -> Iterator[str]:
    if test.result == Result.POSITIVE and test.kind == TestKind.SCREENING:
        yield _(
            "A management screening is no finding: it says no more than that a test of the law may "
            "be asked for."
        )
    elif test.decision:
        yield _("Decided by the police: %(decision)s.") % {
            "decision": test.get_decision_display().lower()
        }
    elif test.result == Result.POSITIVE:
        yield _("A positive is to be confirmed: until it is decided nothing follows from it.")


def _of_medicine(test: DrugTest, readings: list[Reading], given: Sequence[Given]) -> Iterator[str]:
    found = [one.analyte for one in readings if one.result == Result.POSITIVE]
    yield from (one.words for one in given)
    if is_on_methadone(test, given):
        if any(one.by_methadone for one in found):
            yield _(
                "Methadone is found because the person is in methadone treatment: that is no use."
            )
        else:
            yield _(
                "The person is in methadone treatment: a strip for methadone is positive by it."
            )
    if test.medicine == Medicine.PRESCRIBED:
        yield _(
            "A prescribed medicine was declared before the sample: it can make a test positive."
        )
    for one in dict.fromkeys(found):  # once, found by strip and laboratory
        if one.other_causes:
            yield _("%(what)s can also come from: %(medicines)s.") % {
                "what": one.name, "medicines": one.other_causes,
            }  # fmt: skip


def is_on_methadone(test: DrugTest, given: Sequence[Given]) -> bool:
    """Declared before the sample, or on record as a treatment of the day."""
    declared = test.medicine == Medicine.METHADONE
    return declared or any(one.medicine == Medicine.METHADONE for one in given)


def _of_the_sample(had: Mapping[str, Step]) -> Iterator[str]:
    retest = had.get(StepKind.RETESTED)
    if retest is not None and retest.result == Result.INVALID:
        yield _(
            "The re-test gave no result: the laboratory's result of A stands as it is, to be "
            "decided with that in mind."
        )
    unfit = had.get(StepKind.UNFIT)
    if unfit is None:
        return
    if not says_nothing(had):
        yield _(
            "The B sample was unfit, so there was no re-test: the laboratory's result of A stands "
            "as it is, to be decided with that in mind."
        )
    words = {
        UnfitWhy.TOO_SHORT: _(
            "The hair was too short or too little: this is no result and no refusal."
        ),
        UnfitWhy.DILUTED: _(
            "The urine was diluted: it says nothing, and a new sample is asked for."
        ),
        UnfitWhy.SEAL_BROKEN: _("The seal was broken: what is inside is no proof of anything."),
        UnfitWhy.TOO_LITTLE: _("There was too little of it: this is no result and no refusal."),
        UnfitWhy.SPOILT: _("The sample was spoilt: this is no result."),
    }
    yield words[UnfitWhy(unfit.unfit_why)]


def _of_seals(had: Mapping[str, Step]) -> Iterator[str]:
    """On arrival a broken seal ends the way; before it is written down and said."""
    broken = [one for one in had.values() if one.seal_intact is False]
    if broken and StepKind.UNFIT not in had:
        yield _("A seal was found broken: %(step)s. Is the sample unfit?") % {
            "step": broken[0].get_kind_display()
        }


def _of_strips(test: DrugTest, had: Mapping[str, Step], readings: list[Reading]) -> Iterator[str]:
    of_the_spot = test.kind == TestKind.ON_SITE and test.result == Result.POSITIVE
    if of_the_spot and StepKind.ANALYSED not in had and not readings:
        yield _("Kit, lot and control line of the strip are not on record.")
    if any(one.control_line is False for one in readings):
        yield _("The control line was missing: the strip says nothing.")
    if any(one.kit_expires_on and one.kit_expires_on < one.day for one in readings):
        yield _("The kit was out of date: the strip says nothing.")


def _of_collectors(test: DrugTest) -> Iterator[str]:
    """Of a woman it is refused (art. 8); of a man it is said and no more."""
    sexes = {test.collector_sex, test.second_sex}
    if test.sample == Sample.URINE and test.person.sex == Sex.MALE and sexes == {Sex.FEMALE}:
        yield _("A man's urine was collected by women: a man among the collectors is usual.")


def _of_hair(test: DrugTest) -> Iterator[str]:
    if test.sample != Sample.HAIR or not test.is_taken:
        return
    first, last = window_of(test)
    yield _(
        "Hair speaks of the time from %(first)s to %(last)s; the last one or two weeks do not show."
    ) % {"first": day_text(first), "last": day_text(last)}
    began = _order_began(test.case)
    if began is not None and first < began:
        yield _(
            "This look-back overlaps the time before the order, which began on %(day)s: a positive "
            "can come from before it."
        ) % {"day": day_text(began)}


def _order_began(case: Any) -> date | None:
    order: Case | None = case
    return order.in_force_from if order is not None else None
