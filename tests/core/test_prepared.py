"""A prepared query answers as the query that is written anew."""

import pytest
from django.db import connection
from django.db.models import CharField, Exists, IntegerField, OuterRef
from django.test.utils import CaptureQueriesContext

from apps.areas.models import Area
from apps.core.prepared import Prepared, Slot
from tests.factories.areas import area

pytestmark = pytest.mark.django_db


def test_slots_are_filled_anew_with_each_asking() -> None:
    below = Area.objects.filter(parent=OuterRef("pk"), level=Slot("level", CharField()))
    above = Prepared(
        lambda: (
            Area.objects.filter(Exists(below), pk=Slot("pk", IntegerField()))
            .order_by("pk")
            .values_list("pk", "name")
        )
    )
    town = area()
    county = town.parent
    assert county is not None
    with CaptureQueriesContext(connection) as queries:
        assert [row.name for row in above.rows(pk=county.pk, level=town.level)] == [county.name]
        assert above.rows(pk=county.pk, level=county.level) == []
        assert above.rows(pk=town.pk, level=town.level) == []
    assert len(queries) == 3
