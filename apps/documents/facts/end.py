"""Facts of papers at the end: an end that was set, last day, notice, how it ended, abstinence."""

from apps.cases.codes import ClosureReason, Measure, StepKind
from apps.cases.models import CaseStep
from apps.cases.rules import last_day_of_term
from apps.cases.services.endings import last_use
from apps.documents.file_index import EntryState, index_of, read_file
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject
from apps.law.dates import abstinent_since

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


def end_set(subject: Subject) -> Facts:
    """条例 art. 24: the paper of the authority that set another end after a suspension."""
    step = _step(subject, StepKind.END_SET)
    return {"paper_words": f"{step.number}（{day_words(step.paper_on)}）" if step else "无"}


def term_end(subject: Subject) -> Facts:
    """条例 arts. 23, 40: before the last day is over the term has not ended."""
    last = last_day_of_term(subject.case) if subject.case else None
    when = "将于" if last is None or last >= subject.day else "已于"
    return {"end_words": f"期限{when}{day_words(last)}届满"}


def notice(subject: Subject) -> Facts:
    """The notice of release of the police, once it is on file."""
    step = _step(subject, StepKind.RELEASE)
    if step is None:
        return {"police_paper": ""}
    return {
        "police_paper": f"通知书（{step.number}）已由公安机关于{day_words(step.paper_on)}出具。"
    }


def abstinent(subject: Subject) -> Facts:
    """条例 art. 7: from the report on, or from the last use that the police have established."""
    case = subject.case
    if case is None or case.reported_on is None:
        return {"clean_since": ""}
    used = last_use(case)
    return {"clean_since": day_words(abstinent_since(case.reported_on, [used] if used else []))}


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
    missing = [entry.chinese for entry in entries if entry.state == EntryState.MISSING]
    return {
        "papers_count": f"{papers}份",
        "scans_count": f"{scans}份",
        "missing_words": "、".join(missing) or "无",
    }


def _step(subject: Subject, kind: StepKind) -> CaseStep | None:
    rows = CaseStep.objects.visible_to(subject.by).filter(case=subject.case, kind=kind)
    found: CaseStep | None = rows.order_by("-pk").first()
    return found
