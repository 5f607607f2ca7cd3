"""What the database keeps of the list of a campaign, whoever writes."""

from typing import Any, Final

import pgtrigger

_MOVED: Any = pgtrigger.UpdateOf("campaign_id")  # type: ignore[no-untyped-call]
_PLACED: Any = pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
    "slot_id", "campaign_id", "excused_at"
)

# The order that is named runs on the first day of the campaign, and is the person's.
DUTY_RUNS: Final = pgtrigger.Trigger(
    name="target_duty_runs", when=pgtrigger.Before, operation=pgtrigger.Insert,
    func="""
IF NEW.case_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM cases_case c JOIN campaigns_campaign k ON k.id = NEW.campaign_id
    WHERE c.id = NEW.case_id AND c.person_id = NEW.person_id AND c.in_force_from <= k.first
    AND (c.duties_end_on IS NULL OR c.duties_end_on >= k.first)
) THEN
    RAISE EXCEPTION 'campaign_target_duty_runs' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
""",
)  # fmt: skip

# A campaign of an occupation names nobody.
OF_PERSONS: Final = pgtrigger.Trigger(
    name="target_of_persons", when=pgtrigger.Before,
    operation=pgtrigger.Insert | _MOVED,
    func="""
IF EXISTS (
    SELECT 1 FROM campaigns_campaign k WHERE k.id = NEW.campaign_id AND k.asks <> 'persons'
) THEN
    RAISE EXCEPTION 'campaign_target_of_persons' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
""",
)  # fmt: skip

# Of the same campaign, and with a place left. The lock lets two clerks come one after the other.
SLOT_HAS_ROOM: Final = pgtrigger.Trigger(
    name="target_slot_has_room", when=pgtrigger.Before,
    operation=pgtrigger.Insert | _PLACED,
    declare=[("room", "int"), ("held", "int")],
    func="""
IF NEW.slot_id IS NULL OR NEW.excused_at IS NOT NULL THEN
    RETURN NEW;
END IF;
SELECT s.places INTO room FROM campaigns_campaignslot s
    JOIN campaigns_campaignsite p ON p.id = s.site_id
    WHERE s.id = NEW.slot_id AND p.campaign_id = NEW.campaign_id AND s.called_off_at IS NULL
    FOR UPDATE OF s;
SELECT count(*) INTO held FROM campaigns_campaigntarget t
    WHERE t.slot_id = NEW.slot_id AND t.id <> NEW.id AND t.excused_at IS NULL;
IF room IS NULL OR held >= room THEN
    RAISE EXCEPTION 'campaign_target_slot_has_room' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
""",
)  # fmt: skip

# Sums belong to a campaign of an occupation.
OF_OCCUPATION: Final = pgtrigger.Trigger(
    name="count_of_occupation", when=pgtrigger.Before,
    operation=pgtrigger.Insert | _MOVED,
    func="""
IF EXISTS (
    SELECT 1 FROM campaigns_campaign k WHERE k.id = NEW.campaign_id AND k.asks = 'persons'
) THEN
    RAISE EXCEPTION 'campaign_count_of_occupation' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
""",
)  # fmt: skip
