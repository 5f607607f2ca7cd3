"""One line of migrations in each app: two branches that both add one are put in order by hand."""

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

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
