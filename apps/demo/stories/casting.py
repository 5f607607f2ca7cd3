"""Which person of the demo lives through which story."""

from collections.abc import Callable
from functools import cache
from typing import Final

from apps.demo.lives import states
from apps.demo.stories import endings, moves, samples, turns, wrongs
from apps.demo.stories.scene import Scene

Story = Callable[[Scene], None]


def nothing(_scene: Scene) -> None:
    """Everything stays as it is."""


# Each of them happens to a person of the demo worker, and again to persons of other towns.
# Between stories that end in the same inbox stand others, so that a short demo has some of each.
STORIES: Final[tuple[Story, ...]] = (
    wrongs.spoken_to, samples.in_dispute, samples.can_object, samples.to_be_told,
    samples.at_its_date, moves.handed_over, turns.high_waits, wrongs.to_be_decided,
    wrongs.admonished, moves.asked, turns.objects, wrongs.serious, wrongs.to_be_heard, turns.held,
    samples.to_be_decided, moves.sent_back, wrongs.to_be_reported, turns.something_happened,
    wrongs.warned, turns.confided, wrongs.reported, wrongs.not_to_be_found, wrongs.believed,
    samples.cleared, samples.to_be_sealed, samples.at_laboratory,
)  # fmt: skip
# Persons of other towns come to the demo worker's.
ARRIVING: Final[tuple[Story, ...]] = (
    moves.arrived, moves.handed_over, moves.awaited, turns.something_happened, moves.late,
)  # fmt: skip
AFTER: Final[dict[str, tuple[Story, ...]]] = {
    "not_reported": (wrongs.never_came, wrongs.never_came_at_all),
    "expired": (nothing, endings.control_to_end, endings.control_ended),
}
# Of every so many persons of other workers one has a story.
EVERY: Final = 4


@cache
def cast(workers: int) -> dict[int, Story]:
    """Person by person in the order of loading; the same whatever the day."""
    told: dict[int, Story] = {}
    own = others = 0
    for sequence, state in enumerate(states()):
        if state in AFTER:
            stories = AFTER[state]
            told[sequence] = stories[sequence % len(stories)]
        if state != "in_force":
            continue
        if of_demo_worker(sequence, workers):
            if own < len(STORIES):
                told[sequence] = STORIES[own]
            own += 1
        else:
            if others % EVERY == 1:
                number = others // EVERY
                told[sequence] = (
                    ARRIVING[number // 2 % len(ARRIVING)]
                    if number % 2
                    else STORIES[number * 5 // 2 % len(STORIES)]
                )
            others += 1
    return told


def of_demo_worker(sequence: int, workers: int) -> bool:
    """The demo worker has twice as many persons as each of the others."""
    return sequence % (workers + 1) % workers == 0
