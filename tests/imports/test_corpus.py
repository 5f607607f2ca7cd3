"""Every hostile and odd file: taken or refused with its reason, and never in part."""

import re
import subprocess
import sys
import time

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.imports import files, opening
from apps.imports.models.ledger_import import COUNTS
from apps.imports.services.reading import bring_in
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.areas import area
from tests.imports.corpus import lines, packages, texts
from tests.imports.corpus.odd import Odd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "_areas")]
CORPUS = [*packages.FILES, *texts.FILES, *lines.FILES]
NAMES = [f"{place} {odd.what}" for place, odd in enumerate(CORPUS)]


@pytest.fixture
def _areas() -> None:
    area()


def taken(odd: Odd, content: bytes, *, dry_run: bool = False) -> Report:
    return bring_in(
        ledger=ledgers()[odd.kind], content=content, file_name=odd.name, by=User.objects.system(),
        area=area("469002"), dry_run=dry_run,
    )  # fmt: skip


def counted(report: Report) -> dict[str, int]:
    return {name: n for name in COUNTS[1:] if (n := getattr(report, name))}


def test_there_are_more_than_sixty_and_each_is_one_of_its_kind() -> None:
    assert len(CORPUS) > 160
    assert len({odd.what for odd in CORPUS}) == len(CORPUS)
    assert not [odd.what for odd in CORPUS if bool(odd.refused) == bool(odd.counts)]


@pytest.mark.parametrize("odd", CORPUS, ids=NAMES)
def test_a_file_is_taken_or_refused_and_nothing_is_left_half_done(odd: Odd) -> None:
    content = odd.make()
    if odd.refused:
        with pytest.raises(Refused, match=re.escape(odd.refused)):
            taken(odd, content)
        assert not Person.objects.exists()
        return
    report = taken(odd, content)
    assert counted(report) == dict(odd.counts)
    assert report.rows == sum(counted(report).values())
    said = [*report.ignored, *(gap.words for gap in report.gaps)]
    said += [f"{fault.column} {fault.value} {fault.reason}" for fault in report.errors]
    assert not [words for words in odd.says if not any(words in one for one in said)], said
    assert Person.objects.count() == report.new
    if odd.facts:
        person = Person.objects.get()
        assert {name: getattr(person, name) for name in odd.facts} == dict(odd.facts)
    if odd.decided != "whatever":
        assert Case.objects.get().decided_on == odd.decided


@pytest.mark.parametrize("odd", [odd for odd in CORPUS if not odd.refused][::3],
                         ids=lambda odd: odd.what)  # fmt: skip
def test_a_dry_run_says_what_applying_does_and_the_second_time_nothing_is_new(odd: Odd) -> None:
    content = odd.make()
    tried = taken(odd, content, dry_run=True)
    assert not Person.objects.exists()
    done = taken(odd, content)
    assert (counted(tried), tried.errors, tried.ignored) == (
        counted(done), done.errors, done.ignored,
    )  # fmt: skip
    again = taken(odd, content)
    assert (again.new, again.changed, again.held) == (0, 0, 0)
    assert again.rejected == done.rejected


# The high water of the process itself; that of its parent would count where the system is asked.
MEASURED = """
import runpy, sys
try:
    runpy.run_path(sys.argv[1], run_name="__main__")
finally:
    sys.stderr.write(open("/proc/self/status").read())
"""
HEAVY = ("bomb", "entities", "20,000", "200,000", "far cell", "16,384")
OPENED = [odd for odd in CORPUS if any(word in odd.what for word in HEAVY)]


@pytest.mark.parametrize("odd", OPENED, ids=lambda odd: odd.what)
def test_the_process_that_opens_it_keeps_its_limits(odd: Odd) -> None:
    """Opened without the looks before it, by the process alone: its memory and time end early."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURED, str(files.OPENER)], input=odd.make(),
        capture_output=True, check=False,
    )  # fmt: skip
    assert time.monotonic() - began < opening.SECONDS
    # What ends early by its limits says no more.
    most = re.search(rb"VmHWM:\s+(\d+) kB", done.stderr)
    assert most is None or int(most.group(1)) * 1024 <= opening.MEMORY_BYTES
    assert most or done.returncode
