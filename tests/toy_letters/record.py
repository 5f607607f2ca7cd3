"""All that the rest of the product needs to know of letters."""

from collections.abc import Iterator

from apps.core.records import RecordKind, Tab, register
from apps.core.timeline import Chip, Happening, Happenings, Line
from tests.toy_letters.models import Letter


def told(row: Happening) -> Iterator[Line]:
    yield row.d1, "来信", row.no, None
    yield row.d2, "已答复", "", ("done", "已答复")


register(
    RecordKind(
        name="toy_letters", label="来信", log={"letter": "来信", "letters": "来信"},
        parts=(
            Tab("来信", "toy_letters:person", 45, counted=Letter),
            Chip("letter", "来信", 55),
            Happenings(
                src="letter", model=Letter, rank=120, chip="letter", icon="file-text", tell=told,
                no="recorded_by__name", days=("received_on", "answered_on"),
            ),
        ),
    )
)  # fmt: skip
