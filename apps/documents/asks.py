"""What is asked when a paper is prepared: everything else is on file."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Ask:
    """One question; `initial` names the fact that fills it beforehand, `text` is a set text."""

    name: str
    label: Words
    kind: str
    required: bool = False
    initial: str = ""
    text: str = ""
    hint: Words = ""


def line(name: str, label: Words, **more: object) -> Ask:
    return Ask(name, label, "line", **more)  # type: ignore[arg-type]


def words(name: str, label: Words, **more: object) -> Ask:
    return Ask(name, label, "words", **more)  # type: ignore[arg-type]


def day(name: str, label: Words, **more: object) -> Ask:
    return Ask(name, label, "day", **more)  # type: ignore[arg-type]
