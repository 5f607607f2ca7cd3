"""Facts of the course of an order: assessment, help, report to the police, end."""

from django.utils import translation

from apps.assessments.codes import Standing
from apps.assessments.factors import FACTORS, PROTECTS
from apps.assessments.models import Assessment
from apps.cases.codes import ClosureReason, Ground, Measure, StepKind
from apps.cases.models import CaseStep, PoliceReport, TeamMember
from apps.documents.facts import family
from apps.documents.filing import State, index_of, read_file
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.subject import Facts, Subject
from apps.documents.words import day_words
from apps.needs.models import Need

# In words that a paper of either measure may use.
CLOSURES = {
    ClosureReason.RELEASED: "期满解除", ClosureReason.IMPRISONED: "收监执行刑罚",
    ClosureReason.CORRECTIVE: "采取强制性教育措施", ClosureReason.ISOLATION: "公安机关另行作出决定",
    ClosureReason.DECEASED: "死亡", ClosureReason.REVOKED: "原决定被撤销或者变更",
    ClosureReason.OTHER: "其他",
}  # fmt: skip
TERMINATED_BY = {
    Measure.SQJD: "根据《戒毒条例》第二十四条第一款，",
    Measure.SQKF: "根据《中华人民共和国禁毒法》第四十八条，参照《戒毒条例》第二十四条第一款，",
}
BY_LAW = (ClosureReason.IMPRISONED, ClosureReason.CORRECTIVE)


def registration(subject: Subject) -> Facts:
    """Beside what every paper knows: the family agreed to, and why the report was late."""
    late = CaseStep.objects.visible_to(subject.by).filter(
        case=subject.case, kind=StepKind.LATE_REPORT
    )
    return family(subject) | {"late_words": next((step.words for step in late), "")}


def assessment(subject: Subject) -> Facts:
    """The latest one that was decided; without one the factors alone, to fill in by hand."""
    rows = Assessment.objects.visible_to(subject.by).filter(
        person=subject.person, standing=Standing.IN_FORCE
    )
    newest = rows.select_related("assessor", "decided_by", "told_by", "tier_record").newest_first()
    found: Assessment | None = newest.first()
    with translation.override("zh-hans"):
        return _factors(found) | (_decision(found) if found else {})


def _factors(found: Assessment | None) -> Facts:
    filled = found.filled if found else {"answers": {}, "words": {}}
    facts: Facts = {}
    for number, (code, factor) in enumerate(FACTORS.items(), 1):
        answer = factor.answer(filled["answers"].get(code, ""))
        facts |= {
            f"factor_{number}_label": str(factor.label),
            f"factor_{number}_answer": str(answer.label) if answer else "",
            f"factor_{number}_words": filled["words"].get(code, ""),
        }
    return facts


def _decision(found: Assessment) -> Facts:
    protects = [str(PROTECTS[code]) for code in found.filled["protects"]]
    told = f"{day_words(found.told_on)}，{found.get_told_how_display()}" if found.told_on else ""
    objection = f"{day_words(found.objected_on)}提出：{found.objection}" if found.objection else ""
    return {
        "assessed_on": day_words(found.assessed_on),
        "assessor": found.who,
        "valid_until": day_words(found.speaks_until),
        "proposed": str(found.get_proposed_display()) if found.proposed else "",
        "tier": str(found.get_tier_display()),
        "tier_by": str(found.decided_by or ""),
        "tier_reason": found.reason,
        "protects_words": "、".join(protects),
        "told_words": told,
        "objection_words": objection,
    }


def helps(subject: Subject) -> Facts:
    """Every need with its referral and how it ended, the oldest first."""
    rows = Need.objects.visible_to(subject.by).filter(person=subject.person)
    facts: Facts = {"team_names": "、".join(member.name for member in _team(subject))}
    with translation.override("zh-hans"):
        for number, need in enumerate(rows.order_by("said_on", "pk"), 1):
            ended = f"{need.get_outcome_display()} {need.closed_on}" if need.closed_on else "办理中"
            facts |= {
                f"help_{number}_on": day_words(need.said_on),
                f"help_{number}_kind": str(need.get_kind_display()),
                f"help_{number}_words": need.words,
                f"help_{number}_to": need.referred_to,
                f"help_{number}_outcome": ended if need.closed_on else "办理中",
            }
    return facts


def _team(subject: Subject) -> list[TeamMember]:
    if subject.case is None:
        return []
    rows = TeamMember.objects.visible_to(subject.by).filter(case=subject.case, left_on=None)
    return list(rows.order_by("-is_lead", "joined_on", "pk"))


def serious(subject: Subject) -> Facts:
    return _report(subject, Ground.SERIOUS)


def overdue(subject: Subject) -> Facts:
    return _report(subject, Ground.OVERDUE)


def _report(subject: Subject, ground: Ground) -> Facts:
    """What was proposed and approved, with what the person says."""
    rows = PoliceReport.objects.visible_to(subject.by).filter(
        case=subject.case, ground=ground, withdrawn_at=None, reported_on__isnull=False
    )
    found = rows.order_by("-recorded_at", "-pk").first()
    return {"report_facts": found.facts, "report_heard": found.heard} if found else {}


def closure(subject: Subject) -> Facts:
    """条例 art. 24 speaks of prison and of corrective education alone."""
    case = subject.case
    if case is None or case.closed_on is None:
        return {"closure_basis": ""}
    reason = ClosureReason(case.closure_reason)
    words = f"{subject.person.name}于{day_words(case.closed_on)}{CLOSURES[reason]}"
    measure = {"SQJD": "社区戒毒", "SQKF": "社区康复"}[case.measure]
    law = TERMINATED_BY[Measure(case.measure)] if reason in BY_LAW else ""
    return {
        "closure_words": CLOSURES[reason],
        "closed_on": day_words(case.closed_on),
        "closure_note": case.closure_note,
        "closure_basis": f"{words}，{law}{measure}自该日起终止。",
    }


def contents(subject: Subject) -> Facts:
    """How much the file holds, and what it lacks."""
    mine = {"person": subject.person}
    papers = IssuedDocument.objects.visible_to(subject.by).filter(**mine).valid().count()
    scans = Attachment.objects.visible_to(subject.by).filter(**mine).valid().count()
    entries = index_of(read_file(subject))
    missing = [entry.chinese for entry in entries if entry.state == State.MISSING]
    return {
        "papers_count": f"{papers}份", "scans_count": f"{scans}份",
        "missing_words": "、".join(missing) or "无",
    }  # fmt: skip
