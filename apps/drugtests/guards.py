"""Rules that every way to a drug test keeps (吸毒检测程序规定 arts. 4 to 8)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, DateField, Max
from django.utils.translation import gettext as _

from apps.cases.models import Case
from apps.contacts.guards import (
    CLOCK_TOLERANCE,
    LONGEST_RETRY,
    case_on,
    refuse_after_death,
    refuse_before_order,
)
from apps.core.days import SHANGHAI
from apps.core.prepared import Prepared, Slot
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.typed import fold_name
from apps.drugtests.codes import (
    EXCUSING,
    Medicine,
    NotTakenReason,
    Reason,
    Sample,
    Source,
    TestKind,
    TestOutcome,
)
from apps.drugtests.models import DrugTest, Step
from apps.persons.codes import Sex


def refuse_wrong(
    test: DrugTest, cases: Iterable[Case], now: datetime, *, on_ground: bool = False
) -> None:
    """Everything that a new record and a corrected one have to keep. `on_ground`: a legal ground or
    a written consent stands in words for the order.

    A ledger tells what happened: of a person without an order on the day, too, and without naming
    collectors or medicines. It is kept as that, and marked.
    """
    orders = list(cases)
    told = test.source == Source.LEDGER
    if test.occurred_at > now + CLOCK_TOLERANCE:
        raise Refused(
            _("The time lies in the future. A test is recorded when it was taken."),
            field="occurred_at",
        )
    refuse_after_death(test.person, test.day, "occurred_at")
    if not told and not on_ground:
        refuse_before_order(orders, test.day)
        refuse_without_order(orders, test)
    if test.why == Reason.CAUSE and not is_reason(test.cause_words):
        raise Refused(_("Write down what the cause is: facts, no suspicion."), field="cause_words")
    if not test.is_taken:
        refuse_unclear(test)
    elif not told:
        refuse_hair_screened(test)
        refuse_collectors(test)
        refuse_medicine(test)


def refuse_hair_screened(test: DrugTest) -> None:
    """Hair goes the whole way of a sample, which a management screening has not. One that stands
    as such from before keeps its other words correctable.
    """
    if test.sample == Sample.HAIR and test.kind == TestKind.SCREENING:
        there = DrugTest.objects.filter(pk=test.pk, sample=test.sample, kind=test.kind)
        if test.pk and there.filter(outcome=TestOutcome.TAKEN).exclude(source=Source.LEDGER):
            return
        raise Refused(
            _("Hair is read by a laboratory: it is no management screening."), field="kind"
        )


def refuse_second(test: DrugTest) -> None:
    """Somebody else, or another page, may have recorded it, whatever its sample and kind."""
    for first in _FIRST_OF_DAY.rows(person=test.person_id, day=test.day):
        raise _is_there(first)


def refuse_second_corrected(test: DrugTest, day: date) -> None:
    """The same of a record that is moved to another day, or on its day to another sample and kind;
    `day`: that of before.
    """
    others = _taken_on(test.person_id, test.day).exclude(pk=test.pk).select_related("recorded_by")
    if test.day == day:
        others = others.filter(sample=test.sample, kind=test.kind)
    for first in others.order_by("pk")[:1]:
        raise _is_there(first)


def _is_there(first: DrugTest) -> Refused:
    return Refused(
        _("%(who)s recorded one at %(time)s of this day. If this was another, say so below.")
        % {"who": first.recorded_by, "time": f"{first.occurred_at.astimezone(SHANGHAI):%H:%M}"},
        field="another",
    )


def refuse_with_steps(test: DrugTest) -> None:
    """What a sample is and shows stands as long as steps stand on it."""
    if Step.objects.filter(dossier__test=test, withdrawn_at=None).exists():
        raise Refused(
            _("Steps of the sample are on record: take them back first, the last one first.")
        )


def next_number(test: DrugTest) -> int:
    """Of the day, sample and kind: one more than any that stands."""
    same = _taken_on(test.person_id, test.day).filter(sample=test.sample, kind=test.kind)
    same = same.exclude(pk=test.pk)
    return int(same.aggregate(last=Max("number_of_day"))["last"] or 0) + 1


def _taken_on(person: Any, day: Any) -> Any:
    return DrugTest.objects.valid().filter(person_id=person, day=day, outcome=TestOutcome.TAKEN)


# Written once: each row of a batch asks it.
_FIRST_OF_DAY = Prepared(
    lambda: (
        _taken_on(Slot("person", BigIntegerField()), Slot("day", DateField()))
        .select_related("recorded_by")
        .order_by("pk")[:1]
    )
)


def is_on_ground(test: DrugTest) -> bool:
    """Recorded by a campaign of somebody without an order, on a ground in words."""
    return test.case_id is None and test.why == Reason.CAMPAIGN and is_reason(test.cause_words)


def refuse_without_order(cases: Iterable[Case], test: DrugTest) -> None:
    """Nobody is tested out of term; at the hand-over from an institution the order only begins."""
    orders = list(cases)
    if case_on(orders, test.day) is not None:
        return
    if test.why == Reason.HANDOVER and any(_begins(case, test.day) for case in orders):
        return
    raise Refused(
        _("No order is in force on this day: nobody is tested out of term."),
        _("Drug Rehabilitation Regulation, arts. 23 and 40"),
        field="occurred_at",
    )


def _begins(case: Case, day: date) -> bool:
    return case.in_force_from is None and case.closed_on is None


def refuse_medicine(test: DrugTest) -> None:
    """Asked before the sample; one that was declared has its name."""
    if not test.medicine:
        raise Refused(_("Say which medicines the person declared."), field="medicine")
    if test.medicine == Medicine.PRESCRIBED and not test.medicine_words.strip():
        raise Refused(_("Write down which medicine was declared."), field="medicine_words")


def refuse_collectors(test: DrugTest) -> None:
    """Art. 8: two people at least, and a woman's urine by women."""
    article = _("Rules on drug testing procedure, art. 8")
    names = (fold_name(test.collector), fold_name(test.second_collector))
    if not all(names) or names[0] == names[1]:
        raise Refused(
            _("A sample is taken by two people: enter both names."),
            article,
            field="second_collector",
        )
    sexes = {test.collector_sex, test.second_sex}
    if test.sample == Sample.URINE and test.person.sex == Sex.FEMALE and sexes != {Sex.FEMALE}:
        raise Refused(
            _("A woman's urine is collected by women only."), article, field="collector_sex"
        )


