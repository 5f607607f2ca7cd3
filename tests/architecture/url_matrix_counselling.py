"""Addresses of counselling, and who gets what."""

from tests.architecture.url_lines import DAILY, SEALED, Line, by_id, of_person

COUNSELLING_LINES = [
    Line("counselling:list", DAILY),
    *(of_person(f"counselling:{page}") for page in ("person", "create")),
    *(of_person(f"counselling:{page}", kwargs=by_id("session"))
      for page in ("session", "correct", "withdraw")),
    # Whoever sees the session and may not read the notes is told so, whatever is there.
    Line(
        "counselling:notes", of_person("", SEALED).allowed, hidden=of_person("").hidden,
        kwargs=by_id("session"),
    ),
]  # fmt: skip
