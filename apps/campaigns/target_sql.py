"""What the database keeps of the list of a campaign, whoever writes.

The campaign is locked first, then its slots, then the rows of its list. `refusing.py` has the
words.
"""

from typing import Any, Final

import pgtrigger

from apps.drugtests.codes import Sample
from apps.persons.codes import LifeStatus, Sex


def _on(*names: str) -> Any:
    return pgtrigger.UpdateOf(*names)  # type: ignore[no-untyped-call]


def _refuse(name: str, condition: str) -> str:
    return f"""
IF {condition} THEN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',
    MESSAGE = '{name}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END IF;"""


def _trigger(name: str, operation: Any, func: str, *declared: tuple[str, str]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=operation, declare=list(declared) or None,
        func=f"{func}\nRETURN NEW;",
    )  # fmt: skip


def _no_case_runs(day: str) -> str:
    """The order that is named is not the person's, not in force on the day, or rests on it."""
    return f"""NEW.case_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM cases_case c WHERE c.id = NEW.case_id AND c.person_id = NEW.person_id
    AND c.in_force_from <= {day} AND (c.duties_end_on IS NULL OR c.duties_end_on >= {day})
    AND NOT EXISTS (SELECT FROM cases_suspension s WHERE s.case_id = c.id
      AND s.withdrawn_at IS NULL AND s.starts_on <= {day}
      AND (s.ended_on IS NULL OR s.ended_on >= {day})))"""  # noqa: S608 - names of columns


def _has_died(day: str) -> str:
    return f"""EXISTS (SELECT FROM persons_person o WHERE o.id = NEW.person_id
    AND o.life_status = '{LifeStatus.DECEASED.value}'
    AND (o.life_status_since IS NULL OR o.life_status_since <= {day}))"""


# The person lives, and the order that is named is the person's and runs on the day of the entry
# within the days of the campaign.
DUTY_RUNS: Final = _trigger(
    "target_duty_runs", pgtrigger.Insert | _on("case_id"),
    """
IF TG_OP = 'UPDATE' AND NEW.case_id IS NOT DISTINCT FROM OLD.case_id THEN
  RETURN NEW;
END IF;
SELECT least(k.last, greatest(k.first,
  (NEW.recorded_at AT TIME ZONE 'Asia/Shanghai')::date)) INTO entered
FROM campaigns_campaign k WHERE k.id = NEW.campaign_id;"""
    + _refuse("campaign_target_duty_runs", _no_case_runs("entered"))
    + _refuse("campaign_target_lives", f"TG_OP = 'INSERT' AND {_has_died('entered')}"),
    ("entered", "date"),
)  # fmt: skip

# Nobody comes onto the list of a closed campaign, and nothing of it is given, taken or excused.
IN_OPEN_CAMPAIGN: Final = _trigger(
    "target_in_open_campaign", pgtrigger.Insert | _on("slot_id", "test_id", "excused_at"),
    """
IF TG_OP = 'UPDATE' AND (NEW.slot_id, NEW.test_id, NEW.excused_at)
  IS NOT DISTINCT FROM (OLD.slot_id, OLD.test_id, OLD.excused_at) THEN
  RETURN NEW;
END IF;
SELECT k.closed_at INTO closed FROM campaigns_campaign k WHERE k.id = NEW.campaign_id FOR SHARE;"""
    + _refuse("campaign_target_in_open_campaign", "closed IS NOT NULL"),
    ("closed", "timestamptz"),
)  # fmt: skip

_ASKS: Final = "SELECT FROM campaigns_campaign k WHERE k.id = NEW.campaign_id AND k.asks"

# A campaign of an occupation names nobody.
OF_PERSONS: Final = _trigger(
    "target_of_persons", pgtrigger.Insert | _on("campaign_id"),
    _refuse("campaign_target_of_persons", f"EXISTS ({_ASKS} <> 'persons')"),
)  # fmt: skip

# Of the same campaign, with a place left, on a day of the duty, and for a woman's urine with two
# women. The lock lets two clerks come one after the other.
SLOT_HAS_ROOM: Final = _trigger(
    "target_slot_has_room", pgtrigger.Insert | _on("slot_id", "campaign_id", "excused_at"),
    """
IF NEW.slot_id IS NULL OR NEW.excused_at IS NOT NULL OR TG_OP = 'UPDATE'
  AND (NEW.slot_id, NEW.campaign_id, NEW.excused_at)
  IS NOT DISTINCT FROM (OLD.slot_id, OLD.campaign_id, OLD.excused_at) THEN
  RETURN NEW;
END IF;
SELECT s.places, (s.begins AT TIME ZONE 'Asia/Shanghai')::date AS day, k.sample,
  p.collector_sex, p.second_sex INTO given
FROM campaigns_campaignslot s JOIN campaigns_campaignsite p ON p.id = s.site_id
JOIN campaigns_campaign k ON k.id = p.campaign_id
WHERE s.id = NEW.slot_id AND p.campaign_id = NEW.campaign_id AND s.called_off_at IS NULL
FOR NO KEY UPDATE OF s;
SELECT count(*) INTO held FROM campaigns_campaigntarget t
WHERE t.slot_id = NEW.slot_id AND t.id <> NEW.id AND t.excused_at IS NULL;"""
    + _refuse("campaign_target_slot_has_room", "given.places IS NULL OR held >= given.places")
    + _refuse(
        "campaign_target_slot_in_duty",
        f"{_no_case_runs('given.day')} OR {_has_died('given.day')}",
    )
    + _refuse(
        "campaign_target_two_women",
        f"""given.sample = '{Sample.URINE.value}'
  AND (given.collector_sex, given.second_sex) <> ('{Sex.FEMALE.value}', '{Sex.FEMALE.value}')
  AND EXISTS (SELECT FROM persons_person o
    WHERE o.id = NEW.person_id AND o.sex = '{Sex.FEMALE.value}')""",
    ),
    ("given", "record"), ("held", "int"),
)  # fmt: skip

# The person's own, of the sample, kind and days of the campaign.
TEST_FITS: Final = _trigger(
    "target_test_fits", pgtrigger.Insert | _on("test_id"),
    _refuse(
        "campaign_target_test_fits",
        """NEW.test_id IS NOT NULL
  AND (TG_OP = 'INSERT' OR NEW.test_id IS DISTINCT FROM OLD.test_id)
  AND NOT EXISTS (SELECT FROM drugtests_drugtest t JOIN campaigns_campaign k
    ON k.id = NEW.campaign_id AND t.sample = k.sample AND t.kind = k.kind
      AND t.day BETWEEN k.first AND k.last
    WHERE t.id = NEW.test_id AND t.person_id = NEW.person_id)""",
    ),
)  # fmt: skip

# What its list was drawn up for.
KEEPS_ITS_LIST: Final = _trigger(
    "campaign_keeps_its_list", _on("sample", "kind", "first"),
    _refuse(
        "campaign_keeps_its_list",
        """(NEW.sample, NEW.kind, NEW.first) IS DISTINCT FROM (OLD.sample, OLD.kind, OLD.first)
  AND EXISTS (SELECT FROM campaigns_campaigntarget t WHERE t.campaign_id = NEW.id)""",
    ),
)  # fmt: skip

# Sums belong to a campaign of an occupation.
OF_OCCUPATION: Final = _trigger(
    "count_of_occupation", pgtrigger.Insert | _on("campaign_id"),
    _refuse("campaign_count_of_occupation", f"EXISTS ({_ASKS} = 'persons')"),
)  # fmt: skip
