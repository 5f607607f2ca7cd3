"""What was read of each substance: with which kit, and with the cut-off of its day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from apps.areas.models import place_ids
from apps.contacts.given import given_on
from apps.core.days import local_day
from apps.core.refusals import Refused
from apps.core.text import full_day
from apps.drugtests.cautions import is_on_methadone
from apps.drugtests.chain import StepKind
from apps.drugtests.codes import Result, Sample, TestKind
from apps.drugtests.models import Analyte, CutOff, DrugTest, Kit, Reading, Step
from apps.drugtests.models.dossier import summary_of
from apps.drugtests.models.panels import Unit


@dataclass(frozen=True)
class Read:
    """What was read of one substance. `value` in `unit`; `kit` where a strip was used."""

    analyte: Analyte
    result: str
    value: Decimal | None = None
    unit: str = ""
    kit: Kit | None = None
    control_line: bool | None = None


def readings_of(test: DrugTest, step: Step, read: Sequence[Read]) -> Iterator[Reading]:
    """One a substance, not saved; refused where kit, value and result cannot be of it."""
    if not read:
        return
    if step.kind == StepKind.SCREENED and test.kind == TestKind.ON_SITE:
        _refuse_unnamed_strip(read)
    for kit in {one.kit for one in read if one.kit}:
        _refuse_kit(kit, test, local_day(step.at), [one for one in read if one.kit == kit])
    limits = _limits(test, step)
    for one in read:
        yield _reading(step, one, limits.get(one.analyte.pk))


def _refuse_unnamed_strip(read: Sequence[Read]) -> None:
    """What rests on a strip says which one it was, and that it worked."""
    positive = [one for one in read if one.result == Result.POSITIVE]
    if any(one.kit is None for one in positive):
        raise Refused(_("A positive on the spot says which test kit was read."), field="kit")
    if any(one.control_line is None for one in positive):
        raise Refused(_("Say whether the control line is there."), field="control_line")


def summed(test: DrugTest, read: Sequence[Read]) -> str:
    """One word for all that was read. What methadone treatment explains is kept as it was found,
    and makes no positive of the test: that is no use.
    """
    by_methadone = [one for one in read if one.analyte.by_methadone]
    treated = bool(by_methadone) and is_on_methadone(test, given_on(test.person_id, test.day))
    return summary_of(
        Result.NEGATIVE if treated and one in by_methadone and one.result == Result.POSITIVE
        else one.result
        for one in read
    )  # fmt: skip


def beyond_panel(kit: Kit, analytes: Iterable[Analyte]) -> list[Analyte]:
    """Those that the kit does not find."""
    finds = set(kit.analytes.order_by("pk").values_list("pk", flat=True))
    return [one for one in analytes if one.pk not in finds]


def out_of_date(kit: Kit, day: date) -> str:
    """In words that a kit was no longer good on the day; empty where it was."""
    if day <= kit.expires_on:
        return ""
    words = _("%(kit)s was good until %(day)s: a strip that is out of date says nothing.")
    return words % {"kit": kit, "day": full_day(kit.expires_on)}


def _refuse_kit(kit: Kit, test: DrugTest, day: date, read: Sequence[Read]) -> None:
    if kit.sample != test.sample:
        words = _("%(kit)s is made for another kind of sample: %(sample)s.")
        raise Refused(words % {"kit": kit, "sample": kit.get_sample_display()}, field="kit")
    if found := beyond_panel(kit, [one.analyte for one in read]):
        words = _("%(kit)s does not find %(what)s.")
        raise Refused(words % {"kit": kit, "what": found[0]}, field=f"result_{found[0].code}")
    late = out_of_date(kit, day)
    if late and any(one.result != Result.INVALID for one in read):
        raise Refused(late, field="kit")


def _limits(test: DrugTest, step: Step) -> dict[int, CutOff]:
    """The cut-offs of the sample on the day of the step, by substance: one each."""
    day = local_day(step.at)
    found = CutOff.objects.filter(sample=test.sample, valid_from__lte=day)
    return {one.analyte_id: one for one in found.exclude(valid_to__lt=day)}


def _reading(step: Step, one: Read, valid: CutOff | None) -> Reading:
    """With the cut-off of its day, and the kit as it was."""
    day, test = local_day(step.at), step.dossier.test
    if one.value is not None and valid and one.result != Result.INVALID:
        _refuse_contrary(one, valid)
    return Reading(
        step=step, person=step.person, day=day, analyte=one.analyte, result=one.result,
        value=one.value,
        unit=one.unit or (_unit_of(test.sample, valid) if one.value is not None else ""),
        cut_off=valid.value if valid else None, kit=one.kit,
        kit_expires_on=one.kit.expires_on if one.kit else None, control_line=one.control_line,
        **place_ids(step.person),
    )  # fmt: skip


def _unit_of(sample: str, valid: CutOff | None) -> str:
    if valid is not None:
        return valid.unit
    return Unit.NG_MG if sample == Sample.HAIR else Unit.NG_ML


def _refuse_contrary(one: Read, valid: CutOff) -> None:
    above = one.value is not None and one.value >= valid.value
    if above != (one.result == Result.POSITIVE):
        words = _("%(what)s: result and value do not agree; positive is from %(limit)s on.")
        limit = f"{valid.value.normalize():f} {valid.unit}"
        raise Refused(words % {"what": one.analyte, "limit": limit})
