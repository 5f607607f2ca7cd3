"""Who walks through the addresses, and the rows that the addresses name."""

import uuid
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.test import Client

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.areas.models import place_ids, place_of
from apps.assessments.models import (
    Assessment,
    HalfYearSummary,
    HelpFlag,
    LifeEvent,
    Round,
    RoundTarget,
    SealedFlag,
)
from apps.assessments.services import (
    bring_in_assessment,
    note_event,
    open_round,
    set_flag,
    set_sealed,
)
from apps.breaches.models import Breach, Response
from apps.cases.models import (
    Case,
    CaseStep,
    Leave,
    PoliceReport,
    RiskLevelRecord,
    Suspension,
    TeamMember,
)
from apps.cases.services import report_leave, set_risk_level, suspend_case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.documents.models import Attachment, DocumentNumber, IssuedDocument
from apps.draws.models import Draw, Drawn, Excuse
from apps.drugtests.models import DrugTest
from apps.intake.models import Release
from apps.needs.models import Need
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.services import ring
from apps.persons.models import Assignment, Contact, Merge, NotSame, OutsideLookup, Person
from apps.persons.services import decide_not_same, look_up_outside
from apps.schedule.models import DueItem, Snooze
from apps.transfers.models import Transfer
from apps.visits.models import LostContact, Meeting, Search
from tests.architecture.matrix_assistance import AssistanceRows
from tests.architecture.matrix_care import CareRows
from tests.architecture.matrix_counselling import CounsellingRows
from tests.architecture.matrix_handover import HandoverRows
from tests.architecture.matrix_imports import ImportRows
from tests.architecture.matrix_office import OfficeRows
from tests.architecture.matrix_periodic import PeriodicRows
from tests.architecture.matrix_samples import SampleRows
from tests.architecture.matrix_treatment import TreatmentRows
from tests.architecture.visitors import (
    DISABLED,
    EVERYBODY,
    MATE,
    RECORDS,
    TOWN,
    WORKER,
    account_of,
)
from tests.factories import documents
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.draws import excused, stored_draw
from tests.factories.drugtests import sampled
from tests.factories.persons import AssignmentFactory, ContactFactory, PersonFactory, merged_into
from tests.toy_letters.models import Letter
from tests.toy_letters.services import record_letter


