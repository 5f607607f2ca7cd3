"""What a declaration of a paper says, and what is asked when it is prepared."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core.articles import basis_words
from apps.documents.articles import articles_of
from apps.documents.codes import PaperKind
from apps.documents.paper_text import Block, read_paper
from apps.documents.subject import Facts, Subject

Words = str | Promise
LANGUAGES: Final = ("zh-hans", "en")


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


class Stage:
    """Headings of the page where a kind is chosen, in the order of a case's life."""

    BEGIN: Words = _("At the beginning")
    COURSE: Words = _("In the course of the order")
    BREACH: Words = _("Criticism and education")
    END: Words = _("At the end")
    RIGHTS: Words = _("Rights of the person")


@dataclass(frozen=True)
class Declaration:
    """`mark` stands in the number; `decision` papers must name the remedies.

    `guard` demands the record that the paper speaks of. `issued_at`: the page of the person where
    that record is, for letters that are issued with an act on it and nowhere else.
    `outward`: goes to another office, under the neutral name of this one, and tells of no drugs.
    """

    kind: PaperKind
    mark: str
    stage: Words
    builders: tuple[Callable[[Subject], Facts], ...] = ()
    asks: tuple[Ask, ...] = ()
    needs_case: bool = True
    decision: bool = False
    full_number: bool = False
    compact: bool = False
    languages: tuple[str, ...] = ("zh-hans",)
    guard: Callable[[Subject], None] | None = None
    issued_at: str = ""
    outward: bool = False

    def basis_of(self, measure: str) -> str:
        """The articles for an order of that measure, in the language of the reader."""
        return basis_words(articles_of(self.kind, measure))

    @property
    def basis(self) -> str:
        """Of both measures."""
        return self.basis_of("")

    def text(self, measure: str, language: str = "zh-hans") -> tuple[Block, ...]:
        """The standard text for a measure."""
        name = self.kind.value if language == "zh-hans" else f"{self.kind.value}.{language}"
        return read_paper(name, measure)

    @cached_property
    def asked(self) -> frozenset[str]:
        return frozenset(ask.name for ask in self.asks)
