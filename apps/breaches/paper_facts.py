"""What papers say of breaches: the register of an order, and its counters."""

from django.utils import translation

from apps.breaches.codes import Decision, ResponseKind
from apps.breaches.counting import Counters
from apps.breaches.models import Breach
from apps.documents.providers import provide
from apps.documents.subject import Facts, Subject
from apps.documents.words import day_words

ANSWERS = {
    ResponseKind.EDUCATION: "口头批评教育", ResponseKind.ADMONITION: "劝诫书",
    ResponseKind.WARNING: "告诫书",
}  # fmt: skip


def register_facts(subject: Subject) -> Facts:
    """Every entry that was not taken back, the oldest first, and what counts of them."""
    rows = Breach.objects.visible_to(subject.by).filter(case=subject.case)
    counters = rows.counters().get(subject.case.pk, Counters()) if subject.case else Counters()
    shown = rows.exclude(decision=Decision.WITHDRAWN).select_related("decided_by")
    facts: Facts = {
        "tests_count": f"{len(counters.tests)}次", "leaves_count": f"{len(counters.leaves)}次",
        "leave_days": f"{counters.days}日",
    }  # fmt: skip
    educated: list[str] = []
    with translation.override("zh-hans"):
        for number, breach in enumerate(
            shown.prefetch_related("responses__paper").order_by("starts_on", "pk"), 1
        ):
            facts |= {f"wrong_{number}_{name}": said for name, said in _line(breach).items()}
            educated += _educated(breach)
    return facts | {"earlier_words": "；".join(educated)}


def _line(breach: Breach) -> Facts:
    days = breach.starts_on.isoformat()
    if breach.ends_on != breach.starts_on:
        days += f"至{breach.ends_on.isoformat()}"
    heard = breach.said or breach.not_heard_why
    who = f"（{breach.decided_by}）" if breach.decided_by else ""
    given = [ANSWERS[ResponseKind(row.kind)] for row in breach.responses.all()]
    return {
        "days": days, "kind": str(breach.get_kind_display()), "facts": breach.facts,
        "said": heard or "尚未听取", "decision": f"{breach.get_decision_display()}{who}",
        "answer": "、".join(given),
    }  # fmt: skip


def _educated(breach: Breach) -> list[str]:
    rows = sorted(breach.responses.all(), key=lambda row: (row.on, row.pk))
    return [
        f"{day_words(row.on)}{ANSWERS[ResponseKind(row.kind)]}"
        + (f"（{row.paper.number}）" if row.paper else "")
        for row in rows
    ]


provide("breaches", register_facts)
