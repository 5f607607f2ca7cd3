"""Rows of the world of the matrix about counselling."""

from datetime import UTC, datetime
from functools import cached_property

from apps.accounts.models import User
from apps.counselling.models import Session, SessionNotes
from apps.persons.models import Person
from tests.factories.counselling import counselled


class CounsellingRows:
    """Made when an address names them."""

    person: Person
    by: User

    @cached_property
    def session(self) -> Session:
        at = datetime(2024, 3, 12, 2, 0, tzinfo=UTC)
        return counselled(self.person, by=self.by, at=at, words="夜里睡不好，说了很久")

    @cached_property
    def session_notes(self) -> SessionNotes:
        found: SessionNotes = self.session.notes
        return found
