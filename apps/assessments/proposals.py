"""From answers to a proposed risk level: one pure rule, in words that are told to the person.

1. A serious fact proposes *high*. Where it stands alone and at least three things protect,
   *medium*.
2. Without a serious fact, three concerns or more propose *medium*. Where at least three things
   protect and there are no more than four concerns, *low*.
3. Everything else proposes *low*.

It is a proposal and nothing else (PIPL art. 24): a person decides, with a reason, and may decide
otherwise. No answer has points, no number is kept or shown, and nobody is ranked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from apps.assessments.factors import FACTORS, PROTECTS, Weight, Words
from apps.cases.codes import RiskLevel

# A default of the product, not of a scale that was tested: a proposal, and a person decides.
MANY_CONCERNS: Final = 3
CONCERNS_OUTWEIGHED: Final = 4
STRONG_PROTECTION: Final = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer that led to the proposal, in words."""

    factor: str
    answer: str
    weight: Weight

    @property
    def words(self) -> tuple[Words, Words]:
        """The factor and the answer to it."""
        factor = FACTORS[self.factor]
        answer = factor.answer(self.answer)
        return factor.label, answer.label if answer else self.answer


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The proposed risk level, what weighs, and what protects."""

    risk_level: RiskLevel
    facts: tuple[Fact, ...]
    protects: tuple[str, ...]

    @property
    def protecting_words(self) -> list[Words]:
        return [PROTECTS[code] for code in self.protects]


def suggest(answers: Mapping[str, str], protects: Collection[str]) -> Suggestion:
    """The rule above; an unknown or missing answer weighs nothing."""
    facts = [fact for code in FACTORS if (fact := _fact(code, answers.get(code, "")))]
    helping = tuple(code for code in PROTECTS if code in protects and code != "none")
    serious = sum(fact.weight == Weight.SERIOUS for fact in facts)
    concerns = len(facts) - serious
    facts.sort(key=lambda fact: fact.weight != Weight.SERIOUS)
    return Suggestion(_risk_level(serious, concerns, len(helping)), tuple(facts), helping)


def _fact(factor: str, code: str) -> Fact | None:
    answer = FACTORS[factor].answer(code)
    if answer is None or not answer.weight:
        return None
    return Fact(factor, code, answer.weight)


def _risk_level(serious: int, concerns: int, helping: int) -> RiskLevel:
    protected = helping >= STRONG_PROTECTION
    if serious:
        return RiskLevel.MEDIUM if serious == 1 and protected else RiskLevel.HIGH
    if concerns < MANY_CONCERNS or (protected and concerns <= CONCERNS_OUTWEIGHED):
        return RiskLevel.LOW
    return RiskLevel.MEDIUM
