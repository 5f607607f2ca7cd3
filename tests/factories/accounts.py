"""Accounts of each role."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.accounts.roles import Role
from tests.factories.areas import JIAJI, QIONGHAI, area

PASSWORD = "a long and boring password"


class UserFactory(DjangoModelFactory[User]):
    """A case worker of 嘉积镇; traits make the other roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        town_supervisor = factory.Trait(role=Role.TOWN_SUPERVISOR)
        county_supervisor = factory.Trait(
            role=Role.COUNTY_SUPERVISOR, area=factory.LazyFunction(lambda: area(QIONGHAI))
        )
        province_viewer = factory.Trait(
            role=Role.PROVINCE_VIEWER, area=factory.LazyFunction(lambda: area("46"))
        )
        records_admin = factory.Trait(
            role=Role.RECORDS_ADMIN, area=factory.LazyFunction(lambda: area(QIONGHAI))
        )
        system_admin = factory.Trait(role=Role.SYSTEM_ADMIN, area=None)
        auditor = factory.Trait(role=Role.AUDITOR, area=None)

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"符用户{n}")
    role = Role.WORKER
    area = factory.LazyFunction(lambda: area(JIAJI))

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", PASSWORD)
        return User.objects.create_user(password=password, **kwargs)
