"""`python -m scripts.first_migration APP`: write the first migration of a new app anew.

One operation with all tables (`apps.core.tables_at_once`), from the models as they are, in place of
the many that `makemigrations` writes. For an app that nobody has installed yet: what it had of
migrations is replaced. Data that an installation begins with is added by hand (`standard.store`).
"""

import os
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]


def main(label: str) -> None:
    from django.apps import apps
    from django.db.migrations import Migration
    from django.db.migrations.writer import MigrationWriter

    from apps.core.tables_at_once import CreateTables

    models = _models(label)
    created = [_created(label, models[name]) for name in _order(label, models)]
    facts = {
        "initial": True,
        "dependencies": sorted(_dependencies(label, models)),
        "operations": [CreateTables(created)],
    }
    migration = type("Migration", (Migration,), facts)("0001_initial", label)
    folder = Path(apps.get_app_config(label).path) / "migrations"
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    text = MigrationWriter(migration, include_header=False).as_string()
    for path in folder.glob("0*.py"):
        path.unlink()
    (folder / "0001_initial.py").write_text(text)


def _models(label: str) -> dict[str, Any]:
    """The app's models by name, as migrations know them."""
    from django.apps import apps
    from django.db.migrations.state import ProjectState

    state = ProjectState.from_apps(apps)
    return {name: model for (app, name), model in state.models.items() if app == label}


def _referred(label: str, model: Any) -> Iterator[tuple[str, str]]:
    """App and name of each model that this one refers to."""
    from django.db.migrations.utils import resolve_relation

    for field in model.fields.values():
        if field.remote_field:
            yield resolve_relation(field.remote_field.model, label, model.name_lower)


def _order(label: str, models: dict[str, Any]) -> Iterator[str]:
    """Each behind those it refers to."""
    graph = {
        name: {to for app, to in _referred(label, model) if app == label and to != name}
        for name, model in models.items()
    }
    return iter(TopologicalSorter(graph).static_order())


def _created(label: str, model: Any) -> Any:
    """With indexes, constraints and triggers in its options, where there are any."""
    from django.apps import apps
    from django.db.migrations.operations import CreateModel

    options = {name: value for name, value in model.options.items() if value != []}
    if "triggers" in options:
        of = apps.get_model(label, model.name)
        options["triggers"] = [one.compile(of) for one in options["triggers"]]
    return CreateModel(model.name, list(model.fields.items()), options, model.bases, model.managers)


def _dependencies(label: str, models: dict[str, Any]) -> set[tuple[str, str]]:
    """The last migration of every other app that is referred to."""
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    others = {app for model in models.values() for app, _name in _referred(label, model)}
    return {leaf for app in others - {label} for leaf in graph.leaf_nodes(app)}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.utils import translation

    with translation.override(None):
        main(sys.argv[1])
