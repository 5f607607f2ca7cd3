"""Facts of the end of an order: an end that was set, last day, notice, three clean years."""

from apps.cases.codes import StepKind
from apps.cases.models import CaseStep
from apps.cases.rules import last_day_of_term
from apps.cases.services.endings import last_use
from apps.documents.subject import Facts, Subject
from apps.documents.words import day_words
from apps.law.dates import clean_since


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


def clean(subject: Subject) -> Facts:
    """条例 art. 7: from the report on, or from the last use that the police have established."""
    case = subject.case
    if case is None or case.reported_on is None:
        return {"clean_since": ""}
    used = last_use(case)
    return {"clean_since": day_words(clean_since(case.reported_on, [used] if used else []))}


def _step(subject: Subject, kind: StepKind) -> CaseStep | None:
    rows = CaseStep.objects.visible_to(subject.by).filter(case=subject.case, kind=kind)
    found: CaseStep | None = rows.order_by("-pk").first()
    return found
