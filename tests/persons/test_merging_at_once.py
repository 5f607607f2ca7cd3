"""Two merges at the same moment: one is done, the other says so, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from apps.core.refusals import Refused
from apps.persons.merging.facts import facts_of
from apps.persons.models import Merge, Person
from apps.persons.services import merge_persons, preview_merge
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.persons import PersonFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("opposite", [False, True])
def test_two_at_once_are_one_merge(opposite: bool) -> None:
    one, other = PersonFactory(name="王小明"), PersonFactory(name="王小明")
    by, both = UserFactory(records_admin=True, area=area(QIONGHAI)), Barrier(2)
    seen = [
        preview_merge(kept=kept, merged=merged, by=by)
        for kept, merged in ((one, other), (other, one) if opposite else (one, other))
    ]

    def act(number: int) -> str:
        found = seen[number]
        facts = facts_of(found.kept, found.merged)
        open_names = [fact.name for fact in facts if not fact.stays]
        try:
            with transaction.atomic():
                both.wait(20)
                merge_persons(
                    kept=found.kept, merged=found.merged, by=by, reason="同一个人",
                    chosen=dict.fromkeys(open_names, "kept"),
                    previewed=found.state,
                )  # fmt: skip
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as hands:
        answers = sorted(hands.map(act, (0, 1)))
    assert answers == (["merged", "refused"] if opposite else ["merged", "merged"])
    merge = Merge.objects.get()
    assert Person.objects.get() == merge.person
    assert Person.every.get(merged_into=merge.person) == merge.merged
