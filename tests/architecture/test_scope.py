"""Rows about persons are read through `visible_to`, and through nothing else, in pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from pghistory.models import Event

from apps.areas.models import ScopedModel
from apps.areas.querysets import ScopedQuerySet
from apps.persons.querysets import AssignmentQuerySet, PersonalQuerySet

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("apps.") and not issubclass(model, Event)
]
SCOPED = [model for model in OURS if issubclass(model, ScopedModel)]
PERSONAL = [
    model
    for model in OURS
    if any(field.name == "person" and field.many_to_one for field in model._meta.fields)
]
# What pages and the admin are made of.
PAGES = ("views*", "admin*", "tables*", "filters*", "forms*", "lists*", "search*", "*_list*")
# Reads without a scope of their own, each with its reason.
EXCEPTIONS = {
    ("cases/admin.py", "Person"): "of cases that the admin's own scope has chosen",
    ("cases/views/acts.py", "Assignment"): "of a person whom the view has found in scope",
    ("cases/views/queues.py", "Case"): "of the page's rows, which are in scope",
    ("cases/forms.py", "Organisation"): "the register, of the user's county",
    (
        "drugtests/forms_steps.py",
        "Organisation",
    ): "laboratories: a re-test goes elsewhere",
    ("persons/forms_assign.py", "Assignment"): "a number beside workers of the user's area",
    ("workbench/persons_list.py", "DueItem"): "a condition on persons who are in scope",
}
# Questions that begin at a model; `visible_to` is the one that is scoped.
UNSCOPED = {"all", "filter", "get", "exclude", "in_bulk", "values", "values_list", "order_by"}


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_a_row_about_a_person_carries_its_place(model: type) -> None:
    assert issubclass(model, ScopedModel)


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_a_scoped_model_is_asked_through_a_scoped_queryset(model: type[ScopedModel]) -> None:
    queryset = type(model._default_manager.all())
    assert issubclass(queryset, ScopedQuerySet | AssignmentQuerySet)
    if model in PERSONAL and not issubclass(queryset, AssignmentQuerySet):
        lookup = model.__name__ == "OutsideLookup"
        assert lookup or issubclass(queryset, PersonalQuerySet)


def page_files() -> Iterator[Path]:
    for app in sorted((settings.BASE_DIR / "apps").iterdir()):
        for pattern in PAGES:
            yield from app.glob(f"{pattern}.py")
            yield from app.glob(f"{pattern}/*.py")


def unscoped_reads(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """`Model.objects.filter(…)` and the like, on a scoped model."""
    names = {model.__name__ for model in SCOPED}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(
                value=ast.Attribute(
                    value=ast.Name(id=name), attr="objects" | "every" | "_default_manager"
                ),
                attr=question,
            ) if name in names and question in UNSCOPED:
                yield name, node.lineno


def test_pages_read_scoped_rows_through_visible_to() -> None:
    found, used = [], set()
    for path in page_files():
        short = path.relative_to(settings.BASE_DIR / "apps").as_posix()
        for name, line in unscoped_reads(ast.parse(path.read_text())):
            if (short, name) in EXCEPTIONS:
                used.add((short, name))
            else:
                found.append(f"{short}:{line} {name}")
    assert found == []
    assert used == set(EXCEPTIONS), "An exception that is not needed any more"


def test_the_search_finds_an_unscoped_read() -> None:
    tree = ast.parse("Person.objects.filter(pk=1)\nCase.objects.visible_to(user).filter(pk=1)")
    assert list(unscoped_reads(tree)) == [("Person", 1)]
