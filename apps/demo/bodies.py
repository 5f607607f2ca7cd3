"""The bodies that papers go to, the people around a person, and the papers of the beginning."""

from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.cases.models.care_team import MemberKind
from apps.cases.services import add_member
from apps.demo.clock import on_day
from apps.documents.codes import PaperKind
from apps.documents.services import issue_document
from apps.organisations.models import Organisation, OrganisationKind
from apps.organisations.services import register_organisation
from apps.persons.models import Contact

OFFICERS: Final = (
    "陈志强", "李卫国", "王建民", "吴清海", "林正平", "黄文彬", "符永昌", "周大勇", "何振华",
)  # fmt: skip
VILLAGERS: Final = ("王秀兰", "符亚妹", "陈德旺", "李玉香", "林明德", "黄亚福", "吴春花", "周海燕")
HELP: Final = {
    Measure.SQJD: "每季度一次戒毒知识辅导；介绍就业岗位，协助申请临时救助。",
    Measure.SQKF: "每月一次心理辅导；推荐技能培训，协助办理医保报销。",
}


def register_bodies(county: Area, towns: list[Area], by: User) -> Organisation:
    """The authority of the county, a station in each town, and what a worker refers to."""
    known = Organisation.objects.filter(
        county=county, kind=OrganisationKind.POLICE, town=None
    ).first()
    if known is not None:
        return known  # type: ignore[no-any-return]
    for kind, name in (
        (OrganisationKind.CIVIL_AFFAIRS, "民政局"),
        (OrganisationKind.JUSTICE, "司法局"),
        (OrganisationKind.CLINIC, "人民医院"),
        (OrganisationKind.STATION, "社区戒毒社区康复指导站"),
    ):
        register_organisation(by=by, name=f"{county.name}{name}", kind=kind, county=county)
    for town in towns:
        register_organisation(
            by=by, name=f"{town.name.removesuffix('镇')}派出所", kind=OrganisationKind.POLICE,
            county=county, town=town,
        )  # fmt: skip
    return register_organisation(
        by=by, name=f"{county.name}公安局", kind=OrganisationKind.POLICE, county=county
    )


def gather_team(case: Case, worker: User, on: date, number: int) -> None:
    """条例 art. 17: the worker leads; police, village and whom of the family the person agreed."""
    people = (
        (MemberKind.WORKER, worker.name, worker.phone),
        (MemberKind.POLICE, OFFICERS[number % len(OFFICERS)], f"100{7000 + number:04d}0001"),
        (MemberKind.VILLAGE, VILLAGERS[number % len(VILLAGERS)], f"100{8000 + number:04d}0001"),
    )
    for kind, name, phone in people:
        add_member(case=case, by=worker, kind=kind, on=on, name=name, phone=phone)
    contact = Contact.objects.filter(person=case.person, withdrawn_on=None).first()
    if contact is not None and contact.agreed_on <= on and number % 2:
        add_member(case=case, by=worker, kind=MemberKind.FAMILY, on=on, contact=contact)


def issue_first_papers(case: Case, by: User, day: date, number: int) -> None:
    """Notice, agreement, team and plan, in the days after the report."""
    agreed, measure = case.agreement_on, Measure(case.measure)
    if agreed is None or agreed < day - timedelta(days=365):
        return  # its papers lie in the old file
    answers = {
        PaperKind.NOTICE: {}, PaperKind.TEAM: {},
        PaperKind.AGREEMENT: {
            "help_words": HELP[measure], "contact_words": "每两周当面或者电话联系",
        },
        PaperKind.PLAN: {
            "family_words": "与家人同住，家人愿意参加", "history_words": "见决定书",
            "state_words": "身体状况良好，情绪平稳", "needs_words": "希望有稳定收入",
            "treatment_words": "目前不需要药物治疗", "help_words": HELP[measure],
            "counselling_words": "每月谈话一次", "goal_words": "按时检测，三个月内就业",
            "person_words": "同意，希望时间灵活一些",
        },
    }  # fmt: skip
    with on_day(agreed, 11):
        for kind, said in answers.items():
            issue_document(
                person=case.person, case=case, kind=kind, by=by, answers=dict(said),
                client_uuid=uuid5(NAMESPACE_URL, f"homeward-demo-paper-{number}-{kind}"),
            )  # fmt: skip
