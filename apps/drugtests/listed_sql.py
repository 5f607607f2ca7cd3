"""What the database keeps of a test that the list of a campaign counts, whoever corrects it."""

from typing import Any, Final

import pgtrigger
from django.db import IntegrityError
from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

FITS: Final = "campaign_target_test_fits"

# It stays of the sample, kind and days of its campaign, which counts it; so does what was tried and
# not taken of somebody on its list, which no row of the list names.
HELD_BY_LIST: Final = pgtrigger.Trigger(
    name="drugtest_held_by_list",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("sample", "kind", "day", "why"),  # type: ignore[no-untyped-call]
    func=f"""
IF (NEW.sample, NEW.kind, NEW.day, NEW.why)
  IS DISTINCT FROM (OLD.sample, OLD.kind, OLD.day, OLD.why)
  AND NEW.withdrawn_at IS NULL
  AND EXISTS (SELECT FROM campaigns_campaigntarget t
    JOIN campaigns_campaign k ON k.id = t.campaign_id
    WHERE (t.test_id = NEW.id OR OLD.outcome = 'not_taken' AND OLD.why = 'campaign'
        AND t.person_id = OLD.person_id AND (OLD.sample, OLD.kind) = (k.sample, k.kind)
        AND OLD.day BETWEEN k.first AND k.last)
      AND ((NEW.sample, NEW.kind, NEW.why) <> (k.sample, k.kind, 'campaign')
      OR NEW.day NOT BETWEEN k.first AND k.last)) THEN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{FITS}',
    MESSAGE = '{FITS}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END IF;
RETURN NEW;""",
)


def store_corrected(row: Any) -> None:
    """Save, or say in words that a campaign counts it."""
    try:
        save_or_refuse(row)
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) != FITS:
            raise
        raise Refused(
            _(
                "A campaign counts this test: its sample, kind and reason stay, and its day is one "
                "of the campaign's. Withdraw it if it was none of the campaign."
            )
        ) from error
