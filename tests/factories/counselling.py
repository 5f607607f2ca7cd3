"""Sessions as a worker records them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import User
from apps.counselling.models import Session
from apps.counselling.services import ByWhom, NotesWords, record_session
from apps.persons.models import Person
from tests.factories.accounts import UserFactory


def counselled(
    person: Person, *, by: User | None = None, at: datetime | None = None, words: str = "",
    **facts: Any,
) -> Session:  # fmt: skip
    """Of the person alone, an hour ago, asked for by the person; `words`: of the notes."""
    facts = {
        "client_uuid": uuid4(), "kind": "person", "who": ByWhom("recorder"), "asked": True,
        "occurred_at": at or timezone.now() - timedelta(hours=1), "told": NotesWords(words=words),
    } | facts  # fmt: skip
    return record_session(person=person, by=by or UserFactory(), **facts)
