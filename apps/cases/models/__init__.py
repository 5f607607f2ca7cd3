"""The order and what happens to it."""

from apps.cases.models.absence import Leave, Suspension
from apps.cases.models.care_team import TeamMember
from apps.cases.models.case import Case
from apps.cases.models.tier import TierRecord

__all__ = ["Case", "Leave", "Suspension", "TeamMember", "TierRecord"]
