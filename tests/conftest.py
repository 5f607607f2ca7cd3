"""What every test gets: PostgreSQL, no network, shuffled rows where no order is asked for."""

import gc
import os
import random
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import TransactionTestCase
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from apps.core import translations
from config import embedded_postgres
from tests import database, deletions, locks, sharing_out
from tests.undrawn import nothing_drawn

hypothesis_settings.register_profile("test", max_examples=50, derandomize=True, deadline=None)
hypothesis_settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))

embedded_postgres.ensure_running(forgetful=True)
# A test that commits is followed by a new database: nothing has to be emptied first.
TransactionTestCase._fixture_teardown = lambda self: None  # type: ignore[method-assign]
for catalogue in translations.outdated():
    translations.compile_catalogue(catalogue)
    # What was loaded without it is forgotten, as after a change on a developer's machine.
    translation_file_changed(None, catalogue.with_suffix(".mo"))


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The language that a request of one test put on does not reach the next."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _shuffled_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that relies on an order it did not ask for fails here, not in an office."""
    fetch = QuerySet._fetch_all

    def fetch_shuffled(queryset: QuerySet[Any]) -> None:
        first_time = queryset._result_cache is None  # type: ignore[attr-defined]
        fetch(queryset)  # type: ignore[arg-type]
        if first_time and not queryset.ordered:
            random.shuffle(queryset._result_cache)  # type: ignore[attr-defined]

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_shuffled)


@pytest.fixture(autouse=True)
def _watched_statements() -> Iterator[None]:
    """The product deletes from the tables alone from which the serving role may, and locks rows
    that it names.
    """
    with deletions.watched(), locks.watched():
        yield


@pytest.fixture
def undrawn() -> Iterator[None]:
    """Status, rights and days are asked; the page is not the question."""
    with nothing_drawn():
        yield


@pytest.fixture
def only_checkins(db: None) -> None:
    """An office that plans no interviews and no visits: for tests that count lines and windows."""
    from apps.schedule.models import PlanRule

    PlanRule.objects.exclude(kind="checkin").delete()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """A database of this worker's own, copied from a migrated one."""
    with django_db_blocker.unblock(), database.fresh():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Tests that commit, journeys in the browser among them, leave nothing to the next one."""
    try:
        return (yield)
    finally:
        if database.commits(item):
            with item.config.stash[blocking_manager_key].unblock():
                database.renew()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        sharing_out.long_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing_out.WholeModules | None:
    """With `--dist loadscope`, as `make test` asks."""
    if config.getvalue("dist") == "loadscope":
        return sharing_out.WholeModules(config, log)
    return None


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Modules, models and tests stay for good: nothing is found by looking through them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


class Journeys:
    """In CI a whole run without its browser journeys fails instead of passing in silence."""

    passed = 0

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed and "e2e" in report.keywords:
            self.passed += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.passed == 0 and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            sys.stderr.write("\nCI: no browser journey ran. Is Chromium installed?\n")


def pytest_configure(config: pytest.Config) -> None:
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    narrowed = config.option.keyword or config.option.markexpr
    worker = hasattr(config, "workerinput")
    if os.environ.get("CI") and whole and not narrowed and not worker:
        config.pluginmanager.register(Journeys(), "journeys")
