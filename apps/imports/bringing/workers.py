"""Workers by the names that a ledger gives them."""

from collections import defaultdict
from functools import cached_property

from apps.accounts.models import User
from apps.accounts.names import sign_in_name
from apps.areas.models import Area
from apps.persons.services.assigning import MAY_BE_RESPONSIBLE


class Workers:
    """Accounts that can be responsible, found by user name or by name near the unit."""

    @cached_property
    def _by_word(self) -> dict[str, list[User]]:
        found: dict[str, list[User]] = defaultdict(list)
        users = User.objects.filter(role__in=MAY_BE_RESPONSIBLE, is_active=True, area__isnull=False)
        for user in users.select_related("area").order_by("pk"):
            found[user.username].append(user)
            found[user.name].append(user)
        return found

    def find(self, word: str, unit: Area) -> User | None:
        """The one account of that name whose area holds the unit; None when two do."""
        found = self._by_word.get(word.replace(" ", ""), []) or self._by_word.get(
            sign_in_name(word), []
        )
        fitting = {
            user.pk: user
            for user in found
            if user.area is not None and (user.area.contains(unit) or unit.contains(user.area))
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None
