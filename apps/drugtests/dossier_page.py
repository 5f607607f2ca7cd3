"""What the page of a test shows of its sample: dots, what comes next, results, days left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission
from apps.cases.deadlines import book_of
from apps.contacts.given import given_on
from apps.core.days import SHANGHAI
from apps.core.text import day_text, sentences
from apps.drugtests.access import readings_of, steps_of
from apps.drugtests.cautions import cautions
from apps.drugtests.chain import (
    ANSWERS,
    OBJECTIONS,
    RESULTS,
    SENDINGS,
    TELLINGS,
    TO_BE_TOLD,
    StepKind,
    Waiting,
    is_disputed,
    why_not_back,
)
from apps.drugtests.codes import Result, Source
from apps.drugtests.deadlines import answer_due, objected_late, objection_until
from apps.drugtests.dossiers import why_not_now
from apps.drugtests.following import reading_of, with_report
from apps.drugtests.models import Dossier, DrugTest, Reading, Step
from apps.drugtests.models.dossier import standing
from apps.drugtests.templatetags.results import result_tag
from apps.law.parameters import Rulebook

# What the office of the police decides, a supervisor records.
DECIDING: Final = frozenset({*ANSWERS, StepKind.DECIDED, StepKind.DESTROYED})
# What Today asks for first; each is done by one of these, the first that may be now.
ASKED: Final = {
    Waiting.TELL: TELLINGS,
    Waiting.ANSWER: ANSWERS,
    Waiting.SEAL: (StepKind.SEALED, StepKind.STORED),
    Waiting.SEND: SENDINGS,
}
# What can happen besides the usual way, behind a menu.
ASIDE: Final = frozenset(
    {StepKind.NOTIFIED, StepKind.UNFIT, StepKind.OBJECTED, StepKind.LAB_OBJECTED}
)


def qr(text: str) -> SafeString:
    """A picture of a text that a scanner reads, as markup of our own page."""
    made = segno.make(text, error="m", micro=False)
    svg = made.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=1)
    return mark_safe(svg)  # noqa: S308 - digits and a letter


def permission_for(kind: str, had: Any) -> Permission:
    """A result of a laboratory is declared unfit by who may decide."""
    late = kind == StepKind.UNFIT and StepKind.ANALYSED in had
    return Permission.TEST_DECIDE if late or kind in DECIDING else Permission.CHECKIN_LOG


def permission_back(kind: str, had: Any) -> Permission:
    """What the person has objected is not taken back by one worker alone."""
    return Permission.TEST_DECIDE if kind in OBJECTIONS else permission_for(kind, had)


def _not_tested() -> SafeString:
    return format_html('<span class="muted">{}</span>', _("Not tested"))


@dataclass(frozen=True)
class Row:
    """A substance with what each stage found."""

    analyte: Any
    found: dict[str, Reading]
    stages: list[StepKind]
    decided: bool = False

    @property
    def cells(self) -> list[tuple[Any, SafeString, str]]:
        """Stage, result and value; ready text, for there are many."""
        found = ((kind.label, self.found.get(kind)) for kind in self.stages)
        return [
            (label, result_tag(one), one.value_words) if one else (label, _not_tested(), "–")
            for label, one in found
        ]

    @property
    def results(self) -> list[str]:
        """In words, the stages in their order. Once it was decided nothing is to be confirmed."""
        found = [one for kind in self.stages if (one := self.found.get(kind))]
        plain = {Result.POSITIVE.value: _("positive")} if self.decided else {}
        return [str(plain.get(one.result, one.get_result_display())) for one in found]


@dataclass(frozen=True)
class Possible:
    kind: StepKind
    permission: Permission

    @property
    def label(self) -> str:
        return _("Record: %(step)s") % {"step": self.kind.label}


@dataclass(frozen=True)
class SamplePage:
    """Of one test on one day."""

    test: DrugTest
    dossier: Dossier | None
    steps: list[Step]
    readings: list[Reading]
    day: date

    @cached_property
    def had(self) -> dict[str, Step]:
        return standing(self.steps)

    @cached_property
    def possible(self) -> list[Possible]:
        """Those that may happen now, the usual next one first."""
        kinds = [kind for kind in StepKind if not why_not_now(kind, self.test, self.had)]
        kept = self.dossier.keep_until if self.dossier else None
        if kept is None or self.day <= kept:
            kinds = [kind for kind in kinds if kind != StepKind.DESTROYED]
        kinds.sort(key=lambda kind: (kind != StepKind.DESTROYED, kind in self._aside))
        return [Possible(kind, permission_for(kind, self.had)) for kind in kinds]

    @property
    def following(self) -> Possible | None:
        """What Today asks for first; else, while somebody may object, the way to do it."""
        asked: Sequence[StepKind] = ()
        if self.dossier and self.dossier.waits_for:
            asked = ASKED.get(Waiting(self.dossier.waits_for), ())
        return self._first_of(asked) or self._objection or next(iter(self.usual), None)

    @property
    def beside(self) -> Possible | None:
        """While somebody may object, the way to do it, where something else comes first."""
        return self._objection if self._objection != self.following else None

    @property
    def _objection(self) -> Possible | None:
        return self._first_of(OBJECTIONS) if self.objection_until else None

    def _first_of(self, wanted: Sequence[StepKind]) -> Possible | None:
        return next((one for one in self.possible if one.kind in wanted), None)

    @property
    def usual(self) -> list[Possible]:
        """Those of the usual way that may happen now."""
        return [one for one in self.possible if one.kind not in self._aside]

    @property
    def _aside(self) -> frozenset[StepKind]:
        """What was negative on the spot is kept and seldom sent; what the record says of the sample
        need not be read again.
        """
        if with_report(self.test, self.had) != self.had:
            return ASIDE | {StepKind.SEALED}
        reading = reading_of(self.test, self.had)
        screened = self.had.get(StepKind.SCREENED) or reading
        aside = ASIDE | {StepKind.SCREENED} if reading else ASIDE
        if screened and screened.result == Result.NEGATIVE:
            return aside | {StepKind.SENT}
        return aside

    @property
    def others(self) -> list[Possible]:
        return [one for one in self.possible if one not in (self.following, self.beside)]

    @property
    def dots(self) -> list[tuple[str, str, str]]:
        """Label, state (done, now, next) and day of the way: what was, what may be."""
        following = self.following.kind if self.following else None
        done = [(_("Collected"), "done", self.test.day.strftime("%m-%d"))]
        done += [(str(step), "done", step.day.strftime("%m-%d")) for step in self.standing]
        return [*done, (str(following.label), "now", "")] if following else done

    @cached_property
    def stages(self) -> list[StepKind]:
        """Those of which something was read."""
        return [kind for kind in RESULTS if any(one.step.kind == kind for one in self.readings)]

    @property
    def table(self) -> list[Row]:
        rows: dict[int, Row] = {}
        stages, decided = self.stages, bool(self.test.decision)
        for one in self.readings:
            row = rows.setdefault(one.analyte_id, Row(one.analyte, {}, stages, decided))
            row.found[one.step.kind] = one
        return list(rows.values())

    @property
    def kit(self) -> Any:
        return next((one.kit for one in self.readings if one.kit), None)

    @property
    def seals(self) -> list[tuple[str, str]]:
        return [("A", self.dossier.a_seal), ("B", self.dossier.b_seal)] if self.dossier else []

    @property
    def standing(self) -> list[Step]:
        return [step for step in self.steps if step.withdrawn_at is None]

    @property
    def lines(self) -> list[tuple[Step, str]]:
        """Each step with the permission to take it back, where nothing stands on it."""
        return [(step, self._back(step)) for step in self.steps]

    def _back(self, step: Step) -> str:
        if step.withdrawn_at or why_not_back(StepKind(step.kind), self.had):
            return ""
        return permission_back(step.kind, self.had).value

    @property
    def labels(self) -> list[tuple[str, SafeString]]:
        """Letter and picture; a scanner reads the number and the letter."""
        number = self.dossier.number if self.dossier else ""
        return [(letter, qr(f"{number}-{letter}")) for letter in ("A", "B")]

    @cached_property
    def objection_until(self) -> date | None:
        """Nothing once the days are over."""
        until = self._until
        return until if until and until >= self.day else None

    @property
    def objection_over(self) -> date | None:
        """The last day of days that are over."""
        until = self._until
        return until if until and until < self.day else None

    @property
    def objection_if_told(self) -> date | None:
        """Of what was found and not told yet: until when, if it is told on this day. The notice is
        signed first, and the telling noted after it.
        """
        reading = reading_of(self.test, self.had)
        said = {**self.had, StepKind.SCREENED: reading} if reading else self.had
        had = with_report(self.test, said)
        for read, told in reversed(TO_BE_TOLD[:2]):
            if read in had:
                at = datetime.combine(self.day, time(12), SHANGHAI)
                now = {**had, told: Step(kind=told, at=at)}
                kind = self.test.kind
                return None if told in had else objection_until(kind, now, self._book, self.day)
        return None

    @cached_property
    def _until(self) -> date | None:
        if not self.had or self.test.source == Source.LEDGER:
            return None
        had = with_report(self.test, self.had)
        return objection_until(self.test.kind, had, self._book, self.day)

    @property
    def late_words(self) -> str:
        """That the person objected after the days."""
        if not any(kind in self.had for kind in OBJECTIONS):
            return ""
        late = objected_late(self.had, self._book)
        return (
            _("Objected after the days, which ended on %(day)s.") % {"day": day_text(late)}
            if late
            else ""
        )

    @property
    def days_left(self) -> int | None:
        until = self.objection_until
        return (until - self.day).days if until else None

    @cached_property
    def answer_due(self) -> date | None:
        return answer_due(self.had, self._book) if self.had else None

    @cached_property
    def _book(self) -> Rulebook:
        return book_of(self.test)

    @property
    def now(self) -> str:
        """In a sentence or two what is waited for."""
        return sentences(*(words for words in (self._now, self.late_words) if words))

    @property
    def _now(self) -> str:
        if self.answer_due:
            return _("The person has objected: the police answer by %(day)s.") % {
                "day": day_text(self.answer_due)
            }
        if self.days_left is not None and self.objection_until:
            return _(
                "The result was told. The person can object until the end of %(day)s; the day of "
                "telling does not count."
            ) % {"day": day_text(self.objection_until)}
        if is_disputed(self.had):
            return _("An objection was granted and is being carried out: nothing is decided yet.")
        if self.dossier and self.dossier.waits_for in (Waiting.SEAL, Waiting.SEND):
            return _("This test goes the whole way: sealed as A and B, stored, sent, read, told.")
        return ""

    @property
    def cautions(self) -> list[str]:
        given = given_on(self.test.person_id, self.test.day) if self.test.is_taken else ()
        return cautions(self.test, self.had, self.readings, given)


def page_of(test: DrugTest, day: date) -> SamplePage:
    """Three queries for all of it; none for a test without a dossier."""
    dossier: Dossier | None = getattr(test, "dossier", None)
    if dossier is None:
        return SamplePage(test, None, [], [], day)
    return SamplePage(test, dossier, steps_of(dossier), readings_of(dossier), day)
