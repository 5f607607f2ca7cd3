"""From the file of a person to the finished text of a paper."""

from dataclasses import dataclass
from datetime import date

from apps.documents.declaring import Declaration
from apps.documents.facts.common import common
from apps.documents.models import OfficeTemplate
from apps.documents.office_templates import blocks_of, render
from apps.documents.paper_text import Block, filled, placeholders
from apps.documents.paper_words import day_words
from apps.documents.placeholders import COMMON, allowed_in
from apps.documents.subject import Answers, Facts, Subject

# What the preview shows where the number will stand.
NO_NUMBER = "（签发时编号）"


@dataclass(frozen=True)
class Draft:
    """The facts and the finished blocks; `missing` names facts that print as blank lines."""

    facts: Facts
    blocks: list[Block]
    missing: tuple[str, ...]


def facts_for(declared: Declaration, subject: Subject) -> Facts:
    """Everything on file that the paper may name."""
    facts = common(subject, full_number=declared.full_number)
    for builder in declared.builders:
        facts |= builder(subject)
    return facts


def draft_of(
    declared: Declaration,
    subject: Subject,
    answers: Answers,
    number: str = NO_NUMBER,
    template: OfficeTemplate | None = None,
) -> Draft:
    """The paper as it would be printed now; an office's own template decides the words."""
    facts = facts_for(declared, subject) | {"number": number}
    facts |= _said(declared, answers, subject.language)
    text = declared.text(subject.measure, subject.language)
    wanted = placeholders(text)
    facts |= {name: "" for name in allowed_in(declared) if name not in facts}
    missing = tuple(sorted(name for name in wanted & set(COMMON) if not facts[name]))
    if template is None:
        return Draft(facts, filled(text, facts), missing)
    return Draft(facts, blocks_of(render(bytes(template.content), facts)), missing)


def answered(
    declared: Declaration | None, answers: Answers, language: str
) -> list[tuple[str, str]]:
    """What was typed for a paper, beside what was asked."""
    said = _said(declared, answers, language) if declared else {}
    asks = declared.asks if declared else ()
    return [(str(ask.label), said[ask.name]) for ask in asks if ask.name in said]


def _said(declared: Declaration, answers: Answers, language: str) -> Facts:
    """Answers to what is asked, and to nothing else: what is on file is never typed."""
    return {
        name: day_words(value, language) if isinstance(value, date) else value
        for name, value in answers.items()
        if value and name in declared.asked
    }
