"""Every form that carries a key: where it is sent, with what, and what is written otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assessments import forms as assessment_forms, forms_summary
from apps.assessments.models import Assessment, HalfYearSummary, LifeEvent
from apps.assistance import forms as help_forms
from apps.assistance.models import Assistance, AssistanceStep, Look, Payment
from apps.breaches import forms as breach_forms
from apps.breaches.models import Breach, Response
from apps.breaches.services import respond_to_breach
from apps.campaigns import (
    forms as campaign_forms,
    forms_counts as campaign_counts,
    forms_slots as campaign_slots,
)
from apps.campaigns.models import Campaign, CampaignCount, CampaignSite, CampaignTarget
from apps.cases.models import Case
from apps.checkins import forms as checkin_forms
from apps.checkins.models import CheckIn
from apps.covers import forms as cover_forms
from apps.covers.models import Cover
from apps.documents import forms as document_forms
from apps.documents.models import Attachment, IssuedDocument
from apps.draws import forms as draw_forms
from apps.draws.models import Draw, Excuse
from apps.drugtests import forms as test_forms, forms_steps as step_forms
from apps.drugtests.models import DrugTest, Step
from apps.followups import forms as followup_forms
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.intake import forms as intake_forms
from apps.intake.models import Release
from apps.needs import forms as need_forms
from apps.needs.models import Need
from apps.persons.models import Person
from apps.schedule import views as schedule_views
from apps.schedule.models import DueItem, Snooze
from apps.transfers import forms as transfer_forms
from apps.transfers.models import Transfer
from apps.visits import forms as visit_forms
from apps.visits.models import LostContact, Meeting, Search
from apps.visits.views import lost as lost_views
from tests.core.sent_care import CARE_PAGES, CareOffice
from tests.core.sent_reports import REPORT_PAGES
from tests.core.sent_treatment import TREATMENT_PAGES, TreatmentOffice
from tests.core.sent_work import WORK_PAGES, WorkOffice
from tests.drugtests.ways import lab_test, step
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.assessments import QUIET
from tests.factories.assistance import approved, helped, paid, programme
from tests.factories.breaches import confirmed
from tests.factories.campaigns import opened
from tests.factories.cases import CaseFactory
from tests.factories.documents import PDF, answers_for
from tests.factories.followups import looked_in_on, round_of
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory

NOW = date(2024, 9, 5)
TOLD, OTHERWISE = "当面说的原话", "后来改写的话"


class Office(WorkOffice, CareOffice, TreatmentOffice):
    """Two supervisors of one town, two persons with an order."""

    def __init__(self) -> None:
        self.users: list[User] = [UserFactory(town_supervisor=True) for _n in range(2)]
        self.clients: list[Client] = [signed_in(user) for user in self.users]

    def made(self) -> Self:
        """With all its rows, for tests that take back what they write."""
        for name in dir(Office):
            if isinstance(getattr(Office, name), cached_property):
                getattr(self, name)
        return self

    @cached_property
    def cases(self) -> list[Case]:
        return [CaseFactory() for _n in range(2)]

    @cached_property
    def breaches(self) -> list[Breach]:
        return [confirmed(case, UserFactory(), self.users[0]) for case in self.cases]

    @cached_property
    def educated(self) -> list[Breach]:
        """A written warning follows education."""
        for breach in self.breaches:
            respond_to_breach(
                breach=breach, by=self.users[0], client_uuid=uuid4(), kind="education", on=NOW,
                words="已当面教育",
            )  # fmt: skip
        return self.breaches

    @cached_property
    def lost(self) -> list[LostContact]:
        return [self._lost(case) for case in self.cases]

    @cached_property
    def followup_round(self) -> FollowUpRound:
        return round_of(first=NOW, by=self.users[0])

    @cached_property
    def followup_targets(self) -> list[FollowUpTarget]:
        found = round_of(first=NOW, by=self.users[0], title="夏季回访")
        return [looked_in_on(found, person, by=self.users[0]) for person in self.strangers]

    @cached_property
    def campaign(self) -> Campaign:
        return opened(first=NOW, by=self.users[0])

    @cached_property
    def drivers(self) -> Campaign:
        return opened(first=NOW, by=self.users[0], title="客运行业筛查", asks="occupation")

    @cached_property
    def strangers(self) -> list[Person]:
        """Without an order."""
        return [PersonFactory() for _n in range(2)]

    @cached_property
    def samples(self) -> list[DrugTest]:
        """Sealed, and to be stored."""
        made = [lab_test(c.person, date(2024, 9, 2), by=self.users[0]) for c in self.cases]
        for test in made:
            step(test, "sealed", test.occurred_at)
        return made

    @cached_property
    def helps(self) -> list[Assistance]:
        return [helped(person=c.person, by=self.users[0], found_on=NOW) for c in self.cases]

    @cached_property
    def given(self) -> list[Payment]:
        """Long enough ago to be looked at."""
        facts: dict[str, Any] = {"by": self.users[0], "found_on": date(2024, 7, 1)}
        rows = [approved("medical", person=c.person, **facts) for c in self.cases]
        return [paid(row, by=self.users[0], paid_on=date(2024, 7, 2)) for row in rows]

    @cached_property
    def workers(self) -> list[User]:
        return [UserFactory(area=area(JIAJI)) for _n in range(3)]

    def _lost(self, case: Case) -> LostContact:
        day = date(2024, 9, 1)
        place = place_ids(case)
        return LostContact.objects.create(
            person=case.person, case=case, since_on=day, set_on=day, set_by=self.users[0],
            reason="多次联系未果", **place,
        )  # fmt: skip


@dataclass(frozen=True)
class Page:
    """`words`: the field that is written otherwise. `fresh`: what a further entry needs beside a
    new key; None where the law of the act knows one only.
    """

    shape: type
    model: type[Model]
    url: str
    data: dict[str, Any]
    words: str
    args: Callable[[Office, int], list[Any]] = lambda office, n: [office.cases[n].person.public_id]
    more: Callable[[Office, int], dict[str, Any]] = lambda office, n: {}
    fresh: dict[str, Any] | None = field(default_factory=dict)
    key: str = "client_uuid"
    # The act has no person to be mistaken for.
    has_target: bool = True


def _item(office: Office, n: int) -> list[Any]:
    rows = DueItem.objects.filter(case=office.cases[n], kind="visit", outcome="open")
    return [rows.order_by("opens_on")[0].pk]


def _half_year(office: Office, n: int) -> dict[str, Any]:
    rows = DueItem.objects.filter(case=office.cases[n], kind="summary").order_by("opens_on")
    return {"first": str(rows[0].opens_on)}


def _workers(office: Office, n: int) -> dict[str, Any]:
    return {"worker": office.workers[n].pk, "cover": office.workers[2].pk}


def _sample(**more: Any) -> dict[str, Any]:
    return {"occurred_at": "2024-09-05T09:30", "sample": "urine"} | more


NEED = {"need_kind": "work", "need_urgency": "soon", "need_said_by": "person"}
PAGES = [
    Page(
        checkin_forms.CheckInForm, CheckIn, "checkins:create", key="uuid", words="note",
        data={"outcome": "done", "method": "video", "occurred_at": "2024-09-05T09:30", "mood": "4",
              "need_words": "想学电工", **NEED},
    ),
    Page(
        visit_forms.MeetingForm, Meeting, "visits:create", key="uuid", words="state_words",
        args=lambda office, n: [office.cases[n].person.public_id, "visit"],
        data={"met_person": "on", "place": "home", "occurred_at": "2024-09-05T09:30",
              "need_words": "想学电工", **NEED},
        fresh={"another": "on"},
    ),
    Page(
        visit_forms.AttemptForm, Meeting, "visits:attempt", key="uuid", words="note",
        args=lambda office, n: [office.cases[n].person.public_id, "talk"],
        data={"reason": "not_found", "way": "phone", "next_on": "2024-09-07"},
    ),
    Page(
        need_forms.NeedForm, Need, "needs:create", key="uuid", words="words",
        data={"kind": "work", "urgency": "soon", "said_by": "person", "said_on": "2024-09-05"},
    ),
    Page(
        test_forms.TestForm, DrugTest, "drugtests:create", words="note",
        data=_sample(kind="screening", why="regular", place="office", collector="周晓岚",
                     collector_sex="2", second_collector="符丽", second_sex="2", medicine="none"),
        fresh={"occurred_at": "2024-09-04T09:30"},
    ),
    Page(
        test_forms.NotTakenForm, DrugTest, "drugtests:not-taken", words="note",
        data=_sample(reason_not="refused", next_on="2024-09-08", kind="screening", why="regular"),
    ),
    Page(
        help_forms.HelpForm, Assistance, "assistance:create", words="words", fresh=None,
        data={"beneficiary": "person", "found_on": "2024-09-05"},
        more=lambda office, n: {"programme": programme("papers").pk},
    ),
    Page(
        help_forms.StepForm, AssistanceStep, "assistance:step", words="words", fresh=None,
        args=lambda office, n: [office.helps[n].public_id, "applied"],
        data={"day": "2024-09-05", "to_words": "嘉积镇民政办"},
    ),
    Page(
        help_forms.PaymentForm, Payment, "assistance:pay", words="payer",
        args=lambda office, n: [office.given[n].assistance.public_id],
        data={"paid_on": "2024-09-05", "how": "bank", "receipt": "signed", "amount_fen": "100"},
    ),
    Page(
        help_forms.ReverseForm, Payment, "assistance:reverse", words="reason", fresh=None,
        args=lambda office, n: [office.given[n].public_id], data={"on": "2024-09-05"},
    ),
    Page(
        help_forms.LookForm, Look, "assistance:look", words="words", fresh=None,
        args=lambda office, n: [office.given[n].assistance.public_id],
        data={"after": "30", "looked_on": "2024-09-05", "changed": "better"},
    ),
    Page(
        step_forms.StepForm, Step, "drugtests:step", words="place_words",
        args=lambda office, n: [office.samples[n].public_id, "stored"],
        data={"at": "2024-09-05T10:30", "by_name": "周晓岚", "place_words": "冷藏柜",
              "seal_intact": "yes"},
        fresh=None,
    ),
    Page(
        document_forms.PaperForm, IssuedDocument, "documents:prepare", words="help_words",
        args=lambda office, n: [office.cases[n].person.public_id, "agreement"],
        data={"act": "issue"} | {n: str(v) for n, v in answers_for("agreement").items()},
    ),
    Page(
        document_forms.ScanForm, Attachment, "documents:attach", words="description",
        data={"kind": "decision"},
        more=lambda office, n: {"file": SimpleUploadedFile("scan.pdf", PDF)},
    ),
    Page(
        assessment_forms.EventForm, LifeEvent, "assessments:event", words="words",
        data={"kind": "job_lost", "on": "2024-09-05"},
    ),
    Page(
        assessment_forms.AssessmentForm, Assessment, "assessments:create", key="uuid",
        words="reason",
        data={f"a_{code}": answer for code, answer in QUIET.items()}
        | {
            "on": "2024-09-05",
            "protects": ["job"],
            "risk_level": "low",
            "seen": "low",
            "save": "1",
        },
    ),
    Page(
        forms_summary.SummaryForm, HalfYearSummary, "assessments:summary-new",
        words="said_words", more=_half_year, fresh=None,
        data={"progress_words": "平稳", "difficulty_words": "收入", "help_words": "就业",
              "told_on": "2024-09-04"},
    ),
    Page(
        breach_forms.BreachForm, Breach, "breaches:record", words="facts",
        data={"kind": "test_refused", "on": "2024-09-01"}, fresh={"on": "2024-09-02"},
    ),
    *(
        Page(
            shape, Response, f"breaches:{shape.answer}", words="words",
            args=lambda office, n: [office.educated[n].public_id], data={"on": "2024-09-05"},
        )
        for shape in (
            breach_forms.EducationForm, breach_forms.AdmonitionForm, breach_forms.WarningForm
        )
    ),
    Page(
        schedule_views.SnoozeForm, Snooze, "schedule:put-off", key="uuid", words="reason",
        args=_item, data={"until": "2024-09-08"},
    ),
    Page(
        lost_views.SearchForm, Search, "visits:lost-detail", key="uuid", words="words",
        args=lambda office, n: [office.lost[n].public_id],
        data={"on": "2024-09-05", "means": "phone"},
    ),
    Page(
        cover_forms.BeginForm, Cover, "covers:begin", words="words", args=lambda office, n: [],
        data={"starts_on": "2024-09-05", "until_on": "2024-09-09"}, more=_workers,
        fresh={"starts_on": "2024-09-12", "until_on": "2024-09-15"},
    ),
    Page(
        draw_forms.DrawForm, Draw, "draws:new", words="note", args=lambda office, n: [],
        data={"area": JIAJI, "day": "2024-09-05", "wanted": "1", "valid_days": "3",
              "period_days": "90", "floor": "0", "ceiling": "9"},
        fresh={"day": "2024-09-06"}, has_target=False,
    ),
    Page(
        draw_forms.ExcuseForm, Excuse, "draws:excuse", words="words",
        data={"first": "2024-09-05", "last": "2024-09-06", "reason": "other"},
    ),
    Page(
        followup_forms.RoundForm, FollowUpRound, "followups:new", words="title",
        args=lambda office, n: [], fresh={"first": "2024-09-06"}, has_target=False,
        data={"area": JIAJI, "first": "2024-09-05", "last": "2024-09-30"},
    ),
    Page(
        followup_forms.AddForm, FollowUpTarget, "followups:add", words="ground_words", fresh=None,
        args=lambda office, n: [office.followup_round.public_id], data={},
        more=lambda office, n: {"who": office.strangers[n].file_number},
    ),
    Page(
        followup_forms.FollowUpForm, FollowUpAttempt, "followups:attempt", words="words",
        args=lambda office, n: [office.followup_targets[n].public_id], fresh=None,
        data={"outcome": "reached", "way": "phone", "occurred_at": "2024-09-05T10:00"},
    ),
    Page(
        campaign_forms.CampaignForm, Campaign, "campaigns:new", words="title",
        args=lambda office, n: [], fresh={"first": "2024-09-06"}, has_target=False,
        data={"area": JIAJI, "first": "2024-09-05", "last": "2024-09-30", "sample": "hair",
              "kind": "laboratory", "asks": "persons"},
    ),
    Page(
        campaign_forms.AddForm, CampaignTarget, "campaigns:add", words="ground_words", fresh=None,
        args=lambda office, n: [office.campaign.public_id], data={"ground": "consent"},
        more=lambda office, n: {"who": office.strangers[n].file_number},
    ),
    Page(
        campaign_slots.SiteForm, CampaignSite, "campaigns:site-add", words="address",
        args=lambda office, n: [office.campaign.public_id], fresh={"name": "万泉镇综治中心"},
        has_target=False,
        data={"name": "嘉积镇综治中心", "area": JIAJI, "place": "office", "room": "二楼谈话室",
              "collector": "王建国", "collector_sex": "1", "second_collector": "林志强",
              "second_sex": "1"},
    ),
    Page(
        campaign_counts.CountsForm, CampaignCount, "campaigns:counts-new", words="words",
        args=lambda office, n: [office.drivers.public_id], fresh={"occupation": "taxi"},
        has_target=False,
        data={"first_on": "2024-09-05", "last_on": "2024-09-05", "occupation": "bus",
              "tested": "150", "positive": "0"},
    ),
    *(Page(**one) for one in (*WORK_PAGES, *TREATMENT_PAGES, *CARE_PAGES, *REPORT_PAGES)),
    Page(
        intake_forms.NoticeForm, Release, "intake:expect", words="note",
        args=lambda office, n: [], has_target=False,
        data={"name": "陈归", "source": "isolation", "institution": "省第一强制隔离戒毒所",
              "measure": "none", "expected_on": "2024-10-01", "area": JIAJI},
    ),
    Page(
        transfer_forms.AskForm, Transfer, "transfers:ask", words="reason", fresh=None,
        data={"area": "469005100200", "on": "2024-09-05"},
    ),
]  # fmt: skip