def refuse_unclear(test: DrugTest) -> None:
    """Not taken has a reason, and a next date unless the reason excuses."""
    if test.reason_not not in NotTakenReason.values:
        raise Refused(_("Say why it could not be taken."), field="reason_not")
    if test.reason_not == NotTakenReason.TOO_SHORT and test.sample != Sample.HAIR:
        raise Refused(_("Only hair can be too short."), field="reason_not")
    if test.reason_not == NotTakenReason.OTHER and not is_reason(test.note):
        raise Refused(_("Say the reason in a few words."), field="note")
    if test.is_refusal and not is_reason(test.note):
        raise Refused(_("Say in a few words what happened."), field="note")
    refuse_next(test)


def refuse_next(test: DrugTest) -> None:
    """When it is tried again; of a campaign its list says so, by a second call."""
    if test.next_on is None and (test.reason_not in EXCUSING or test.why == Reason.CAMPAIGN):
        return
    if test.next_on is None:
        raise Refused(_("Enter the day of the next try."), field="next_on")
    if test.next_on < test.day:
        raise Refused(_("The next date lies before the day of the test."), field="next_on")
    if test.next_on - test.day > LONGEST_RETRY:
        raise Refused(
            _("The next try is at most 60 days away. For a longer absence record a leave."),
            field="next_on",
        )
