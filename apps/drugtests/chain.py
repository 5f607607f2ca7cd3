"""The way of a sample: which steps there are, what each needs, and what may happen next.

吸毒检测程序规定 arts. 8 to 18. This table is the one place: the buttons of the page, the service
and the trigger in the database (`chain_sql.py`) are made from it. Each step happens once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from apps.core.text import mark
from apps.drugtests.codes import Result, Sample, Source, TestKind


class StepKind(models.TextChoices):
    """In the order in which they usually happen."""

    NOTIFIED = "notified", gettext_lazy("Notified of the test")
    SCREENED = "screened", gettext_lazy("Screened on the spot")
    TOLD = "told", gettext_lazy("Result told")
    SEALED = "sealed", gettext_lazy("Sealed as A and B")
    STORED = "stored", pgettext_lazy("sample", "Stored")
    OBJECTED = "objected", gettext_lazy("Objection to the on-site result")
    ANSWERED = "answered", gettext_lazy("Objection answered")
    SENT = "sent", gettext_lazy("A sample sent")
    RECEIVED = "received", gettext_lazy("A sample received")
    ANALYSED = "analysed", gettext_lazy("Laboratory result")
    LAB_TOLD = "lab_told", gettext_lazy("Laboratory result told")
    LAB_OBJECTED = "lab_objected", gettext_lazy("Objection to the laboratory result")
    LAB_ANSWERED = "lab_answered", gettext_lazy("Second objection answered")
    B_SENT = "b_sent", gettext_lazy("B sample sent")
    B_RECEIVED = "b_received", gettext_lazy("B sample received")
    RETESTED = "retested", gettext_lazy("Result of the re-test")
    RETEST_TOLD = "retest_told", gettext_lazy("Result of the re-test told")
    UNFIT = "unfit", gettext_lazy("Sample unfit")
    DECIDED = "decided", pgettext_lazy("sample", "Decided")
    DESTROYED = "destroyed", gettext_lazy("Destroyed")


class Answer(models.TextChoices):
    """To an objection, and at the end."""

    GRANTED = "granted", gettext_lazy("Granted")
    DENIED = "denied", gettext_lazy("Not granted")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed positive")
    CLEARED = "cleared", gettext_lazy("Not confirmed")


class UnfitWhy(models.TextChoices):
    TOO_SHORT = "too_short", gettext_lazy("Hair too short or too little")
    DILUTED = "diluted", gettext_lazy("Diluted")
    SEAL_BROKEN = "seal_broken", gettext_lazy("Seal broken")
    TOO_LITTLE = "too_little", gettext_lazy("Too little of it")
    SPOILT = "spoilt", gettext_lazy("Spoilt, or warm for too long")


# Only hair is too short, and only urine diluted.
UNFIT_OF: Final = {UnfitWhy.TOO_SHORT: Sample.HAIR, UnfitWhy.DILUTED: Sample.URINE}


def unfit_whys(sample: str) -> list[UnfitWhy]:
    """Why a sample of this kind can be unfit."""
    return [why for why in UnfitWhy if UNFIT_OF.get(why, sample) == sample]


class Waiting(models.TextChoices):
    """What of a sample somebody is to do."""

    TELL = "tell", gettext_lazy("Result of a test")
    ANSWER = "answer", gettext_lazy("Objection to a test")
    SEAL = "seal", gettext_lazy("Sample to be sealed")
    SEND = "send", gettext_lazy("Sample to be sent")
    AWAIT = "await", gettext_lazy("Laboratory result awaited")
    DECIDE = "decide", gettext_lazy("Test to be decided")
    KEEP = "keep", gettext_lazy("Sample at its date")


class ToldHow(models.TextChoices):
    IN_PERSON = "in_person", gettext_lazy("To the person, face to face")
    PHONE = "phone", gettext_lazy("By phone")
    LETTER = "letter", gettext_lazy("By letter, handed over")


S = StepKind
ALL: Final = frozenset(TestKind)
# Tests of the law; a management screening is none and has no chain (arts. 4, 8).
LAWFUL: Final = frozenset({TestKind.ON_SITE, TestKind.LABORATORY})
ON_SITE: Final = frozenset({TestKind.ON_SITE})


@dataclass(frozen=True)
class Rule:
    """`needs`: what stands before it; `never_after`: with what it has lost its sense; `granted`:
    an objection that was granted first; `against`: a reading that was positive; `intact`: a seal
    that was whole on arrival; `undisputed`, `finished`: nothing of it is open.
    """

    of: frozenset[TestKind] = LAWFUL
    needs: tuple[StepKind, ...] = ()
    never_after: tuple[StepKind, ...] = ()
    granted: StepKind | None = None
    against: StepKind | None = None
    intact: StepKind | None = None
    undisputed: bool = False
    finished: bool = False


_DONE: Final = (S.DECIDED, S.DESTROYED)
RULES: Final[Mapping[StepKind, Rule]] = {
    S.NOTIFIED: Rule(of=ALL, never_after=_DONE),
    S.SCREENED: Rule(of=ALL - {TestKind.LABORATORY}, never_after=(S.SEALED, S.UNFIT, *_DONE)),
    S.TOLD: Rule(of=ALL, needs=(S.SCREENED,), never_after=_DONE),
    S.SEALED: Rule(never_after=(S.UNFIT, *_DONE)),
    S.STORED: Rule(needs=(S.SEALED,), never_after=_DONE),
    S.OBJECTED: Rule(
        of=ON_SITE, needs=(S.TOLD,), against=S.SCREENED, never_after=(S.ANALYSED, S.UNFIT, *_DONE)
    ),
    S.ANSWERED: Rule(of=ON_SITE, needs=(S.OBJECTED,), never_after=_DONE),
    S.SENT: Rule(needs=(S.SEALED,), never_after=(S.UNFIT, *_DONE)),
    S.RECEIVED: Rule(needs=(S.SENT,), never_after=_DONE),
    S.ANALYSED: Rule(needs=(S.RECEIVED,), intact=S.RECEIVED, never_after=(S.UNFIT, *_DONE)),
    S.LAB_TOLD: Rule(needs=(S.ANALYSED,), never_after=_DONE),
    S.LAB_OBJECTED: Rule(needs=(S.LAB_TOLD,), against=S.ANALYSED, never_after=(S.UNFIT, *_DONE)),
    S.LAB_ANSWERED: Rule(needs=(S.LAB_OBJECTED,), never_after=_DONE),
    S.B_SENT: Rule(needs=(S.LAB_ANSWERED,), granted=S.LAB_ANSWERED, never_after=(S.UNFIT, *_DONE)),
    S.B_RECEIVED: Rule(needs=(S.B_SENT,), never_after=_DONE),
    S.RETESTED: Rule(needs=(S.B_RECEIVED,), intact=S.B_RECEIVED, never_after=(S.UNFIT, *_DONE)),
    S.RETEST_TOLD: Rule(needs=(S.RETESTED,), never_after=_DONE),
    S.UNFIT: Rule(of=ALL, never_after=(S.RETESTED, *_DONE)),
    S.DECIDED: Rule(needs=(S.ANALYSED, S.LAB_TOLD), undisputed=True, never_after=_DONE),
    S.DESTROYED: Rule(
        needs=(S.STORED,), undisputed=True, finished=True, never_after=(S.DESTROYED,)
    ),
}  # fmt: skip

# Which steps a test must have, by its kind; collected it is with the record itself. A test of the
# spot that is not negative goes the whole way, too, and so does hair of which nothing is known.
CHAIN: Final = (S.SEALED, S.STORED, S.SENT, S.RECEIVED, S.ANALYSED, S.LAB_TOLD)
MUST_HAVE: Final[Mapping[str, tuple[StepKind, ...]]] = {
    TestKind.SCREENING: (S.SCREENED, S.TOLD),
    TestKind.ON_SITE: (S.SCREENED, S.TOLD),
    TestKind.LABORATORY: CHAIN,
}

# A result, with a table of what was looked for.
RESULTS: Final = (S.SCREENED, S.ANALYSED, S.RETESTED)
TELLINGS: Final = (S.TOLD, S.LAB_TOLD, S.RETEST_TOLD)
OBJECTIONS: Final = (S.OBJECTED, S.LAB_OBJECTED)
# With the person, and never after their death.
WITH_PERSON: Final = (S.NOTIFIED, *TELLINGS, *OBJECTIONS)
ANSWERS: Final = (S.ANSWERED, S.LAB_ANSWERED)
# Handed to a body, and taken in by it: whether the seal was whole is written down.
SENDINGS: Final = (S.SENT, S.B_SENT)
ARRIVALS: Final = (S.RECEIVED, S.B_RECEIVED)
# Each hand-over says whether the seal was whole; of an arrival the database asks for it, too.
SEAL_LOOKED_AT: Final = (S.STORED, *SENDINGS, *ARRIVALS, S.DESTROYED)
# What a report of the laboratory allows that came with the record, without seals of our own: it is
# told, and the person can object. Nothing is decided on it.
ON_REPORT: Final = (S.LAB_TOLD, S.LAB_OBJECTED)
# Of one of the two bottles; what a label that was scanned says is never of the other.
OF_A: Final = (S.SENT, S.RECEIVED, S.ANALYSED)
OF_B: Final = (S.B_SENT, S.B_RECEIVED, S.RETESTED)
# What an unfit B sample ends, and nothing of A.
ON_WAY_OF_B: Final = (*OF_B, S.RETEST_TOLD)
BOTTLE_OF: Final[Mapping[str, str]] = {**dict.fromkeys(OF_A, "A"), **dict.fromkeys(OF_B, "B")}
# By two people (art. 8).
BY_TWO: Final = (S.SEALED, S.SENT, S.B_SENT, S.DESTROYED)
# The objection, its answer, and what ends the dispute where it was granted.
DISPUTES: Final = (
    (S.OBJECTED, S.ANSWERED, S.LAB_TOLD),
    (S.LAB_OBJECTED, S.LAB_ANSWERED, S.RETEST_TOLD),
)

# On their way and not back yet; found and to be told; found by the laboratory and to be decided.
AWAITED: Final = ((S.SENT, S.ANALYSED), (S.B_SENT, S.RETESTED))
TO_BE_TOLD: Final = ((S.SCREENED, S.TOLD), (S.ANALYSED, S.LAB_TOLD), (S.RETESTED, S.RETEST_TOLD))
# With a result of the laboratory the one of the spot need no longer be told apart.
MOOT: Final[Mapping[StepKind, StepKind]] = {S.SCREENED: S.ANALYSED}

Had = Mapping[Any, Any]


def wrong_bottle(kind: str, bottle: str) -> str:
    """In words that the step is of the other bottle; empty where it is not, or none was scanned."""
    wanted = BOTTLE_OF.get(kind, bottle)
    if not bottle or bottle == wanted:
        return ""
    if wanted == "A":
        said = _("This is bottle B. The next step is “%(step)s”: scan the label of bottle A.")
    else:
        said = _("This is bottle A. The next step is “%(step)s”: scan the label of bottle B.")
    return said % {"step": StepKind(kind).label}


def resting_on(kind: str) -> list[StepKind]:
    """Steps that cannot stand without this one. Under seals nothing is read anew, too."""
    return [k for k, r in RULES.items() if kind in r.needs or (kind, k) == (S.SCREENED, S.SEALED)]


def is_disputed(had: Had) -> bool:
    """An objection without an answer, or granted and not yet carried out. `had`: standing steps by
    kind; each has `answer`.
    """
    for objection, answer, end in DISPUTES:
        if objection not in had:
            continue
        if answer not in had:
            return True
        if had[answer].answer == Answer.GRANTED and end not in had and not _spoils(had, end):
            return True
    return False


def says_nothing(had: Had) -> bool:
    """The sample itself was unfit. A B sample that is leaves the result of A as it stands: one that
    was sent, and one whose label says so before.
    """
    return S.UNFIT in had and S.B_SENT not in had and had[S.UNFIT].bottle != "B"


def _spoils(had: Had, kind: StepKind) -> bool:
    """An unfit sample leaves room for no such step: of B it is the way of B alone."""
    return says_nothing(had) or (S.UNFIT in had and kind in ON_WAY_OF_B)


def must_have(test: Any, had: Had, recorded: str = "") -> tuple[StepKind, ...]:
    """What the test cannot do without, as far as its way is known. `recorded`: what the record says
    while no step reads. A record of a ledger never has a chain.
    """
    wanted = MUST_HAVE.get(test.kind, ())
    if test.source == Source.LEDGER or test.kind not in LAWFUL:
        return wanted
    if says_nothing(had):
        return tuple(kind for kind in wanted if kind in had)
    if test.kind == TestKind.LABORATORY:
        # An invalid one says nothing either; a sample of it that was sealed is still there.
        invalid = recorded == Result.INVALID and S.SEALED not in had
        return () if invalid or recorded == Result.NEGATIVE else wanted
    found = had[S.SCREENED].result if S.SCREENED in had else recorded
    on_hand = S.SEALED in had or test.sample == Sample.HAIR
    open_still = found == Result.POSITIVE or (on_hand and found != Result.NEGATIVE)
    return (*wanted, *CHAIN) if open_still else wanted


def misses_laboratory(test: Any, had: Had, recorded: str = "") -> bool:
    """It must go through a laboratory and has not: whatever else, such a sample is kept."""
    return S.ANALYSED in must_have(test, had, recorded) and S.ANALYSED not in had


def is_unfinished(had: Had) -> bool:
    """Sent without a result, a positive that nobody told, or one of a laboratory undecided."""
    if says_nothing(had):
        return False
    sent = any(a in had and b not in had and not _spoils(had, b) for a, b in AWAITED)
    untold = any(
        _is_positive(had, first) and then not in had and MOOT.get(first) not in had
        for first, then in TO_BE_TOLD
    )
    return sent or untold or (_is_positive(had, S.ANALYSED) and S.DECIDED not in had)


def _is_positive(had: Had, kind: StepKind) -> bool:
    return kind in had and bool(had[kind].result == Result.POSITIVE)


def waits_for(test: Any, had: Had, recorded: str = "") -> tuple[str, StepKind | None]:
    """The first thing that waits, and the step since which it does; none: since the sample."""
    over = bool({S.DECIDED, S.DESTROYED} & set(had))
    if S.DESTROYED in had:
        return "", None
    if found := _with_person(had, over):
        return found
    if not over and (on_its_way := _on_its_way(must_have(test, had, recorded), had)):
        return on_its_way
    if told := _decided_next(had):
        return Waiting.DECIDE, told
    if not over and _not_stored(had, recorded):
        return Waiting.SEAL, S.SEALED
    if S.STORED in had:
        return Waiting.KEEP, S.STORED
    return "", None


def _with_person(had: Had, over: bool) -> tuple[str, StepKind] | None:
    """To be told, or to be answered."""
    for first, then in TO_BE_TOLD:
        if first in had and then not in had and not over and MOOT.get(first) not in had:
            return Waiting.TELL, first
    for objection, answer in zip(OBJECTIONS, ANSWERS, strict=True):
        if objection in had and answer not in had:
            return Waiting.ANSWER, objection
    return None


def _on_its_way(wanted: tuple[StepKind, ...], had: Had) -> tuple[str, StepKind | None] | None:
    """Sealed, sent, awaited: of A where the test must have it, of B where it was granted."""
    if says_nothing(had):
        return None
    # Told without it: a report that came with the record asks for no chain of ours.
    if S.ANALYSED in wanted and not {S.ANALYSED, S.LAB_TOLD, S.SENT} & set(had):
        if S.SEALED not in had:
            return Waiting.SEAL, S.SCREENED if S.SCREENED in had else None
        # From the answer on, where one came after the seals (art. 11).
        before = [kind for kind in (S.SEALED, S.ANSWERED) if kind in had]
        return Waiting.SEND, max(before, key=lambda kind: had[kind].at)
    granted = S.LAB_ANSWERED in had and had[S.LAB_ANSWERED].answer == Answer.GRANTED
    if granted and S.B_SENT not in had and not _spoils(had, S.B_SENT):
        return Waiting.SEND, S.LAB_ANSWERED
    for sent, read in AWAITED:
        if sent in had and read not in had and not _spoils(had, read):
            arrived = ARRIVALS[SENDINGS.index(sent)]
            return Waiting.AWAIT, arrived if arrived in had else sent
    return None


def _not_stored(had: Had, recorded: str) -> bool:
    """Sealed and kept nowhere; of what was negative nothing need be kept."""
    if S.SEALED not in had or S.STORED in had or says_nothing(had):
        return False
    read = next((had[kind].result for kind in (S.ANALYSED, S.SCREENED) if kind in had), recorded)
    return bool(read != Result.NEGATIVE)


def _decided_next(had: Had) -> StepKind | None:
    """The telling behind which a positive of the laboratory is to be decided: one of the chain, not
    one that only the record tells of.
    """
    of_chain = S.RECEIVED in had and _is_positive(had, S.ANALYSED)
    open_still = of_chain and not {S.DECIDED, S.DESTROYED} & set(had)
    if not open_still or says_nothing(had) or is_disputed(had):
        return None
    return next((kind for kind in (S.RETEST_TOLD, S.LAB_TOLD) if kind in had), None)


def why_not(
    kind: StepKind, test_kind: str, had: Had, *, misses: bool = False, dead: bool = False
) -> str:
    """In words why a step cannot be now; empty where it can. `misses`: the laboratory is still to
    come; `dead`: with the person every open matter of the sample has ended.
    """
    rule = RULES[kind]
    found = _reasons(kind, test_kind, had)
    if dead and rule.finished:
        rule = replace(rule, undisputed=False, finished=False)
    return next(chain(found, _open_matters(rule, had, misses)), "")


def _reasons(kind: StepKind, test_kind: str, had: Had) -> Iterator[str]:
    rule = RULES[kind]
    if kind in had:
        yield _("This step is on record already.")
    if test_kind not in rule.of:
        yield (
            _("A management screening is no test of the law: it has a result, which is told.")
            if test_kind == TestKind.SCREENING
            else _("A test of this kind has no such step.")
        )
    if missing := _labels(need for need in rule.needs if need not in had):
        yield _("First: %(steps)s.") % {"steps": missing}
        return
    past = _labels(
        other
        for other in rule.never_after
        if other in had and (other != S.UNFIT or _spoils(had, kind))
    )
    if past:
        yield _("No longer possible after: %(steps)s.") % {"steps": past}
    if rule.against and not _is_positive(had, rule.against):
        yield _("Nothing positive was found: there is nothing to object to.")
    if rule.granted and had[rule.granted].answer != Answer.GRANTED:
        yield _("The B sample is opened only for an objection that was granted.")
    if rule.intact and not had[rule.intact].seal_intact:
        yield _("The seal was broken on arrival: such a sample is unfit and gives no result.")


def _open_matters(rule: Rule, had: Had, misses: bool) -> Iterator[str]:
    if rule.undisputed and is_disputed(had):
        yield _("An objection is open: nothing is decided or destroyed until it is settled.")
    if rule.finished and (misses or is_unfinished(had)):
        yield _("Not finished: a result is awaited, to be told or to be decided.")


def why_not_back(kind: StepKind, had: Had) -> str:
    """In words why a step cannot be taken back: what stands on it is taken back first."""
    later = [other for other in resting_on(kind) if other in had]
    if not later and kind not in _DONE:
        later = [other for other in _DONE if other in had]
    elif kind == S.DECIDED and S.DESTROYED in had:
        later = [S.DESTROYED]
    return _("Take back first: %(steps)s.") % {"steps": _labels(later)} if later else ""


def _labels(kinds: Iterable[StepKind]) -> str:
    return mark("list").join(str(kind.label) for kind in kinds)
