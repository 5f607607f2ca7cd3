"""A PDF of a stranger: pages to read, and nothing that runs, sends or hides another file."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused

# A script of its own, with the library that only it loads; it answers with one of these words.
OPENER: Final = Path(__file__).with_name("pdf_opening.py")
FINE, PASSWORD, ACTIVE, LARGE = "fine", "password", "active", "large"
# More than the process may compute: a busy machine lets it wait.
MAX_SECONDS: Final = 60
# Each may take its whole memory: one at a time in each process of the server.
_ALONE: Final = threading.Lock()


def check_pdf(content: bytes) -> None:
    """Refused unless it has a page, opens without a password and only shows its pages."""
    word = _opened_apart(content)
    if word != FINE:
        raise Refused(_why(word), field="file")


def _opened_apart(content: bytes) -> str:
    """The word of the opener; whatever ends that process early was too much for it."""
    command = [sys.executable, "-I", str(OPENER)]
    try:
        with _ALONE:
            done = subprocess.run(  # noqa: S603 - a program of our own
                command, input=content, capture_output=True, timeout=MAX_SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        return LARGE
    return done.stdout.decode() if done.returncode == 0 else LARGE


def _why(word: str) -> str:
    if word == PASSWORD:
        return _("The file is protected by a password. Save it without one.")
    if word == ACTIVE:
        return _(
            "The PDF holds more than pages: a script, a form that sends, or another file. "
            "Scan the paper, or print the file to a new PDF."
        )
    if word == LARGE:
        return _("The PDF is too large to be checked. Attach it in parts, or as photos.")
    return _("The PDF cannot be opened, or has no page. Scan the paper again.")
