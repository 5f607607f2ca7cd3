"""One line of migrations in each app: two branches that both add one are put in order by hand."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.architecture.sources import ROOT


def test_each_app_has_one_last_migration() -> None:
    graph = MigrationLoader(None).graph
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}
    for label in own:
        assert len(graph.leaf_nodes(label)) <= 1, label


def test_no_two_migrations_of_an_app_share_a_number() -> None:
    for folder in (ROOT / "apps").glob("*/migrations"):
        numbers = [path.name[:4] for path in folder.glob("[0-9]*.py")]
        assert len(numbers) == len(set(numbers)), folder


def as_before(*, without: str = "") -> None:
    """The database was migrated by what the first migrations replace, but for one of `without`."""
    loader = MigrationLoader(connection)
    whole = {key: one for key, one in loader.disk_migrations.items() if one.replaces}
    assert whole
    applied = MigrationRecorder.Migration.objects.all()
    old = [key for one in whole.values() for key in one.replaces]
    for app, name in [*whole, *old]:
        applied.filter(app=app, name=name).delete()
    forgotten = next((key for key in old if key[0] == without), None)
    applied.bulk_create(
        MigrationRecorder.Migration(app=app, name=name)
        for app, name in old
        if (app, name) != forgotten
    )


@pytest.mark.django_db
def test_an_installation_of_the_version_before_has_nothing_to_do_again() -> None:
    as_before()
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


@pytest.mark.django_db
def test_an_older_installation_is_told_which_update_comes_first() -> None:
    as_before(without="persons")
    with pytest.raises(CommandError, match="30 November 2026"):
        call_command("setup", stdout=io.StringIO(), stderr=io.StringIO())
