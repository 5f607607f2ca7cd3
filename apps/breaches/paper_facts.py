"""What papers say of breaches: the register of an order, and its counters."""

from django.utils import translation
from django.utils.translation import gettext as _

from apps.breaches.codes import BreachDecision, ResponseKind
from apps.breaches.counting import Counters
from apps.breaches.models import Breach, Response
from apps.core.refusals import Refused
from apps.documents.brought_in import demand, provide
from apps.documents.guards import running
from apps.documents.paper_words import day_words
from apps.documents.subject import Facts, Subject

ANSWERS = {
    ResponseKind.EDUCATION: "口头批评教育",
    ResponseKind.ADMONITION: "劝诫书",
    ResponseKind.WARNING: "告诫书",
}


def register_facts(subject: Subject) -> Facts:
    """Every entry that was not taken back, the oldest first, and what counts of them."""
    rows = Breach.objects.visible_to(subject.by).filter(case=subject.case)
    counters = rows.counters().get(subject.case.pk, Counters()) if subject.case else Counters()
    shown = rows.exclude(decision=BreachDecision.WITHDRAWN).select_related("decided_by")
    facts: Facts = {
        "tests_count": f"{len(counters.tests)}次",
        "leaves_count": f"{len(counters.leaves)}次",
        "leave_days": f"{counters.days}日",
    }
    educated: list[str] = []
    with translation.override("zh-hans"):
        for number, breach in enumerate(
            shown.prefetch_related("responses__paper").order_by("starts_on", "pk"), 1
        ):
            facts |= {f"wrong_{number}_{name}": said for name, said in _line(breach).items()}
            educated += _educated(breach)
    return facts | {"earlier_words": "；".join(educated)}


def _line(breach: Breach) -> Facts:
    who = f"（{breach.decided_by}）" if breach.decided_by else ""
    given = [ANSWERS[ResponseKind(row.kind)] for row in breach.responses.all()]
    return {
        "days": _days(breach), "kind": str(breach.get_kind_display()), "facts": breach.facts,
        "said": breach.said or "尚未听取", "decision": f"{breach.get_decision_display()}{who}",
        "answer": "、".join(given),
    }  # fmt: skip


def _days(breach: Breach) -> str:
    """One form on every paper, in its tables too."""
    first, last = day_words(breach.starts_on), day_words(breach.ends_on)
    return first if first == last else f"{first}至{last}"


def _educated(breach: Breach) -> list[str]:
    rows = sorted(breach.responses.all(), key=lambda row: (row.on, row.pk))
    return [
        f"{day_words(row.on)}{ANSWERS[ResponseKind(row.kind)]}"
        + (f"（{row.paper.number}）" if row.paper else "")
        for row in rows
    ]


def letter_facts(subject: Subject) -> Facts:
    """Of the breach that the letter answers, the person's words beside it, and what counts."""
    breach = _answered(subject)
    if breach is None:
        return {}
    facts = register_facts(subject)
    counts = {name: facts[name] for name in ("tests_count", "leaves_count", "leave_days")}
    return counts | {
        "happened_on": _days(breach),
        "facts_words": breach.facts,
        "heard_words": breach.said,
        "earlier_words": facts["earlier_words"],
    }


def refuse_unrecorded(subject: Subject) -> None:
    rows = Breach.objects.visible_to(subject.by).filter(case=subject.case)
    if not rows.exclude(decision=BreachDecision.WITHDRAWN).exists():
        raise Refused(_("No breach of this order is recorded."))


def refuse_unconfirmed(subject: Subject) -> None:
    """禁毒法 art. 35: heard and confirmed, and only then answered."""
    running(subject)
    if _answered(subject) is None:
        raise Refused(_("No breach of this order is confirmed: it is recorded, heard and confirmed "
                        "under Breaches first."))  # fmt: skip


def refuse_uneducated(subject: Subject) -> None:
    refuse_unconfirmed(subject)
    rows = Response.objects.visible_to(subject.by).filter(breach__case=subject.case)
    if not rows.exists():
        raise Refused(
            _("A written warning follows education given before: record it with the breach first.")
        )


def _answered(subject: Subject) -> Breach | None:
    """The confirmed breach that is named, else the newest one."""
    rows = Breach.objects.visible_to(subject.by).confirmed().filter(case=subject.case)
    if subject.record is not None:
        rows = rows.filter(public_id=subject.record)
    return rows.order_by("-starts_on", "-pk").first()


provide("breaches", register_facts)
provide("breach", letter_facts)
demand("breaches", refuse_unrecorded)
demand("breach", refuse_unconfirmed)
demand("breach after education", refuse_uneducated)
