"""Bounds of plans and lists, and the five of the team."""

from typing import Final

from apps.cases.models.care_team import MemberKind

LONGEST_LIST_DAYS: Final = 366
# A review that lies further ahead is no review.
LONGEST_REVIEW_DAYS: Final = 366

# 五位一体: who stands around a person. Each place is taken by one of its kinds.
FIVE: Final = (
    (MemberKind.POLICE,),
    (MemberKind.WORKER, MemberKind.SOCIAL_WORKER),
    (MemberKind.VILLAGE, MemberKind.TOWN),
    (MemberKind.JUSTICE,),
    (MemberKind.FAMILY,),
)
