"""Where a row of a list stands, as a tag."""

from typing import Any, Final

from apps.campaigns.codes import Stands
from apps.drugtests.codes import NotTakenReason

TAGS: Final = {
    Stands.TAKEN: "done", Stands.NOT_TAKEN: "na", Stands.EXCUSED: "na", Stands.NO_DUTY: "na",
    Stands.LEFT: "soon",
}  # fmt: skip


def state_of(row: Any) -> tuple[str, str]:
    """Kind of tag and word, of a row that was asked `with_standing`; what was recorded instead of
    a sample says why.
    """
    stands = Stands.LEFT if row.stands == Stands.NO_SLOT else Stands(row.stands)
    if stands == Stands.NOT_TAKEN:
        return TAGS[stands], str(NotTakenReason(row.tried_why).label)
    return TAGS[stands], str(stands.label)
