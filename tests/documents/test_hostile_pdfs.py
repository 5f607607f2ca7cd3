"""A PDF shows its pages and does nothing else, whichever way it was written."""

import time
from contextlib import suppress

import pytest

from apps.core.refusals import Refused
from apps.core.uploads import MAX_BYTES
from apps.documents.codes import MediaType
from apps.documents.uploaded_files import taken
from tests.documents.pdfs import ACTIVE, BROKEN, GOOD, LARGE, LOCKED, ODD, sheets

SECONDS = 60  # on a busy machine; the process that opens it computes for six at most


@pytest.mark.parametrize("kind", GOOD)
def test_what_people_scan_is_taken_as_it_is(kind: str) -> None:
    assert taken(GOOD[kind], "扫描件.PDF") == (MediaType.PDF, GOOD[kind])


def test_thirty_sheets_of_a_printer_are_taken() -> None:
    content = sheets(30, width=1600)
    assert 1_000_000 < len(content) < MAX_BYTES
    assert taken(content, "a.pdf")[0] == MediaType.PDF


@pytest.mark.parametrize("trick", ACTIVE)
def test_what_runs_sends_or_carries_a_file_is_refused(trick: str) -> None:
    with pytest.raises(Refused, match="这份 PDF 除了页面还含有别的内容"):
        taken(ACTIVE[trick], "a.pdf")


@pytest.mark.parametrize("fault", BROKEN)
def test_what_has_no_page_is_refused(fault: str) -> None:
    with pytest.raises(Refused, match="这份 PDF 打不开，或者没有页面"):
        taken(BROKEN[fault], "a.pdf")


@pytest.mark.parametrize("lock", LOCKED)
def test_what_is_locked_is_refused(lock: str) -> None:
    with pytest.raises(Refused, match="密码"):
        taken(LOCKED[lock], "a.pdf")


@pytest.mark.parametrize("trick", LARGE)
def test_what_is_too_much_is_refused(trick: str) -> None:
    with pytest.raises(Refused, match="这份 PDF 太大，无法检查"):
        taken(LARGE[trick], "a.pdf")


@pytest.mark.parametrize("trick", ODD)
def test_what_loops_or_nests_ends_in_time(trick: str) -> None:
    """Whether such a file is taken is no matter: nothing in it runs, and nobody waits for it."""
    begun = time.monotonic()
    with suppress(Refused):
        taken(ODD[trick], "a.pdf")
    assert time.monotonic() - begun < SECONDS
