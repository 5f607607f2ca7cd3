"""Facts of a paper: what is on file, as plain words. Each builder is a group of placeholders."""

from datetime import date

from django.db.models import Q
from django.utils import translation

from apps.cases.codes import CaseState, SuspensionReason
from apps.cases.models import Case, Leave, Suspension, TeamMember
from apps.cases.models.care_team import MemberKind
from apps.cases.rules import last_day_of_term, report_by, state_with
from apps.core.text import mask_identity
from apps.documents.subject import Facts, Subject
from apps.documents.words import day_words, measure_words, office_name, place_words, term_words
from apps.law.dates import ONE_DAY
from apps.needs.models import Need
from apps.organisations.models import Kind as OrganisationKind
from apps.organisations.models import Organisation
from apps.persons.models import Assignment, Contact

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
HELD = {SuspensionReason.DETAINED: "拘留", SuspensionReason.ARRESTED: "逮捕"}
UNTIL = {"zh-hans": "以上到{day}为止。", "en": "All this until {day}."}


def common(subject: Subject, *, full_number: bool) -> Facts:
    """What every paper may name: office, person, order, worker."""
    with translation.override(subject.language):
        facts = _office(subject) | _person(subject) | _worker(subject) | _case(subject)
    number = subject.person.document_number
    return facts | {"id_number": number if full_number else mask_identity(number)}


def _office(subject: Subject) -> Facts:
    units = {unit.level: unit.name for unit in subject.office.path()}
    return {
        "office": office_name(subject.office),
        "county": units.get("county", ""),
        "town": units.get("town", ""),
        "issued_on": day_words(subject.day, subject.language),
    }


def _person(subject: Subject) -> Facts:
    person = subject.person
    return {
        "name": person.name,
        "sex": str(person.get_sex_display()) if person.sex else "",
        "born_on": day_words(person.born_on, subject.language),
        "file_number": person.file_number,
        "phone": person.phone,
        "residence": place_words(person.residence_area or person.village, person.residence_address),
        "registration": place_words(person.registration_area, person.registration_address),
        "education": str(person.get_education_display()) if person.education else "",
        "marital": str(person.get_marital_display()) if person.marital else "",
        "employment": str(person.get_employment_display()) if person.employment else "",
        "household": str(person.get_household_display()) if person.household else "",
    }


def _worker(subject: Subject) -> Facts:
    current = (
        Assignment.objects.filter(person=subject.person)
        .responsible().current_on(subject.day).select_related("worker").first()
    )  # fmt: skip
    worker = current.worker if current else None
    return {"worker": worker.name if worker else "", "worker_phone": worker.phone if worker else ""}


def _case(subject: Subject) -> Facts:
    case, language = subject.case, subject.language
    if case is None:
        return {"measure": "", "measure_line": ""}
    last = last_day_of_term(case)
    measure = measure_words(case.measure, language)
    until = f"，至{day_words(last)}期满" if language != "en" else f", until {day_words(last, 'en')}"
    return {
        "measure": measure,
        "measure_line": measure + (until if last else ""),
        "decision_number": case.decision_number,
        "authority": case.authority.name if case.authority else "",
        "decided_on": day_words(case.decided_on, language),
        "received_on": day_words(case.received_on, language),
        "report_deadline": day_words(_deadline(case), language),
        "reported_on": day_words(case.reported_on, language),
        "agreement_on": day_words(case.agreement_on, language),
        "plan_on": day_words(case.plan_on, language),
        "term": term_words(case.term_months),
        "starts_on": day_words(case.reported_on, language),
        "ends_on": day_words(last, language),
    }


def _deadline(case: Case) -> date | None:
    return report_by(case)


def _members(subject: Subject) -> list[TeamMember]:
    on_team = Q(left_on=None) | Q(left_on__gt=subject.day)
    rows = TeamMember.objects.visible_to(subject.by).filter(on_team, case=subject.case)
    return list(rows.order_by("-is_lead", "joined_on", "pk"))


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


def police(subject: Subject) -> Facts:
    """To whom papers for the police go: the deciding authority, else the station of the town."""
    authority = subject.case.authority if subject.case else None
    return {"police": authority.name if authority else _station(subject)}


def _station(subject: Subject) -> str:
    stations = Organisation.objects.in_area(subject.office).filter(
        kind=OrganisationKind.POLICE, active=True
    )
    found = stations.order_by("name").first()
    return found.name if found else ""


def handbook(subject: Subject) -> Facts:
    """Four levels of responsibility: town, police station, village, family."""
    members = _members(subject) if subject.case else []
    facts: Facts = {
        "police_station": _station(subject),
        "village_unit": subject.person.village.name if subject.person.village else "",
        "duties_words": _duties(subject),
    }
    levels = {
        "town": (MemberKind.TOWN, MemberKind.WORKER, MemberKind.SOCIAL_WORKER),
        "police": (MemberKind.POLICE,), "village": (MemberKind.VILLAGE,),
    }  # fmt: skip
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
        .filter(person=subject.person, withdrawn_on=None).order_by("-agreed_on").first()
    )  # fmt: skip
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


def needs(subject: Subject) -> Facts:
    """Open needs, in the person's words where there are any."""
    rows = Need.objects.visible_to(subject.by).filter(person=subject.person)
    with translation.override(subject.language):
        said = [
            f"{need.get_kind_display()}：{need.words}" if need.words else need.get_kind_display()
            for need in rows.open_on(subject.day).order_by("said_on", "pk")
        ]
    return {"needs_words": "；".join(said)}


def leave(subject: Subject) -> Facts:
    """The written report of the leave that lasts or lies ahead."""
    rows = Leave.objects.visible_to(subject.by).filter(
        case=subject.case, withdrawn_at=None, last_day__gte=subject.day
    )
    last = rows.order_by("starts_on").first()
    if last is None:
        return {}
    return {
        "destination": last.destination,
        "leave_from": last.starts_on.isoformat(), "leave_until": last.until_on.isoformat(),
    }  # fmt: skip


def suspension(subject: Subject) -> Facts:
    """条例 art. 24: the last suspension on file."""
    rows = Suspension.objects.visible_to(subject.by).filter(case=subject.case, withdrawn_at=None)
    last = rows.order_by("-starts_on").first()
    if last is None:
        return {}
    return {
        "suspension_reason": HELD[SuspensionReason(last.reason)],
        "suspended_on": day_words(last.starts_on),
        "held_paper": last.note,
        # The last day of the suspension is the day before the order goes on.
        "released_on": day_words(last.ended_on and last.ended_on + ONE_DAY),
        "continues_on": day_words(last.ended_on and last.ended_on + ONE_DAY),
    }
