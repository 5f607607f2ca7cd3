"""Drug tests by the thousand, as an office brings them along: the same rules, few queries."""

from collections.abc import Sequence

from django.db import transaction

from apps.accounts.models import User
from apps.contacts.bulk import store_at_once
from apps.drugtests.guards import refuse_wrong
from apps.drugtests.models import DrugTest
from apps.drugtests.services import settle_duties


@transaction.atomic
def bring_in_tests(rows: Sequence[DrugTest], *, by: User) -> int:
    """Unsaved tests with person and time; a row that a rule forbids stops them all."""
    settle_duties(store_at_once(rows, by=by, refuse_wrong=refuse_wrong))
    return len(rows)
