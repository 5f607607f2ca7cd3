"""What `make mutants` is told to be harmless is code that stands there, with a reason."""

from collections import Counter

import pytest

from scripts.mutants.naming import Harmless, named
from tests.architecture.sources import ROOT


@pytest.mark.parametrize("fault", named(), ids=lambda fault: f"{fault.path} {fault.kind}")
def test_a_harmless_fault_is_still_in_the_code_and_says_why(fault: Harmless) -> None:
    source = (ROOT / fault.path).read_text()
    assert fault.was.strip() in source, "The code has changed: look again whether it is harmless."
    assert len(fault.why.split()) > 3


def test_a_harmless_fault_is_named_once() -> None:
    places = Counter((fault.path, fault.kind, fault.was) for fault in named())
    assert [place for place, times in places.items() if times > 1] == []
