"""Two supervisors freeze the same report at the same time."""

import threading

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.periodic.models import PeriodicReport
from tests.factories.accounts import UserFactory
from tests.factories.periodic import frozen


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_version() -> None:
    bosses = [UserFactory(county_supervisor=True) for _ in range(2)]
    said: list[str] = []

    def freeze(by: User) -> None:
        try:
            said.append(str(frozen(by=by).version))
        except Refused as refusal:
            said.append(str(refusal.field))
        finally:
            connection.close()

    threads = [threading.Thread(target=freeze, args=[boss]) for boss in bosses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["1", "reason"]
    assert PeriodicReport.objects.count() == 1
