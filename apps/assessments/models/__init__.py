from apps.assessments.models.assessment import Assessment
from apps.assessments.models.event import LifeEvent
from apps.assessments.models.flags import HelpFlag, SealedFlag
from apps.assessments.models.rounds import Round, RoundTarget
from apps.assessments.models.summary import HalfYearSummary
from apps.assessments.models.validity import ValidityRule
