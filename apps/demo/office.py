"""A year of an office's work with one person, through the services that pages use."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import ClosureReason, LevelSource, Measure, RiskLevel, SuspensionReason
from apps.cases.models import Case
from apps.cases.services import (
    close_case,
    open_case,
    record_plan,
    record_return,
    report_leave,
    set_risk_level,
    suspend_case,
)
from apps.demo.assessing import assess_in_rounds, mark_help
from apps.demo.bodies import gather_team, issue_first_papers
from apps.demo.lives import WITHOUT_ORDER, YEAR, Dates, dates_for
from apps.demo.people import Invented, invent
from apps.demo.stories import turns
from apps.demo.stories.casting import cast
from apps.needs.models import NeedKind, NeedOutcome, Urgency
from apps.needs.services import close_need, record_need, refer_need
from apps.organisations.models import Organisation
from apps.persons.codes import Relation
from apps.persons.models import Person
from apps.persons.services import add_contact, assign_worker, open_person

REASONS: Final = {
    RiskLevel.HIGH: "近期有两次未按时签到，无固定工作，需加强联系",
    RiskLevel.MEDIUM: "工作不稳定，家庭支持一般，按中等频次联系",
    RiskLevel.LOW: "有工作，家庭支持好，检测均为阴性",
}
# A story of an order begins months after the report.
LONG_ENOUGH: Final = 150
# Who is under an order and can be met; and whose story holds the assessment.
MET: Final = frozenset({"in_force", "on_leave"})
ASSESSED_BY_STORY: Final = (turns.high_waits, turns.objects)
WISHES: Final = (
    (NeedKind.WORK, "想找一份离家近的工作"), (NeedKind.LIVING, "家里收入低，想申请低保"),
    (NeedKind.MEDICAL, "胃病看病报销不清楚"), (NeedKind.TRAINING, "想学电工"),
    (NeedKind.COUNSELLING, "睡不好，想找人谈谈"), (NeedKind.SCHOOLING, "孩子上学要开证明"),
    (NeedKind.HOUSING, "房子漏雨"), (NeedKind.PAPERS, "身份证丢了要补办"),
)  # fmt: skip


@dataclass
class Office:
    """The day of the demo, who works in it, and where people live."""

    day: date
    workers: list[User]
    supervisor: User
    chiefs: dict[int, User] = field(default_factory=dict)
    authority: Organisation | None = None
    villages: dict[int, list[Area]] = field(default_factory=dict)

    def chief(self, worker: User) -> User:
        """The supervisor of the worker's town."""
        return self.chiefs[worker.area_id or 0]

    def registered(self, who: Invented, village: Area) -> Area:
        """Some are registered in another town than they live in."""
        number = int(who.number[6:14])
        return self.village(self.workers[-2], Random(number)) if number % 23 == 0 else village

    def village(self, worker: User, rng: Random) -> Area:
        """A village of the worker's town."""
        area = worker.area
        assert area is not None  # noqa: S101 (every worker of the demo has one)
        if area.pk not in self.villages:
            below = Area.objects.under(area).active().exclude(pk=area.pk).order_by("code")
            self.villages[area.pk] = list(below[:8])
        return rng.choice(self.villages[area.pk])


def live(office: Office, sequence: int, state: str) -> tuple[Person, Case | None, User]:
    """Open the file and let everything but the check-ins happen."""
    rng = Random(f"homeward-{sequence}")
    worker = office.workers[_share(sequence, len(office.workers))]
    who = invent(sequence, rng, office.day)
    person = _open(office, who, state, office.village(worker, rng), rng)
    if state != "not_assigned":
        assign_worker(persons=[person], worker=worker, by=office.supervisor, on=office.day - YEAR)
    if who.phone and rng.random() < 0.4:
        add_contact(
            person=person,
            by=worker,
            name=who.name[0] + "家属",
            relation=rng.choice((Relation.PARENT, Relation.PARTNER, Relation.SIBLING)),
            phone=f"100{9000 + sequence:04d}{rng.randrange(10_000):04d}",
            agreed_on=office.day - timedelta(days=rng.randrange(30, 300)),
        )
    mark_help(person, worker, office.day, Random(f"help-{sequence}"))
    if state in WITHOUT_ORDER:
        _needs(office, person, None, worker, rng)
        return person, None, worker
    story = cast(len(office.workers)).get(sequence)
    dates = dates_for(state, rng, office.day, LONG_ENOUGH if story else 20)
    case = _order(office, person, worker, dates, sequence)
    if _levels(office, person, case, rng) and state in MET and story not in ASSESSED_BY_STORY:
        began = max(office.day - YEAR, case.reported_on or office.day)
        assess_in_rounds(
            person, worker, office.chief(worker), office.day, began, Random(f"rounds-{sequence}")
        )
    _absences(office, case, worker, state, rng)
    _needs(office, person, case, worker, rng)
    return person, _end(office, case, state, rng), worker


def _share(sequence: int, workers: int) -> int:
    """The demo worker has twice as many persons as each of the others."""
    return sequence % (workers + 1) % workers


