"""Samples on their way: one whose result can still be objected to, one in dispute, one that waits
to be decided, one cleared.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from apps.accounts.models import User
from apps.areas.models import Area
from apps.demo.clock import on_day
from apps.demo.stories.scene import Scene
from apps.drugtests.chain import StepKind as S
from apps.drugtests.codes import Medicine, Reason, Result, Sample, TestKind, TestPlace
from apps.drugtests.dossiers import record_step
from apps.drugtests.models import Analyte, DrugTest, Kit
from apps.drugtests.readings import Read
from apps.drugtests.services import record_test
from apps.organisations.models import Organisation, OrganisationKind
from apps.persons.codes import Sex

LABORATORIES: Final = ("{}司法鉴定所", "海口司法鉴定中心")
# Who takes in and reads a sample works there.
OF_LABORATORY: Final = {
    S.RECEIVED: "何海燕", S.ANALYSED: "何海燕", S.B_RECEIVED: "林文峰", S.RETESTED: "林文峰",
}  # fmt: skip
CODE: Final = "MOP"
PANEL: Final = ("MOP", "MET", "KET", "MDMA", "COC", "THC")


def can_object(scene: Scene) -> None:
    """Found on the spot yesterday, sealed and told: three days to object."""
    test = _taken(scene, 1)
    _walk(scene, test, 1, S.SCREENED, S.SEALED, S.STORED, S.TOLD)


def to_be_told(scene: Scene) -> None:
    """The strip was read today; nobody has told the person yet."""
    test = _taken(scene, 1)
    _walk(scene, test, 1, S.SCREENED)


def to_be_sealed(scene: Scene) -> None:
    """Found on the spot and told; the sample is still to be sealed."""
    test = _taken(scene, 1)
    _walk(scene, test, 1, S.SCREENED, S.TOLD)


def at_laboratory(scene: Scene) -> None:
    """On its way, and not back yet."""
    test = _taken(scene, 5)
    _walk(scene, test, 5, S.SCREENED, S.SEALED, S.STORED, S.TOLD)
    _walk(scene, test, 3, S.SENT, S.RECEIVED)


def at_its_date(scene: Scene) -> None:
    """Found nothing half a year ago; what is left of it can go."""
    test = _taken(scene, 200)
    _walk(scene, test, 200, S.SCREENED, S.SEALED, S.STORED, S.TOLD)


def in_dispute(scene: Scene) -> None:
    """The laboratory found it, the person does not agree; the police have not answered."""
    test = _taken(scene, 12)
    _walk(scene, test, 12, S.SCREENED, S.SEALED, S.STORED, S.TOLD)
    _walk(scene, test, 8, S.SENT, S.RECEIVED)
    _walk(scene, test, 3, S.ANALYSED, S.LAB_TOLD)
    _walk(scene, test, 1, S.LAB_OBJECTED)


def to_be_decided(scene: Scene) -> None:
    """The laboratory found it, the days to object have passed; nobody has written the decision."""
    test = _taken(scene, 15)
    _walk(scene, test, 15, S.SCREENED, S.SEALED, S.STORED, S.TOLD)
    _walk(scene, test, 11, S.SENT, S.RECEIVED)
    _walk(scene, test, 6, S.ANALYSED, S.LAB_TOLD)


def cleared(scene: Scene) -> None:
    """Another body found nothing in the B sample."""
    test = _taken(scene, 40, medicine=Medicine.PRESCRIBED, medicine_words="复方止咳水")
    _walk(scene, test, 40, S.SCREENED, S.SEALED, S.STORED, S.TOLD)
    _walk(scene, test, 36, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD)
    _walk(scene, test, 34, S.LAB_OBJECTED)
    _walk(scene, test, 32, S.LAB_ANSWERED, S.B_SENT, S.B_RECEIVED)
    _walk(scene, test, 27, S.RETESTED, S.RETEST_TOLD, S.DECIDED)


def _taken(scene: Scene, back: int, **facts: Any) -> DrugTest:
    woman = scene.person.sex == Sex.FEMALE
    names = ("周晓岚", "符丽") if woman else ("王建国", "林志强")
    sex = Sex.FEMALE if woman else Sex.MALE
    given = {"medicine": Medicine.NONE} | facts
    day = scene.back(back)
    with on_day(day, 9):
        return record_test(
            person=scene.person, by=scene.worker, client_uuid=scene.uuid("sample"),
            occurred_at=timezone.now(), sample=Sample.URINE, kind=TestKind.ON_SITE,
            why=Reason.RANDOM, place=TestPlace.POLICE, collector=names[0],
            second_collector=names[1], collector_sex=sex, second_sex=sex, another=True, **given,
        )  # fmt: skip


def _walk(scene: Scene, test: DrugTest, back: int, *kinds: S) -> None:
    """Steps of one day, an hour after each other."""
    for hour, kind in enumerate(kinds, 10):
        with on_day(scene.back(back), hour):
            record_step(
                test=test, by=_by(scene, kind), client_uuid=scene.uuid(f"sample-{kind}"),
                kind=kind, at=timezone.now(), by_name=OF_LABORATORY.get(kind, test.collector),
                **_facts(scene, test, kind),
            )  # fmt: skip


def _by(scene: Scene, kind: S) -> User:
    return scene.chief if kind in (S.LAB_ANSWERED, S.DECIDED) else scene.worker


def _facts(scene: Scene, test: DrugTest, kind: S) -> dict[str, Any]:
    seal = f"{test.day:%y%m}-{scene.sequence:04d}"
    found = Result.NEGATIVE if test.day < scene.back(100) else Result.POSITIVE
    two = {"second_name": test.second_collector}
    facts: dict[S, dict[str, Any]] = {
        S.SCREENED: {"read": read_from_strip(test, CODE, found)},
        S.SEALED: two | {"a_seal": f"A{seal}", "b_seal": f"B{seal}", "place_words": "采样室"},
        S.STORED: {"seal_intact": True, "place_words": "派出所冷藏柜2号，4 ℃"},
        S.TOLD: {"place_words": "in_person"},
        S.SENT: two | {"seal_intact": True, "body": laboratory(scene.person.county, 0)},
        S.RECEIVED: {"seal_intact": True, "place_words": "收样窗口"},
        S.ANALYSED: {"read": _from_laboratory(Result.POSITIVE, "612.4")},
        S.LAB_TOLD: {"place_words": "letter"},
        S.LAB_OBJECTED: {"words": "当时在喝止咳水，没有用过别的。"},
        S.LAB_ANSWERED: {"answer": "granted", "words": "同意复检，启用B样。"},
        S.B_SENT: two | {"seal_intact": True, "body": laboratory(scene.person.county, 1)},
        S.B_RECEIVED: {"seal_intact": True, "place_words": "收样窗口"},
        S.RETESTED: {"read": _from_laboratory(Result.NEGATIVE, "187.5")},
        S.RETEST_TOLD: {"place_words": "in_person"},
        S.DECIDED: {"answer": "cleared", "words": "公安机关依据复检报告认定：未检出。"},
    }
    return facts[kind]


def read_from_strip(test: DrugTest, code: str, result: str = Result.POSITIVE) -> list[Read]:
    """With a kit that was good on the day, its control line, and one substance."""
    year = test.day.year if test.day.month >= 7 else test.day.year - 1
    kit, _made = Kit.objects.get_or_create(
        name="六联尿液检测板", lot=f"{year}-07",
        defaults={"expires_on": date(year + 1, 7, 31), "sample": Sample.URINE},
    )  # fmt: skip
    analytes = list(Analyte.objects.filter(code__in=PANEL))
    kit.analytes.set(analytes)
    return [
        Read(one, result if one.code == code else Result.NEGATIVE, kit=kit, control_line=True)
        for one in analytes
    ]


def _from_laboratory(result: str, value: str) -> list[Read]:
    """One substance with its value, beside the cut-off of the day."""
    found = Decimal(value)
    return [
        Read(one, result, value=found) if one.code == CODE else Read(one, Result.NEGATIVE)
        for one in Analyte.objects.filter(code__in=PANEL)
    ]


def laboratory(county: Area, number: int) -> Organisation:
    """The first one of the county, the second one of elsewhere."""
    name = LABORATORIES[number].format(county.name.removesuffix("市"))
    found, _made = Organisation.objects.get_or_create(
        county=county, kind=OrganisationKind.LABORATORY, name=name
    )
    return found
