"""Every run that the code can note has words, and nothing else has."""

from django.conf import settings

from apps.core.run_words import RUNS
from apps.demo.loading import NAME


def test_every_run_has_words_of_its_own() -> None:
    known = {*settings.NIGHTLY_COMMANDS, *settings.MINUTE_COMMANDS, NAME}
    assert set(RUNS) == known
    assert len({str(words) for words in RUNS.values()}) == len(known)
