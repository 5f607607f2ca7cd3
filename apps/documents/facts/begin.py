"""Facts of papers at the beginning: registration, team, plan, handbook."""

from django.db.models import Q
from django.utils import translation

from apps.cases.codes import CaseState, StepKind
from apps.cases.models import CaseStep, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.cases.rules import last_day_of_term, state_with
from apps.documents.facts.police import station
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject
from apps.needs.models import Need
from apps.persons.models import Contact

NO_DUTIES = {
    "zh-hans": "目前没有必须履行的义务。需要帮助，随时联系。",
    "en": "There are no duties at present. Ask for help at any time.",
}
DUTIES = {
    "zh-hans": (
        "① 按约定与专职工作人员保持联系；② 按公安机关的要求接受检测；"
        "③ 离开{county}三日以上，事先书面报告；④ 电话、住址变了，说一声。{until}"
    ),
    "en": (
        "(1) Keep in touch as agreed. (2) Take tests as the police require. (3) Report in writing "
        "before leaving {county} for three days or more. (4) Tell a new phone or address. {until}"
    ),
}
REPORT_FIRST = {
    "zh-hans": "收到决定书之日起十五日内报到；来不了，先打电话说明。",
    "en": "Report within 15 days of receiving the decision; call first if you cannot come.",
}
UNTIL = {"zh-hans": "以上到{day}为止。", "en": "All this until {day}."}


def registration(subject: Subject) -> Facts:
    """Beside what every paper knows: the family agreed to, and why the report was late."""
    late = CaseStep.objects.visible_to(subject.by).filter(
        case=subject.case, kind=StepKind.LATE_REPORT
    )
    return family(subject) | {"late_words": next((step.words for step in late), "")}


def needs(subject: Subject) -> Facts:
    """Open needs, in the person's words where there are any."""
    rows = Need.objects.visible_to(subject.by).filter(person=subject.person)
    with translation.override(subject.language):
        said = [
            f"{need.get_kind_display()}：{need.words}" if need.words else need.get_kind_display()
            for need in rows.open_on(subject.day).order_by("said_on", "pk")
        ]
    return {"needs_words": "；".join(said)}


def team(subject: Subject) -> Facts:
    """条例 art. 17: the members of today, the lead first."""
    facts: Facts = {}
    lead = "（组长）"
    with translation.override(subject.language):
        for number, member in enumerate(_members(subject), 1):
            kind = str(member.get_kind_display())
            facts |= {
                f"team_{number}_kind": kind + lead if member.is_lead else kind,
                f"team_{number}_name": member.name,
                f"team_{number}_phone": member.phone,
                f"team_{number}_from": day_words(member.joined_on, subject.language),
            }
    return facts


def _members(subject: Subject) -> list[TeamMember]:
    on_team = Q(left_on=None) | Q(left_on__gt=subject.day)
    rows = TeamMember.objects.visible_to(subject.by).agreed_on(subject.day)
    rows = rows.filter(on_team, case=subject.case)
    return list(rows.order_by("-is_lead", "joined_on", "pk"))


def handbook(subject: Subject) -> Facts:
    """Four levels of responsibility: town, police station, village, family."""
    members = _members(subject) if subject.case else []
    facts: Facts = {
        "police_station": station(subject),
        "village_unit": subject.person.village.name if subject.person.village else "",
        "duties_words": _duties(subject),
    }
    levels = {
        "town": (MemberKind.TOWN, MemberKind.WORKER, MemberKind.SOCIAL_WORKER),
        "police": (MemberKind.POLICE,),
        "village": (MemberKind.VILLAGE,),
    }
    for level, kinds in levels.items():
        member = next((m for kind in kinds for m in members if m.kind == kind), None)
        facts |= {
            f"{level}_name": member.name if member else "",
            f"{level}_phone": member.phone if member else "",
        }
    return facts | family(subject)


def family(subject: Subject) -> Facts:
    """Only somebody whom the person agreed to."""
    contact = (
        Contact.objects.visible_to(subject.by)
        .filter(person=subject.person, withdrawn_on=None)
        .order_by("-agreed_on")
        .first()
    )
    return {
        "family_name": contact.name if contact else "",
        "family_phone": contact.phone if contact else "",
    }


def _duties(subject: Subject) -> str:
    """What is asked today, and until when; nothing without an order or after its end."""
    case, language = subject.case, subject.language
    if case is None:
        return NO_DUTIES[language]
    state = state_with(case, (), subject.day)
    if state in {CaseState.DECIDED, CaseState.OVERDUE}:
        return REPORT_FIRST[language]
    if state not in {CaseState.ACTIVE, CaseState.REPORTED}:
        return NO_DUTIES[language]
    last = last_day_of_term(case)
    until = UNTIL[language].format(day=day_words(last, language)) if last else ""
    county = next((u.name for u in subject.office.path() if u.level == "county"), "")
    return DUTIES[language].format(county=county, until=until)