class World(
    OfficeRows, SampleRows, AssistanceRows, CareRows, CounsellingRows, TreatmentRows, ImportRows,
    PeriodicRows, HandoverRows,
):  # fmt: skip
    """Made anew for every test. Add a cached property for a row that your address names."""

    def __init__(self) -> None:
        self.users = {visitor: account_of(visitor) for visitor in EVERYBODY}
        self.clients = {visitor: self._client(visitor) for visitor in EVERYBODY}

    def _client(self, visitor: str) -> Client:
        client, user = Client(), self.users[visitor]
        if user is not None:
            client.force_login(user)
        if visitor == DISABLED:
            User.objects.filter(pk=user.pk).update(is_active=False)  # type: ignore[union-attr]
        return client

    @cached_property
    def person(self) -> Person:
        """In 嘉积镇, with an order, in the caseload of the worker."""
        person = PersonFactory()
        AssignmentFactory(person=person, worker=self.users[WORKER])
        return person

    @cached_property
    def assignment(self) -> Assignment:
        return Assignment.objects.get(person=self.person, kind="responsible")

    @cached_property
    def cover(self) -> Assignment:
        boss = self.users[TOWN]
        return AssignmentFactory(person=self.person, worker=boss, kind="cover")

    @cached_property
    def ahead(self) -> Assignment:
        """A cover that has not begun."""
        begins = today() + timedelta(days=30)
        mate = self.users[MATE]
        return AssignmentFactory(person=self.person, worker=mate, kind="cover", on=begins)

    @cached_property
    def contact(self) -> Contact:
        return ContactFactory(person=self.person)

    @cached_property
    def lookup(self) -> OutsideLookup:
        return look_up_outside(by=self.by, person=self.person)

    @cached_property
    def notice(self) -> Notice:
        """The worker was told of the person."""
        reader = self.users[WORKER]
        ring(
            kind=NoticeKind.HANDED, readers=[reader.pk if reader else None], subject=uuid.uuid4(),
            by=self.by, about_id=self.person.pk,
        )  # fmt: skip
        return Notice.objects.filter(kind=NoticeKind.HANDED).latest("pk")

    @cached_property
    def twin(self) -> Person:
        """A second file of the town, to be compared with the person's."""
        return PersonFactory(phone=self.person.phone)

    @cached_property
    def merge(self) -> Merge:
        by = self.users[RECORDS] or self.by
        merged = PersonFactory(name=self.person.name)
        return merged_into(self.person, merged, by)

    @cached_property
    def not_same(self) -> NotSame:
        other, by = PersonFactory(), self.users[TOWN] or self.by
        return decide_not_same(one=self.person, other=other, by=by, reason="两个人")

    @cached_property
    def case(self) -> Case:
        return CaseFactory(person=self.person)

    @cached_property
    def leave(self) -> Leave:
        days = {"starts_on": date(2024, 5, 1), "until_on": date(2024, 5, 9),
                "reported_in_writing_on": date(2024, 4, 30), "destination": "三亚"}  # fmt: skip
        return report_leave(case=self.case, by=self.by, **days)

    @cached_property
    def suspension(self) -> Suspension:
        day = date(2024, 6, 1)
        return suspend_case(case=self.case, by=self.by, starts_on=day, reason="detained")

    @cached_property
    def risk_level(self) -> RiskLevelRecord:
        day = date(2024, 3, 2)
        return set_risk_level(
            person=self.person, risk_level="low", source="ledger", by=self.by, on=day
        )

    @cached_property
    def member(self) -> TeamMember:
        facts = {"kind": "police", "name": "吴警", "joined_on": date(2024, 3, 1)}
        return TeamMember.objects.create(
            case=self.case, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def police_report(self) -> PoliceReport:
        facts = {
            "ground": "serious", "happened_on": date(2024, 5, 2), "facts": "事实", "heard": "陈述",
        }  # fmt: skip
        return PoliceReport.objects.create(
            case=self.case, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def step(self) -> CaseStep:
        facts = {"kind": "agreed_help", "on": date(2024, 3, 1), "words": "介绍工作"}
        return CaseStep.objects.create(
            case=self.case, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def proposal(self) -> Proposal:
        facts = {"kind": "leave", "subject": self.leave.public_id, "facts": "外出三亚"}
        return Proposal.objects.create(
            person=self.person, proposed_by=self.by, **facts, **self.place
        )

    @cached_property
    def due_item(self) -> DueItem:
        """Made after what lays the windows anew: a risk level and an assessment."""
        day, _ = date(2024, 3, 1), (self.risk_level, self.assessment)
        return DueItem.objects.get_or_create(
            case=self.case, kind="checkin", opens_on=day,
            defaults={
                "due_on": date(2024, 3, 14), "person": self.person, "number": 1, "rule": self.plan,
                "year_of_term": 1, "recorded_elsewhere": False, "carried_over": False,
                **self.place,
            },
        )[0]  # fmt: skip

    @cached_property
    def need(self) -> Need:
        facts = {
            "kind": "work", "said_on": date(2024, 3, 3), "source": "page", "urgency": "normal",
            "said_by": "person",
        }  # fmt: skip
        return Need.objects.create(person=self.person, recorded_by=self.by, **facts, **self.place)

    @cached_property
    def assessment(self) -> Assessment:
        facts = {"on": date(2024, 3, 5), "risk_level": "low", "reason": "工作稳定"}
        return bring_in_assessment(person=self.person, by=self.by, **facts)[0]

    @cached_property
    def life_event(self) -> LifeEvent:
        day = date(2024, 3, 6)
        return note_event(person=self.person, by=self.by, kind="job_lost", on=day)

    @cached_property
    def help_flag(self) -> HelpFlag:
        day = date(2024, 3, 6)
        return set_flag(person=self.person, by=self.by, kind="alone", since=day)

    @cached_property
    def sealed_flag(self) -> SealedFlag:
        days = {"since": date(2024, 3, 6), "agreed_on": date(2024, 3, 6)}
        by = self.users[TOWN] or self.by
        return set_sealed(person=self.person, by=by, kind="mental", **days)

    @cached_property
    def round(self) -> Round:
        days = {"first": date(2024, 2, 23), "last": date(2024, 3, 22)}
        return open_round(area=area(JIAJI), title="第一轮", by=self.by, **days)

    @cached_property
    def round_target(self) -> RoundTarget:
        return RoundTarget.objects.get_or_create(
            round=self.round, person=self.person, defaults=self.place
        )[0]

    @cached_property
    def checkin(self) -> CheckIn:
        moment = datetime(2024, 3, 4, 2, tzinfo=UTC)
        facts = {"method": "in_person", "occurred_at": moment, "day": date(2024, 3, 4)}
        return CheckIn.objects.create(
            person=self.person, case=self.case, recorded_by=self.by, recorded_at=moment, **facts,
            **self.place,
        )  # fmt: skip

    @cached_property
    def breach(self) -> Breach:
        day = date(2024, 3, 8)
        facts = {"kind": "test_refused", "starts_on": day, "ends_on": day, "facts": "拒绝尿检"}
        return Breach.objects.create(
            case=self.case, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def response(self) -> Response:
        facts = {"kind": "education", "on": date(2024, 3, 9), "words": "按约定检测"}
        return Response.objects.create(
            breach=self.breach, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def transfer(self) -> Transfer:
        """Handed over to 文城镇, not decided yet."""
        day, to = date(2024, 4, 1), place_of(area(WENCHENG))
        return Transfer.objects.create(
            case=self.case, person=self.person, recorded_by=self.by, asked_on=day, reason="务工",
            state="handed_over", handed_over_on=day, handed_over_by=self.by, letter=self.paper,
            **{f"to_{field}": unit for field, unit in to.items()}, **self.place,
        )  # fmt: skip

    @cached_property
    def release(self) -> Release:
        facts = {"name": "陈归", "source": "isolation", "institution": "省第一强制隔离戒毒所"}
        return Release.objects.create(
            recorded_by=self.by, expected_on=date(2024, 5, 1), **facts, **self.place
        )

    @cached_property
    def meeting(self) -> Meeting:
        moment = datetime(2024, 3, 4, 2, tzinfo=UTC)
        facts = {
            "kind": "visit", "place": "home", "occurred_at": moment, "day": date(2024, 3, 4),
            "met_person": True,
        }  # fmt: skip
        return Meeting.objects.create(
            person=self.person, case=self.case, recorded_by=self.by, recorded_at=moment, **facts,
            **self.place,
        )  # fmt: skip

    @cached_property
    def drug_test(self) -> DrugTest:
        return sampled(self.person, self.case.agreement_on, by=self.by)

    @cached_property
    def draw(self) -> Draw:
        return stored_draw(self.person, self.by)

    @cached_property
    def drawn(self) -> Drawn:
        return Drawn.objects.get(draw=self.draw, person=self.person)

    @cached_property
    def draw_excuse(self) -> Excuse:
        return excused(self.person, by=self.by)

    @cached_property
    def letter(self) -> Letter:
        return record_letter(person=self.person, by=self.by, received_on=date(2024, 3, 4))

    @cached_property
    def summary(self) -> HalfYearSummary:
        day = date(2024, 3, 1)
        return HalfYearSummary.objects.create(
            person=self.person, case=self.case, first=day, last=date(2024, 8, 31), figures={},
            told_on=day, progress_words="平稳", difficulty_words="无", help_words="谈心",
            said_words="好", recorded_by=self.by, recorded_at=datetime(2024, 8, 31, 2, tzinfo=UTC),
            **self.place,
        )  # fmt: skip

    @cached_property
    def lost(self) -> LostContact:
        day = date(2024, 3, 4)
        return LostContact.objects.create(
            person=self.person, case=self.case, since_on=day, set_on=day, set_by=self.by,
            reason="多次联系未果", **self.place,
        )  # fmt: skip

    @cached_property
    def search(self) -> Search:
        facts = {"on": date(2024, 3, 5), "means": "phone", "words": "无人接听"}
        return Search.objects.create(
            lost=self.lost, person=self.person, recorded_by=self.by, **facts, **self.place
        )

    @cached_property
    def snooze(self) -> Snooze:
        moment = datetime(2024, 3, 4, 2, tzinfo=UTC)
        return Snooze.objects.create(
            person=self.person, case=self.case, kind="visit", until=date(2024, 3, 9),
            reason="农忙", recorded_at=moment, recorded_by=self.by, **self.place,
        )  # fmt: skip

    @cached_property
    def paper(self) -> IssuedDocument:
        return documents.issued(self.case, self.users[TOWN] or self.by)

    @cached_property
    def scan(self) -> Attachment:
        return documents.scan(self.case, self.users[TOWN] or self.by)

    @cached_property
    def number(self) -> DocumentNumber:
        number = DocumentNumber.objects.filter(office__code__startswith=QIONGHAI)
        return number[0] if self.paper and number else DocumentNumber()

    @cached_property
    def by(self) -> User:
        return User.objects.system()

    @cached_property
    def place(self) -> dict[str, Any]:
        return place_ids(self.person)

    @cached_property
    def staff(self) -> User:
        """A colleague of the worker."""
        return self.users[MATE] or UserFactory()


def nowhere(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address for a row that does not exist."""
    elsewhere: dict[type, Any] = {uuid.UUID: uuid.uuid4(), str: "987654321", int: 987654321}
    return {key: elsewhere.get(type(value), value) for key, value in kwargs.items()}
