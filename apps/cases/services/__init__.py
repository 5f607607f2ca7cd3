"""Acts on cases. Each one that moves duties tells the listeners of listeners.py."""

from apps.cases.services.absences import (
    extend_leave,
    record_return,
    report_leave,
    resume_case,
    suspend_case,
    withdraw_leave,
    withdraw_suspension,
)
from apps.cases.services.assigning import assign_open_cases
from apps.cases.services.endings import propose_end_of_control, release_case, set_end
from apps.cases.services.orders import (
    close_case,
    correct_case,
    open_case,
    record_plan,
    record_report,
    sign_agreement,
)
from apps.cases.services.police import propose_police_report, record_reply, withdraw_report
from apps.cases.services.risk_levels import bring_in_levels, move_last_days, set_risk_level
from apps.cases.services.team import add_member, end_member, name_lead, withdraw_member
