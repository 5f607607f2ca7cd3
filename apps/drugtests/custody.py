"""What a custody sheet says: one place for the page to print, the file of Word and the tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from apps.core.days import SHANGHAI
from apps.core.text import day_text, mark
from apps.drugtests.dossier_page import SamplePage
from apps.drugtests.models import Step
from apps.persons.models import Person

# Lines of a sheet, with those that are written by hand.
PAPER_LINES: Final = 10
UNKNOWN: Final = "—"


@dataclass(frozen=True)
class CustodySheet:
    """Of one sample: what it is and whose, and a line for each step that stands."""

    facts: list[tuple[str, str]]
    lines: list[list[str]]

    @property
    def heads(self) -> list[str]:
        return [_("Time"), _("Step"), _("Who"), _("Where, what"), _("Seal"), _("Signature")]

    @property
    def blank_lines(self) -> range:
        """On paper, for what is written by hand."""
        return range(max(0, PAPER_LINES - len(self.lines)))


def custody_of(page: SamplePage) -> CustodySheet:
    """Of a sample that was taken."""
    test = page.test
    collected = " · ".join(
        (moment_words(test.occurred_at), _both(test.collector, test.second_collector))
    )
    seals = " · ".join(f"{letter} {seal or UNKNOWN}" for letter, seal in page.seals)
    number = page.dossier.number if page.dossier else UNKNOWN
    what = (number, test.get_sample_display(), test.get_kind_display())
    return sheet_of(what, test.person, collected, seals, page.standing)


def sheet_of(
    what: Sequence[str], person: Person, collected: str, seals: str, steps: Sequence[Step] = ()
) -> CustodySheet:
    """`what`: number, sample and kind of test; what is not known yet leaves room to write."""
    file = _("File %(n)s") % {"n": person.file_number}
    facts = [
        (_("Sample"), " · ".join(what)),
        (_("Person"), f"{person.name} · {file}"),
        (_("Collected"), collected),
        (_("Seals"), seals),
    ]
    return CustodySheet(facts, [_line(step) for step in steps])


def moment_words(moment: datetime) -> str:
    return f"{day_text(moment)} {moment.astimezone(SHANGHAI):%H:%M}"


def _line(step: Step) -> list[str]:
    """The last cell is signed by hand."""
    seal = {True: _("whole"), False: _("broken"), None: ""}[step.seal_intact]
    who = _both(step.by_name, step.second_name)
    return [
        moment_words(step.at), step.get_kind_display(), who, step.said or UNKNOWN, seal, "",
    ]  # fmt: skip


def _both(one: str, other: str) -> str:
    return f"{one}{mark('list')}{other}" if other else one
