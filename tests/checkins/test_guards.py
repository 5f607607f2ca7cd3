"""Where a rule of check-ins begins: the moment, the day and the number of letters."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from apps.cases.models import Case
from apps.checkins import guards
from apps.contacts.guards import CLOCK_TOLERANCE
from apps.core.refusals import Refused

DAY, ON = timedelta(days=1), date(2024, 6, 3)
NOW = datetime(2024, 6, 3, 2, tzinfo=UTC)


def words(guard: Callable[..., None], *facts: object) -> str:
    """Of the refusal; nothing when the check-in may be kept."""
    try:
        guard(*facts)
    except Refused as refusal:
        return str(refusal)
    return ""


def test_a_phones_clock_may_be_two_minutes_ahead() -> None:
    latest, second = NOW + CLOCK_TOLERANCE, timedelta(seconds=1)
    moments = [latest - second, latest, latest + second]
    found = [words(guards.refuse_future, moment, NOW) for moment in moments]
    assert found[:2] == ["", ""]
    assert found[2].startswith("The time lies in the future.")


def test_the_next_try_is_at_most_sixty_days_away() -> None:
    found = [
        words(guards.refuse_unclear, "not_done", "phone", "away", ON + number * DAY, ON)
        for number in (59, 60, 61)
    ]
    assert found[:2] == ["", ""]
    assert found[2].startswith("The next try is at most 60 days away.")


def test_two_characters_tell_what_somebody_refused_and_other_reasons_need_none() -> None:
    notes = ["拒 ", "拒绝", "他拒绝来访"]
    found = [words(guards.refuse_wordless, "refused", note) for note in notes]
    assert found == ["Say in a few words what happened.", "", ""]
    assert words(guards.refuse_wordless, "away", "") == ""


def test_the_next_date_may_be_the_day_itself_and_a_mood_is_from_one_to_five() -> None:
    found = [words(guards.refuse_odd, ON + number * DAY, None, ON) for number in (-1, 0, 1)]
    assert found == ["The next date lies before the check-in.", "", ""]
    moods = [words(guards.refuse_odd, None, mood, ON) for mood in (0, 1, 5, 6)]
    assert moods == ["Mood is a number from 1 to 5.", "", "", "Mood is a number from 1 to 5."]


def test_after_the_last_day_of_the_order_the_refusal_names_it() -> None:
    cases = [Case(duties_end_on=ON)]
    found = [words(guards.refuse_without_duty, cases, day) for day in (ON, ON + DAY)]
    assert found[0] == "No order is in force on this day, so no check-in is due."
    assert found[1].startswith("The order ended on")