def _open(office: Office, who: Invented, state: str, village: Area, rng: Random) -> Person:
    since = office.day - timedelta(days=rng.randrange(40, 900))
    status = {"life_status": state, "life_status_since": since} if state in WITHOUT_ORDER else {}
    return open_person(
        by=office.supervisor, area=village, name=who.name, document_number=who.number,
        phone=who.phone, registration_area=office.registered(who, village), residence_area=village,
        residence_address=f"{rng.randrange(1, 9)}队{rng.randrange(1, 99)}号",
        brought_in_on=office.day - YEAR, **who.facts, **status,  # type: ignore[arg-type]
    )  # fmt: skip


def _order(office: Office, person: Person, worker: User, dates: Dates, sequence: int) -> Case:
    """An order that ran when the office began with the product was brought in on that day."""
    began = office.day - YEAR
    word = "社戒" if dates.measure == Measure.SQJD else "社康"
    case = open_case(
        by=office.supervisor, person=person, measure=dates.measure, term_months=dates.months,
        decision_number=f"琼公（禁）责{word}字〔{dates.decided.year}〕{sequence + 1:04d}号",
        authority=office.authority, decided_on=dates.decided, received_on=dates.received,
        reported_on=dates.reported,
        agreement_on=dates.agreed, paper_end_on=dates.paper_end,
        brought_in_on=began if dates.decided < began else None,
    )  # fmt: skip
    if dates.agreed and sequence % 5:
        record_plan(case=case, by=worker, on=min(dates.agreed + timedelta(days=3), office.day))
        gather_team(case, worker, dates.agreed, sequence)
        # Whoever nobody looks after is seen by the office alone.
        by = worker if person.assignments.exists() else office.supervisor
        issue_first_papers(case, by, office.day, sequence)
    return case


def _levels(office: Office, person: Person, case: Case, rng: Random) -> bool:
    """Whether the person is assessed; some carry a ledger's word only, some nothing yet."""
    began = max(office.day - YEAR, case.reported_on or case.decided_on or office.day)
    chance = rng.random()
    if chance < 0.06:
        return False
    risk_level = rng.choices((RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW), (15, 48, 37))[0]
    source = LevelSource.LEDGER if chance < 0.14 else LevelSource.ASSESSED
    set_risk_level(
        person=person, risk_level=risk_level, source=source, by=office.supervisor, on=began,
        case=case, reason=REASONS[risk_level],
    )  # fmt: skip
    return source == LevelSource.ASSESSED


def _absences(office: Office, case: Case, worker: User, state: str, rng: Random) -> None:
    if state == "suspended":
        suspend_case(
            case=case,
            by=office.supervisor,
            reason=SuspensionReason.DETAINED,
            starts_on=max(office.day - timedelta(days=rng.randrange(2, 30)), _in_force(case)),
        )
        return
    past = office.day - timedelta(days=rng.randrange(60, 200))
    if state == "on_leave":
        start = max(office.day - timedelta(days=rng.randrange(0, 5)), _in_force(case))
        _leave(case, worker, start, office.day + timedelta(days=rng.randrange(2, 20)))
    elif state == "in_force" and rng.random() < 0.08 and past > _in_force(case):
        leave = _leave(case, worker, past, past + timedelta(days=9))
        record_return(leave=leave, by=worker, on=past + timedelta(days=7))


def _in_force(case: Case) -> date:
    return case.in_force_from or date.max


def _leave(case: Case, worker: User, first: date, last: date):  # type: ignore[no-untyped-def]
    return report_leave(
        case=case, by=worker, starts_on=first, until_on=last, destination="海口市，探亲",
        reported_in_writing_on=first,
    )  # fmt: skip


def _needs(office: Office, person: Person, case: Case | None, worker: User, rng: Random) -> None:
    for kind, words in rng.sample(WISHES, rng.choices((0, 1, 2), (70, 24, 6))[0]):
        ago = rng.randrange(2, 200)
        urgency = rng.choice((Urgency.NORMAL, Urgency.NORMAL, Urgency.SOON))
        until, course = timedelta(days=rng.randrange(3, 60)), rng.random()
        # What nobody has passed on yet was said in these days.
        said = office.day - timedelta(days=ago if course < 0.7 else 1 + ago % 6)
        need = record_need(
            person=person, by=worker, case=case, kind=kind, words=words, said_on=said,
            urgency=urgency, said_by="person",
        )  # fmt: skip
        later = min(said + until, office.day)
        if course < 0.5:
            close_need(need=need, by=worker, outcome=NeedOutcome.MET, on=later, note="已办结")
        elif course < 0.7:
            refer_need(need=need, by=worker, to="市民政局", on=later)


def _end(office: Office, case: Case, state: str, rng: Random) -> Case:
    """Closed ones: most before their term, some after it."""
    if state != "closed":
        return case
    reason = rng.choice(
        (ClosureReason.IMPRISONED, ClosureReason.ISOLATION, ClosureReason.REVOKED,
         ClosureReason.DECEASED)
    )  # fmt: skip
    first = max(_in_force(case), office.day - YEAR)
    on = first + timedelta(days=rng.randrange(1, max((office.day - first).days, 2)))
    return close_case(
        case=case, by=office.supervisor, reason=reason, on=min(on, office.day), note="文书已归档"
    )
