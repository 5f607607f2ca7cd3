"""Record what happens to a sample, step by step (吸毒检测程序规定 arts. 8 to 18)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BigIntegerField, Q
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.deadlines import book_of
from apps.contacts.guards import CLOCK_TOLERANCE, lock_cases, refuse_after_death
from apps.core.days import local_day, today
from apps.core.differing import Pairs
from apps.core.fields import uuid7
from apps.core.once import once
from apps.core.prepared import Prepared, Slot
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day
from apps.core.typed import fold_name
from apps.drugtests.chain import (
    BY_TWO,
    ON_REPORT,
    RESULTS,
    RULES,
    SENDINGS,
    TELLINGS,
    WITH_PERSON,
    Answer,
    StepKind,
    ToldHow,
    misses_laboratory,
    unfit_whys,
    why_not,
    why_not_back,
    wrong_bottle,
)
from apps.drugtests.codes import Result, Source, TestKind
from apps.drugtests.deadlines import kept_until, objection_until
from apps.drugtests.following import (
    asks_for_more,
    follow,
    reading_of,
    recorded_of,
    result_of,
    with_report,
)
from apps.drugtests.models import Dossier, DrugTest, Step
from apps.drugtests.models.dossier import last_number
from apps.drugtests.numbers import read_number, seal_number
from apps.drugtests.readings import Read, readings_of, summed
from apps.notices.codes import NoticeKind
from apps.notices.services import ring

SEALS: Final = {"a_seal": gettext_lazy("Seal of A"), "b_seal": gettext_lazy("Seal of B")}


def _sent_words(given: dict[str, Any]) -> Pairs:
    """Of what is kept beside the step: seals and readings."""
    seals = [(str(label), given[name]) for name, label in SEALS.items() if given[name]]
    return [*seals, *((str(one.analyte), str(Result(one.result).label)) for one in given["read"])]


def _stored_words(step: Step) -> Pairs:
    dossier = step.dossier
    seals = [(str(label), getattr(dossier, name)) for name, label in SEALS.items()]
    found = [(str(one.analyte), one.get_result_display()) for one in step.readings.all()]
    return [*(seals if step.kind == StepKind.SEALED else []), *found]


@transaction.atomic
@once(Step, target="test", sent_words=_sent_words, stored_words=_stored_words)
def record_step(
    *,
    test: DrugTest,
    by: User,
    client_uuid: UUID,
    kind: str,
    at: datetime,
    by_name: str,
    a_seal: str = "",
    b_seal: str = "",
    read: Sequence[Read] = (),
    **facts: Any,
) -> Step:
    """One step more, if the way allows it now. The first one opens the dossier.

    A result becomes the result of the test, which does or does not do the window of its day.
    """
    lock_cases(test.person)
    locked = DrugTest.objects.select_for_update(of=("self",)).select_related("person").get(
        pk=test.pk
    )  # fmt: skip
    dossier = dossier_of(locked, by)
    _write_down_reading(kind, locked, dossier, by)
    step = Step(
        client_uuid=client_uuid, dossier=dossier, person=locked.person, kind=StepKind(kind), at=at,
        by_name=by_name.strip(), recorded_by=by, recorded_at=timezone.now(),
        **_cleaned(facts), **place_ids(locked.person),
    )  # fmt: skip
    if kind in RESULTS and read and not step.result:
        step.result = summed(locked, read)
    _refuse_wrong(step, locked, dossier)
    _prepare(step, dossier, locked, a_seal, b_seal)
    with acting(by):
        save_or_refuse(dossier)
        save_or_refuse(step)
        for reading in readings_of(locked, step, read):
            save_or_refuse(reading)
    follow(locked, dossier, by)
    return step


@transaction.atomic
def take_back_step(*, step: Step, by: User, reason: str) -> Step:
    """Recorded by mistake: it stays with the reason, if nothing stands on it."""
    lock_cases(step.person)
    rows = Step.objects.select_for_update(of=("self",)).select_related("dossier__test__person")
    locked: Step = rows.get(pk=step.pk)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if words := why_not_back(StepKind(locked.kind), locked.dossier.had):
        raise Refused(words)
    locked.withdrawn_at, locked.withdrawn_by = timezone.now(), by
    locked.withdrawn_reason, locked.version = reason.strip(), locked.version + 1
    dossier = locked.dossier
    if locked.kind == StepKind.SEALED:
        dossier.a_seal = dossier.b_seal = ""
    if locked.kind == StepKind.STORED:
        dossier.keep_until = None
    with acting(by, reason.strip()):
        # Its words stay sealed as they are: sealed anew they would be other bytes.
        locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
        save_or_refuse(dossier)
    # The bell leads to the test, where the step stands with the reason.
    ring(
        kind=NoticeKind.ENTRY_WITHDRAWN, readers=[locked.recorded_by_id], by=by,
        subject=dossier.test.public_id, about_id=locked.person_id,
    )  # fmt: skip
    follow(dossier.test, dossier, by)
    return locked


def dossier_of(test: DrugTest, by: User, number: int | None = None) -> Dossier:
    """The one there is, or a new one. `number`: what a label said before the sample was taken."""
    for found in _LOCKED.rows(test=test.pk):
        return cast(Dossier, found)
    dossier = Dossier(
        pk=number, public_id=test.public_id, test=test, person=test.person,
        result_before=test.result, **place_ids(test.person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(dossier, force_insert=True)
    return dossier


def _locked() -> Any:
    return Dossier.objects.select_for_update().filter(test_id=Slot("test", BigIntegerField()))


_LOCKED = Prepared(_locked)


def follow_record(test: DrugTest, by: User, number: int | None = None) -> None:
    """The record itself says something: from it follow result and waiting, as from a step. A record
    that asks for more than itself opens the dossier; `number` as in `dossier_of`.
    """
    dossier = next((cast(Dossier, row) for row in _LOCKED.rows(test=test.pk)), None)
    if dossier is None:
        if not asks_for_more(test):
            return
        dossier = dossier_of(test, by, number)
    if not dossier.had:
        dossier.result_before = test.result
    follow(test, dossier, by)


def _write_down_reading(kind: str, test: DrugTest, dossier: Dossier, by: User) -> None:
    """What was read with the sample is a step of its own before anything is built on it."""
    aside = (StepKind.NOTIFIED, StepKind.SCREENED, StepKind.UNFIT)
    reading = reading_of(test, dossier.had) if kind not in aside else None
    if reading is None:
        return
    record_step(
        test=test, by=by, client_uuid=uuid7(), kind=StepKind.SCREENED, at=reading.at,
        by_name=reading.by_name, result=reading.result,
    )  # fmt: skip
    dossier.__dict__.pop("had", None)


def _cleaned(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in facts.items()
    }


def why_not_now(kind: str, test: DrugTest, had: Any, day: date | None = None) -> str:
    """In words why a test has no such step now, or on a day; empty where it has."""
    if test.withdrawn_at is not None or not test.is_taken:
        return _("No sample of this test is on record: it has no way.")
    if test.source == Source.LEDGER and kind not in (StepKind.SCREENED, StepKind.TOLD):
        return _("This record is from a ledger: it has no chain and is never confirmed.")
    recorded = recorded_of(test, had)
    reading = reading_of(test, had) if kind != StepKind.SCREENED else None
    said = {**had, StepKind.SCREENED: reading} if reading else had
    if kind in ON_REPORT:
        said = with_report(test, said)
    return why_not(
        StepKind(kind), test.kind, said,
        misses=misses_laboratory(test, had, recorded), dead=test.person.is_dead_by(day or today()),
    )  # fmt: skip


def _refuse_wrong(step: Step, test: DrugTest, dossier: Dossier) -> None:
    if words := why_not_now(step.kind, test, dossier.had, step.day):
        raise Refused(words)
    _refuse_contrary(step, test, dossier)
    if words := wrong_bottle(step.kind, step.bottle):
        raise Refused(words)
    _refuse_time(step, test, dossier)
    _refuse_people(step)
    if step.unfit_why and step.unfit_why not in unfit_whys(test.sample):
        raise Refused(_("No sample of this kind is unfit for this reason."), field="unfit_why")
    sent = dossier.had.get(StepKind.SENT)
    if step.kind == StepKind.B_SENT and sent and step.body_id == sent.body_id:
        raise Refused(
            _("Test and re-test are never done by the same body."),
            _("Rules on drug testing procedure, art. 4"),
            field="body",
        )
    if step.answer == Answer.CONFIRMED and result_of(dossier.had) != Result.POSITIVE:
        raise Refused(_("The laboratory found no positive: nothing is confirmed."), field="answer")
    if step.kind in (StepKind.DECIDED, StepKind.DESTROYED):
        _refuse_while_objecting(step, test, dossier)
    if step.kind == StepKind.DESTROYED:
        _refuse_early(step, dossier)


def _refuse_contrary(step: Step, test: DrugTest, dossier: Dossier) -> None:
    """One strip is read once: a step never says otherwise than the record it belongs to, nor does
    one of the laboratory than its report. After an invalid one the sample is read with another.
    """
    if step.kind in WITH_PERSON:
        refuse_after_death(test.person, step.day, "at")
    recorded = recorded_of(test, dossier.had)
    of_record = (
        reading_of(test, dossier.had) is not None
        if step.kind == StepKind.SCREENED
        else step.kind == StepKind.ANALYSED and test.kind == TestKind.LABORATORY
    )
    if of_record and recorded not in ("", step.result, Result.INVALID):
        raise Refused(
            _("The record says: %(result)s. If that is wrong, correct the record.")
            % {"result": Result(recorded).label}
        )


def _refuse_time(step: Step, test: DrugTest, dossier: Dossier) -> None:
    if step.at > timezone.now() + CLOCK_TOLERANCE:
        raise Refused(
            _("The time lies in the future: a step is recorded when it is done."), field="at"
        )
    taken = test.occurred_at.replace(second=0, microsecond=0)
    if step.kind == StepKind.NOTIFIED:
        if step.at > test.occurred_at:
            raise Refused(_("Notified after the sample was taken?"), field="at")
        return
    rule = RULES[StepKind(step.kind)]
    before = list(dossier.had) if rule.undisputed else rule.needs
    times = [dossier.had[kind].at for kind in before if kind in dossier.had]
    latest = max([taken, *(moment.replace(second=0, microsecond=0) for moment in times)])
    if step.at < latest:
        raise Refused(_("This lies before the step that comes first."), field="at")


def _refuse_people(step: Step) -> None:
    if not fold_name(step.by_name):
        raise Refused(_("Say who did it."), field="by_name")
    if step.kind in BY_TWO and fold_name(step.second_name) in ("", fold_name(step.by_name)):
        raise Refused(
            _("Two people do this: enter both names."),
            _("Rules on drug testing procedure, art. 8"),
            field="second_name",
        )
    if step.kind in TELLINGS and step.place_words not in ToldHow.values:
        raise Refused(_("Say how it was told."), field="place_words")
    if step.kind in SENDINGS and step.body is None:
        raise Refused(_("Say to which body it is sent."), field="body")


def _refuse_early(step: Step, dossier: Dossier) -> None:
    day = local_day(step.at)
    if dossier.keep_until is None:  # stored makes it, and comes first
        raise Refused(_("First: %(steps)s.") % {"steps": StepKind.STORED.label})
    if day <= dossier.keep_until:
        raise Refused(
            _("The sample is kept until %(day)s.") % {"day": full_day(dossier.keep_until)},
            _("Rules on drug testing procedure, art. 8"),
            field="at",
        )


def _refuse_while_objecting(step: Step, test: DrugTest, dossier: Dossier) -> None:
    """Nothing is decided, and nothing destroyed, while the person can still object."""
    day = local_day(step.at)
    if test.person.is_dead_by(day):
        return
    until = objection_until(test.kind, dossier.had, book_of(test), day)
    if until is not None and day <= until:
        words = _("The person can still object until %(day)s.")
        raise Refused(words % {"day": full_day(until)}, field="at")


def _prepare(step: Step, dossier: Dossier, test: DrugTest, a_seal: str, b_seal: str) -> None:
    """What the dossier itself takes from a step."""
    if step.kind == StepKind.SEALED:
        seals = (seal_number(a_seal), seal_number(b_seal))
        if not all(seals) or seals[0] == seals[1]:
            raise Refused(
                _("A and B have two different seals: enter both numbers."), field="b_seal"
            )
        _refuse_numbers(*seals)
        _refuse_used(seals)
        dossier.a_seal, dossier.b_seal = seals
    if step.kind == StepKind.STORED:
        dossier.keep_until = kept_until(local_day(step.at), book_of(test))


def _refuse_numbers(a_seal: str, b_seal: str) -> None:
    """A seal that reads as the number of a sample would lead to that one."""
    given_out = last_number()
    for name, seal in (("a_seal", a_seal), ("b_seal", b_seal)):
        if (number := read_number(seal)) is not None and number <= given_out:
            raise Refused(
                _("This is the number of a sample. Enter the number that stands on the seal."),
                field=name,
            )


def lock_seals(seals: Iterable[str]) -> None:
    """Of many samples of one act, in one order: as the trigger locks the two of one sample."""
    with connection.cursor() as cursor:
        for seal in sorted({seal_number(one) for one in seals} - {""}):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('seal ' || %s, 0))", [seal]
            )


def _refuse_used(seals: tuple[str, str]) -> None:
    """A number is on one sample only, as A or as B."""
    used = Dossier.objects.filter(Q(a_seal__in=seals) | Q(b_seal__in=seals))
    if used.exists():
        raise Refused(_("This seal is on another sample."), field="a_seal")
