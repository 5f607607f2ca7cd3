from apps.assessments.services.assess import (
    bring_in_assessment,
    needs_approval,
    put_in_force,
    record_assessment,
    send_back,
)
from apps.assessments.services.flags import end_flag, end_sealed, set_flag, set_sealed
from apps.assessments.services.rounds import open_round
from apps.assessments.services.summaries import (
    correct_summary,
    make_summary,
    window_sent,
    withdraw_summary,
)
from apps.assessments.services.telling import note_event, record_objection, record_told
from apps.assessments.services.validity import hold_numbers, refuse_validity, set_validity
