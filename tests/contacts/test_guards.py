"""From which day on contacts with a person are recorded."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from apps.cases.models import Case
from apps.contacts.guards import refuse_before_order
from apps.core.refusals import Refused

ON = date(2024, 6, 3)
CASES = [Case(decided_on=ON + timedelta(days=1)), Case(decided_on=None, reported_on=ON)]


def test_a_contact_is_recorded_from_the_day_of_the_first_order() -> None:
    for day in (ON, ON + timedelta(days=1)):
        refuse_before_order(CASES, day)
    with translation.override("en"), pytest.raises(Refused, match="The order is of 3 Jun 2024"):
        refuse_before_order(CASES, ON - timedelta(days=1))
