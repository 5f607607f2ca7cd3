"""A test and the steps of its sample, as the tests of dossiers write them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.campaigns.models import Campaign
from apps.core.days import today
from apps.drugtests.chain import TELLINGS, StepKind, why_not
from apps.drugtests.dossiers import record_step
from apps.drugtests.models import Analyte, DrugTest, Kit, Step
from apps.drugtests.readings import Read
from apps.organisations.models import Organisation
from apps.persons.models import Person
from tests.factories.campaigns import entered, listed, opened
from tests.factories.drugtests import sampled
from tests.factories.pages import running_case
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

S = StepKind
FACTS: dict[str, dict[str, Any]] = {
    S.SCREENED: {"result": "positive"},
    **{kind: {"place_words": "in_person"} for kind in TELLINGS},
    S.SEALED: {"a_seal": "A{n}", "b_seal": "B{n}"},
    S.STORED: {"place_words": "派出所冷藏柜"},
    S.OBJECTED: {"words": "没有用过"},
    S.ANSWERED: {"answer": "granted"},
    S.RECEIVED: {"seal_intact": True},
    S.ANALYSED: {"result": "positive"},
    S.LAB_OBJECTED: {"words": "还是不认"},
    S.LAB_ANSWERED: {"answer": "granted"},
    S.B_RECEIVED: {"seal_intact": True},
    S.RETESTED: {"result": "negative"},
    S.UNFIT: {"unfit_why": "diluted"},
    S.DECIDED: {"answer": "cleared"},
}


def lab_test(person: Person, day: date, **facts: Any) -> DrugTest:
    """A sample for the law: of hair it goes to a laboratory."""
    return sampled(person, day, **{"kind": "on_site"} | facts)


def next_steps(test_kind: str, had: Any) -> list[StepKind]:
    """What may happen now, in the usual order."""
    return [kind for kind in StepKind if not why_not(kind, test_kind, had)]


def analyte(code: str) -> Analyte:
    return Analyte.objects.get(code=code)


def kit_of(*codes: str, expires: date = date(2025, 1, 31), **facts: Any) -> Kit:
    """A kit that finds these substances."""
    given = {"name": "多联检测板", "lot": "L1", "sample": "urine", "expires_on": expires} | facts
    made, _new = Kit.objects.get_or_create(
        name=given.pop("name"), lot=given.pop("lot"), defaults=given
    )
    made.analytes.set(Analyte.objects.filter(code__in=codes))
    return made


def laboratory(person: Person, name: str) -> Organisation:
    found, _made = Organisation.objects.get_or_create(
        county=person.county, kind="laboratory", name=name
    )
    return found


def step(
    test: DrugTest, kind: str, at: datetime | None = None, *, by: User | None = None, **facts: Any
) -> Step:
    """One step, an hour after the one before, by two people, with what it asks for."""
    had = Step.objects.filter(dossier__test=test).order_by("-at").first()
    at = at or (had.at if had else test.occurred_at) + timedelta(minutes=1)
    given = {
        name: value.format(n=test.pk) if isinstance(value, str) else value
        for name, value in FACTS.get(kind, {}).items()
    }
    if kind in (S.SENT, S.B_SENT) and "body" not in facts:
        name = {S.SENT: "琼海市司法鉴定所", S.B_SENT: "海口市司法鉴定中心"}[S(kind)]
        given["body"] = laboratory(test.person, name)
    if kind == S.NOTIFIED:
        at = test.occurred_at - timedelta(hours=1)
    return record_step(
        test=test, by=by or test.recorded_by, client_uuid=uuid4(), kind=kind, at=at,
        by_name="周晓岚", second_name="符丽", **given | facts,
    )  # fmt: skip


def kept(test: DrugTest, at: datetime | None = None) -> Step:
    """Found nothing, told, sealed and stored: nothing of it is open."""
    step(test, S.SCREENED, at, result="negative")
    return [step(test, kind, at) for kind in (S.TOLD, S.SEALED, S.STORED)][-1]


def walk(test: DrugTest, *kinds: str) -> Step:
    """Several steps, one after the other; the last one."""
    found = [step(test, kind) for kind in kinds]
    return found[-1]


TO_LABORATORY = (S.SEALED, S.STORED, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD)


def disputed(person: Person, by: User) -> DrugTest:
    """Found on the spot by substance, confirmed by the laboratory, and the person objects."""
    test = lab_test(person, today() - timedelta(days=9), by=by, medicine="prescribed",
                    medicine_words="复方止咳水")  # fmt: skip
    panel = ("MOP", "MET", "KET")
    kit = kit_of(*panel, name="三联检测板", expires=today() + timedelta(days=90))
    read = [
        Read(one, "positive" if one.code == "MOP" else "negative", kit=kit, control_line=True)
        for one in Analyte.objects.filter(code__in=panel)
    ]
    step(test, S.SCREENED, result="", read=read)
    walk(test, S.TOLD, *TO_LABORATORY, S.LAB_OBJECTED)
    return test


def of_hair(by: User, worker: User) -> Campaign:
    """A campaign for the laboratory with two of the worker's: one sample is sealed."""
    campaign = opened(by=by, title="毛发", sample="hair", kind="laboratory")
    for sealed in (False, True):
        row = listed(campaign, running_case(worker, person=PersonFactory(sex="1")).person)
        test = entered(row, outcome="pending", occurred_at=at(campaign.first, "00:00")).test
        if sealed:
            step(test, S.SEALED)
    return campaign
