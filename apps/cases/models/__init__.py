"""The order and what happens to it."""

from apps.cases.models.absence import Leave, Suspension
from apps.cases.models.care_team import TeamMember
from apps.cases.models.case import Case
from apps.cases.models.police_report import PoliceReport
from apps.cases.models.risk_level import RiskLevelRecord
from apps.cases.models.step import CaseStep
