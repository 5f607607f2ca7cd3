"""A prepared query answers as the query that is written anew."""

import pytest
from django.db import connection
from django.db.models import CharField, Exists, F, IntegerField, OuterRef
from django.test.utils import CaptureQueriesContext

from apps.areas.models import Area
from apps.core.prepared import Prepared, PreparedByScope, Slot
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


def test_a_written_query_of_a_model_gives_what_the_queryset_gives() -> None:
    """Related rows, added columns and fields that are converted included."""
    area()
    rows = Area.objects.select_related("parent__parent", "merged_into").annotate(
        doubled=F("pk") * 2
    )
    written = Prepared(lambda: rows.filter(level=Slot("level", CharField())).order_by("pk"))
    for level in ("county", "village", "nothing"):
        with CaptureQueriesContext(connection) as queries:
            found = written.rows(level=level)
            expected = list(rows.filter(level=level).order_by("pk"))
            assert found == expected
            for one, other in zip(found, expected, strict=True):
                assert one.__dict__.keys() == other.__dict__.keys()
                assert (one.doubled, one.parent, one.lineage) == (
                    other.doubled, other.parent, other.lineage,
                )  # fmt: skip
                assert one.parent is None or one.parent.parent == other.parent.parent
                assert not one._state.adding
        assert len(queries) == 2


def test_counts_of_many_queries_are_one_and_an_empty_scope_counts_nothing() -> None:
    area()
    kept = PreparedByScope()
    builds = [
        lambda: Area.objects.filter(level="county"),
        Area.objects.none,
        lambda: Area.objects.filter(level="town"),
    ]
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            numbers = kept.counts(("key",), builds)
        assert numbers == [Area.objects.filter(level="county").count(), 0,
                           Area.objects.filter(level="town").count()]  # fmt: skip
        assert len(queries) == 1
    assert kept.counts(("other",), [Area.objects.none]) == [0]
