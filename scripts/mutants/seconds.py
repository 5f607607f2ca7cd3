"""A plugin of pytest: how long each test took, for `scripts.mutants.knowing`."""

import json
import os
from pathlib import Path

import pytest

SPENT: dict[str, float] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    SPENT[report.nodeid] = SPENT.get(report.nodeid, 0.0) + report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        Path(os.environ["SECONDS_FILE"]).write_text(json.dumps(SPENT))
