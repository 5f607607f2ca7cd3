"""The loader of the benchmark writes rows as the tables are today."""

import pytest
from django.apps import apps
from django.db.models import AutoField, GeneratedField
from django.db.models.fields import NOT_PROVIDED

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.days import today
from scripts.bench.load import TOWN, add_town
from scripts.bench.world import World
from tests.factories.areas import JIAJI, area

pytestmark = pytest.mark.django_db


def test_a_town_of_the_benchmark_has_every_column_that_must_be_filled() -> None:
    town = area(JIAJI)
    villages = list(Area.objects.filter(parent=town))
    world = World(today(), User.objects.system().pk)
    add_town(world, 1, {"unit": town, "county": town.parent_id, "villages": villages})
    assert len(world.persons.lines) == TOWN
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table in world.tables:
        columns = {field.column: field for field in models[table.name]._meta.concrete_fields}
        assert set(table.columns) <= set(columns)
        missing = [
            name
            for name, field in columns.items()
            if name not in table.columns
            and not field.null
            and not isinstance(field, GeneratedField | AutoField)
            and field.db_default is NOT_PROVIDED
        ]
        assert not missing, f"{table.name}: {missing}"
