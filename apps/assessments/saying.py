"""What an assessment says, a line a factor."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from apps.assessments.factors import FACTORS, PROTECTS


def said_in_words(
    answers: Mapping[str, str],
    words: Mapping[str, str],
    protects: Iterable[str],
    protect_words: str,
) -> list[tuple[str, str]]:
    """Each factor with its answer and the words beside it, then what protects."""
    said = []
    for code, factor in FACTORS.items():
        answer = factor.answer(answers.get(code, ""))
        told = [str(answer.label) if answer else "", words.get(code, "").strip()]
        if any(told):
            said.append((str(factor.label), " · ".join(part for part in told if part)))
    helps = [str(PROTECTS[code]) for code in PROTECTS if code in protects]
    helping = " · ".join([*helps, protect_words.strip()]).strip(" ·")
    return said + ([(_("What protects"), helping)] if helping else [])
