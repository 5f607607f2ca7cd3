"""Help in the town of the demo's accounts: every kind, and every stage of its way."""

from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.assistance.codes import SEALED_KINDS, Beneficiary, How, Receipt, StepKind
from apps.assistance.models import Assistance, LetterSender, Programme
from apps.assistance.services import (
    close_month,
    look_at,
    record_help,
    record_payment,
    reverse_payment,
    set_budget,
    take_step,
)
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.needs.models import Need
from apps.persons.models import Person

# How far each of these goes, in turn: every stage stands in the demo.
STAGES: Final = ("found", "referred", "applied", "approved", "refused", "paid", "looked", "ended")
FEN: Final = {"living": 46_000, "relief": 150_000, "unemployed": 142_000, "charity": 30_000}
WORDS: Final = {"better": "有了固定收入，愿意继续参加培训", "same": "手续办好了，生活和原来差不多"}


def help_once(office: Office) -> None:
    """By the demo's worker for those she looks after; what is restricted by her supervisor."""
    worker = office.workers[0]
    chief = office.chiefs[worker.area_id or 0]
    # Who came from another unit was that unit's on the days of these payments.
    stayed = Person.objects.visible_to(worker).filter(former_units=None)
    persons = list(stayed.order_by("pk")[:40])
    if chief.area is None or not persons:
        return
    LetterSender.objects.get_or_create(
        area=chief.area, defaults={"name": f"{chief.area.name}综治中心", "phone": "0898-10000000"}
    )
    _budget(chief, office.day)
    programmes = list(Programme.objects.order_by("code"))
    for number, programme in enumerate(programmes * 2):
        person = persons[number % len(persons)]
        by = chief if programme.kind in SEALED_KINDS else worker
        stage = STAGES[(number + number // len(programmes)) % len(STAGES)]
        _one(person, programme, stage, by, office.day - timedelta(days=70 - number % 20), number)
    _of_a_member(persons[0], worker, office.day - timedelta(days=60))
    _reverse_one(chief, office.day)
    month = (office.day.replace(day=1) - timedelta(days=40)).replace(day=1)
    with on_day(office.day, 17):
        close_month(area=chief.area, month=month, by=chief)


def _budget(chief: User, day: date) -> None:
    for code, fen in (("relief", 5_000_000), ("charity", 1_000_000)):
        programme = Programme.objects.get(code=code)
        for year in {day.year, (day - timedelta(days=70)).year}:
            assert chief.area is not None  # noqa: S101 (asked before)
            set_budget(programme=programme, area=chief.area, year=year, amount_fen=fen, by=chief)


def _one(
    person: Person, programme: Programme, stage: str, by: User, begun: date, number: int
) -> None:
    needs = Need.objects.visible_to(by).filter(person=person, closed_on=None, said_on__lte=begun)
    with on_day(begun):
        made = record_help(
            person=person, by=by, client_uuid=_key(f"{number}"), programme=programme,
            found_on=begun, need=needs.order_by("pk").first(),
        )  # fmt: skip
    far = STAGES.index(stage)
    if far >= 1:
        _step(made, StepKind.REFERRED, begun, by, to_words=programme.payer or "县人民医院")
    if far >= 2 and programme.needs_decision:
        _step(made, StepKind.APPLIED, begun, by, to_words="镇便民服务中心")
    if stage == "refused" and programme.needs_decision:
        _step(made, StepKind.REFUSED, begun, by, words="家庭收入超过当地标准")
        return
    if far >= 3 and programme.needs_decision:
        _step(made, StepKind.APPROVED, begun, by)
    if far >= 5:
        _deliver(made, stage, begun, by, number)


def _deliver(made: Assistance, stage: str, begun: date, by: User, number: int) -> None:
    made.refresh_from_db()
    fen = FEN.get(made.programme.code)
    paid_on = begun + timedelta(days=3)
    with on_day(paid_on):
        record_payment(
            assistance=made, by=by, client_uuid=_key(f"paid-{number}"), paid_on=paid_on,
            how=How.BANK if fen else How.SERVICE, amount_fen=fen,
            # Some are still to be signed.
            receipt=Receipt.SIGNED if number % 3 else Receipt.NONE, household=number % 4,
        )  # fmt: skip
    if stage == "looked":
        seen = paid_on + timedelta(days=31)
        changed = "better" if number % 2 else "same"
        with on_day(seen):
            look_at(
                assistance=made, by=by, client_uuid=_key(f"look-{number}"), after=30,
                looked_on=seen, changed=changed, words=WORDS[changed],
            )  # fmt: skip
    if stage == "ended":
        _step(made, StepKind.ENDED, paid_on, by, end_why="done")


def _of_a_member(person: Person, by: User, begun: date) -> None:
    """A daughter's schooling: help of the household, and no person-time of the person."""
    with on_day(begun):
        made = record_help(
            person=person, by=by, client_uuid=_key("member"), found_on=begun,
            programme=Programme.objects.get(code="schooling"), beneficiary=Beneficiary.MEMBER,
            member_words="女儿，读初中二年级",
        )  # fmt: skip
    _step(made, StepKind.APPLIED, begun, by, to_words="市教育局")
    _step(made, StepKind.APPROVED, begun, by)
    paid_on = begun + timedelta(days=5)
    with on_day(paid_on):
        record_payment(
            assistance=made, by=by, client_uuid=_key("paid-member"), paid_on=paid_on,
            how=How.BANK, amount_fen=80_000, receipt=Receipt.SIGNED,
        )  # fmt: skip


def _step(made: Assistance, kind: StepKind, day: date, by: User, **facts: str) -> None:
    with on_day(day, 15):
        take_step(
            assistance=made, by=by, client_uuid=_key(f"{made.client_uuid}-{kind}"), kind=kind,
            day=day, **facts,
        )  # fmt: skip


def _reverse_one(chief: User, day: date) -> None:
    """A payment was entered twice, and is taken back."""
    rows = Assistance.objects.visible_to(chief).filter(kind="relief", delivered_on__isnull=False)
    made = rows.select_related("programme", "person").order_by("pk").first()
    if made is None or not made.can_receive:
        return
    on = day - timedelta(days=5)
    with on_day(on):
        row = record_payment(
            assistance=made, by=chief, client_uuid=_key("twice"), paid_on=on, how=How.BANK,
            amount_fen=FEN["relief"], receipt=Receipt.NONE,
        )  # fmt: skip
    with on_day(on + timedelta(days=1)):
        reverse_payment(
            payment=row, by=chief, client_uuid=_key("back"), on=on + timedelta(days=1),
            reason="同一笔登记了两次",
        )  # fmt: skip


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-help-{what}")
