"""Orders as the services make them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.cases.codes import Measure
from apps.cases.models import Case
from apps.cases.services import open_case
from tests.factories.persons import PersonFactory


class CaseFactory(DjangoModelFactory[Case]):
    """An order that was reported and agreed on 2024-03-01; traits for the states before."""

    class Meta:
        model = Case

    class Params:
        not_agreed = factory.Trait(agreement_on=None)
        not_reported = factory.Trait(agreement_on=None, reported_on=None)

    person = factory.SubFactory(PersonFactory)
    by = factory.LazyFunction(User.objects.system)
    measure = Measure.SQJD
    decision_number = factory.Sequence(lambda n: f"琼公（禁）责社戒字〔2024〕{n:04d}号")
    decided_on = date(2024, 2, 20)
    received_on = date(2024, 2, 22)
    reported_on = date(2024, 3, 1)
    agreement_on = date(2024, 3, 1)

    @classmethod
    def _create(cls, model_class: type[Case], *args: Any, **kwargs: Any) -> Case:
        return open_case(**kwargs)
