"""A second installation: another database beside the one of the test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests import database


@contextmanager
def other_installation() -> Iterator[None]:
    """Everything inside happens in an empty database of the template; the keys are the same, and
    nothing that was sealed is read by them.
    """
    before = connection.settings_dict["NAME"]
    # Named after this process, for two workers may do so at once: of a dead one it is swept away.
    name = f"{database.COPY}{os.getpid()}_other"
    database._copy_template(name)
    try:
        yield
    finally:
        database._point_at(before)
        database._drop(name)
