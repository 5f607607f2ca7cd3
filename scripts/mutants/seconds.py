"""A plugin of pytest: how long each test took, which templates it drew, which constraints it met.

For `scripts.mutants.knowing`: coverage knows the lines of Python alone.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.signals import template_rendered

SPENT: dict[str, float] = {}
# "templates/…" or "constraint:…" to the ids of tests
MET: dict[str, set[str]] = {}
running: list[str] = [""]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    SPENT[report.nodeid] = SPENT.get(report.nodeid, 0.0) + report.duration


def _met(what: str) -> None:
    MET.setdefault(what, set()).add(running[0])


def _drawn(sender: Any, template: Any, **_more: Any) -> None:
    if template.name:
        _met(f"templates/{template.name}")


def _asked(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    try:
        return execute(sql, params, many, context)
    except Exception as error:
        refused = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if refused:
            _met(f"constraint:{refused}")
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    running[0] = item.nodeid
    template_rendered.connect(_drawn)
    try:
        with connection.execute_wrapper(_asked):
            return (yield)
    finally:
        template_rendered.disconnect(_drawn)


def pytest_sessionfinish(session: pytest.Session) -> None:
    path = Path(os.environ["SECONDS_FILE"])
    worker = getattr(session.config, "workerinput", {}).get("workerid", "")
    if not worker:
        path.write_text(json.dumps(SPENT))
    if MET:
        found = {what: sorted(tests) for what, tests in MET.items()}
        path.with_name(f"met-{worker or 'one'}.json").write_text(json.dumps(found))
