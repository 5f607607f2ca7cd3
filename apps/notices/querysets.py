"""Questions about notices."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.notices.models import Notice

# The bell says "9+" beyond nine: nobody counts further.
COUNTED: Final = 10


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: "User") -> Self:
        """One's own, of whatever role; nobody reads those of another."""
        return self.filter(reader=user) if user.is_active else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def named(self, text: str) -> "Notice | None":
        """The one with that public id; of any text from a form."""
        try:
            return self.filter(public_id=UUID(text)).first()
        except ValueError:
            return None

    def rung_until(self, newest: "Notice") -> Self:
        """That one, and all that rang before it."""
        return self.filter(at__lte=newest.at)

    def read_before(self, moment: datetime) -> Self:
        """Read so long ago that nobody looks for them any more."""
        return self.filter(read_at__lt=moment)


def first_unread() -> Any:
    """Ids of the first unread ones of an account: it comes with the account, in the query that
    every request makes anyway.
    """
    from apps.notices.models import Notice

    theirs = Notice.objects.filter(reader=OuterRef("pk")).unread()
    return ArraySubquery(theirs.order_by().values("pk")[:COUNTED])
