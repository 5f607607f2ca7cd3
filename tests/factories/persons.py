"""Persons as the services make them; every number belongs to nobody."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.persons.codes import Relation
from apps.persons.identity import check_character
from apps.persons.merging.facts import facts_of
from apps.persons.models import Assignment, Contact, Merge, Person
from apps.persons.services import (
    add_contact,
    assign_worker,
    merge_persons,
    open_person,
    preview_merge,
)
from tests.factories.areas import area

VILLAGE = "469002100200"


def resident_number(sequence: int, born_on: date = date(1988, 3, 4), sex: str = "1") -> str:
    """A number with a right check character, of a place whose code was never given out."""
    order = (sequence * 2) % 998 + (1 if sex == "1" else 2)
    first17 = f"4690{98 - sequence // 499 % 20:02d}{born_on:%Y%m%d}{order:03d}"
    return first17 + check_character(first17)


class PersonFactory(DjangoModelFactory[Person]):
    """A man of 先锋村 in 嘉积镇 with number and phone."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"陈海{chr(0x4E00 + n % 2000)}")
    area = factory.LazyFunction(lambda: area(VILLAGE))
    by = factory.LazyFunction(User.objects.system)
    document_number = factory.Sequence(resident_number)
    phone = factory.Sequence(lambda n: f"100{n:08d}")

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        return open_person(**kwargs)


class AssignmentFactory(DjangoModelFactory[Assignment]):
    class Meta:
        model = Assignment

    person = factory.SubFactory(PersonFactory)
    by = factory.LazyFunction(User.objects.system)
    on = date(2024, 1, 1)

    @classmethod
    def _create(cls, model_class: type[Assignment], *args: Any, **kwargs: Any) -> Assignment:
        [row] = assign_worker(persons=[kwargs.pop("person")], **kwargs)
        return row


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    person = factory.SubFactory(PersonFactory)
    by = factory.LazyFunction(User.objects.system)
    name = "陈母"
    relation = Relation.PARENT
    agreed_on = date(2024, 1, 1)
    phone = "10012345678"

    @classmethod
    def _create(cls, model_class: type[Contact], *args: Any, **kwargs: Any) -> Contact:
        return add_contact(**kwargs)


def merged_into(kept: Person, merged: Person, by: User, **chosen: str) -> Merge:
    """As somebody merges who lets stand what the kept file says."""
    stays = {fact.name: "kept" for fact in facts_of(kept, merged) if not fact.stays} | chosen
    seen = preview_merge(kept=kept, merged=merged, by=by)
    return merge_persons(
        kept=kept, merged=merged, by=by, reason="同一个人", chosen=stays, previewed=seen.state
    )
