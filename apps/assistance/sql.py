"""What the database keeps of help and its ledger, whoever writes.

The row of the help is locked first (by the services that of the person before it), then that of the
budget: two at once stand one after the other, and so do two payments to one person. Payments share
a lock with the closing of a month and with a new budget, which wait for them.
"""

from typing import Any, Final

# ruff: noqa: S608 - all names in these texts are our own
import pgtrigger

from apps.assistance.codes import LOOKS, NEXT, RECEIVING, RECEIVING_FREELY

BEFORE_INSERT: Final[dict[str, Any]] = {"when": pgtrigger.Before, "operation": pgtrigger.Insert}
BEFORE_UPDATE: Final[dict[str, Any]] = {"when": pgtrigger.Before, "operation": pgtrigger.Update}
# Names of the advisory locks.
MONTHS, BUDGETS, PERSONS = 4410, 4411, 4412


def _array(words: object) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]::text[]"  # type: ignore[attr-defined]


def _refuse(name: str, condition: str) -> str:
    return f"""
IF {condition} THEN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',
    MESSAGE = '{name}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END IF;"""


def _changed(*names: str) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("NEW", "OLD"))
    return f"(({new}) IS DISTINCT FROM ({old}))"


def _trigger(name: str, func: str, *declared: tuple[str, str], **when: Any) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name=name, declare=list(declared) or None, func=func, **when)


_OF_HELP: Final = """
SELECT a.state, a.restricted, a.source, a.kind, a.programme_id, a.found_on, p.needs_decision,
  a.person_id, a.beneficiary, a.number_index,
  p.rhythm = 'monthly' AS monthly INTO help
FROM assistance_assistance a JOIN assistance_programme p ON p.id = a.programme_id
WHERE a.id = NEW.assistance_id FOR UPDATE OF a;
NEW.restricted := help.restricted;"""
_STANDING_PAYMENTS: Final = """assistance_payment p WHERE p.assistance_id = NEW.assistance_id
  AND p.reverses_id IS NULL
  AND NOT EXISTS (SELECT FROM assistance_payment r WHERE r.reverses_id = p.id)"""
_STANDING_STEPS: Final = """assistance_assistancestep s
  WHERE s.assistance_id = NEW.assistance_id AND s.withdrawn_at IS NULL"""
# Looks at what stands: not those after a delivery that was reversed since.
_STANDING_LOOKS: Final = """assistance_look k WHERE k.assistance_id = NEW.assistance_id
  AND k.withdrawn_at IS NULL AND k.looked_on >= paid + k.after"""
_LOOK_ROWS: Final = ", ".join(f"({after})" for after in LOOKS)
# The state of a help, from its rows.
_DERIVE: Final = f"""
SELECT coalesce(array_agg(s.kind::text), '{{}}') INTO had FROM {_STANDING_STEPS};
SELECT min(p.paid_on) INTO paid FROM {_STANDING_PAYMENTS};
SELECT min(l.after) INTO next_after FROM (VALUES {_LOOK_ROWS}) l (after)
  WHERE l.after > coalesce((SELECT max(k.after) FROM {_STANDING_LOOKS}), 0);
UPDATE assistance_assistance SET
  state = CASE WHEN 'ended' = ANY(had) THEN 'ended' WHEN 'refused' = ANY(had) THEN 'refused'
    WHEN paid IS NOT NULL THEN 'delivered' WHEN 'approved' = ANY(had) THEN 'approved'
    WHEN 'applied' = ANY(had) THEN 'applied' WHEN 'referred' = ANY(had) THEN 'referred'
    WHEN 'found' = ANY(had) THEN 'found' ELSE 'mistake' END,
  delivered_on = paid,
  look_after = CASE WHEN paid IS NOT NULL AND source = 'page' THEN next_after END,
  look_on = CASE WHEN source = 'page' THEN paid + next_after END
WHERE id = NEW.assistance_id;
RETURN NULL;
"""
_DERIVES: Final[dict[str, Any]] = {
    "when": pgtrigger.After, "func": _DERIVE,
    "declare": [("had", "text[]"), ("paid", "date"), ("next_after", "int")],
}  # fmt: skip

_WRITTEN: Final = pgtrigger.Insert | pgtrigger.Update

# What a programme is stands for good once there is help of it.
KEPT_AS_USED: Final = [
    _trigger(
        "kept_as_used",
        _refuse("programme_kept_as_used", _changed("kind", "restricted", "rhythm") + """
  AND EXISTS (SELECT FROM assistance_assistance a WHERE a.programme_id = NEW.id)""")
        + "\nRETURN NEW;",
        **BEFORE_UPDATE,
    )
]  # fmt: skip

# Written from rows alone: whoever saves the row itself leaves it as it was.
_DERIVED_COLUMNS: Final = ("state", "delivered_on", "look_after", "look_on")
DERIVED: Final = [
    _trigger(
        "of_programme",
        "SELECT p.kind, p.restricted INTO NEW.kind, NEW.restricted FROM assistance_programme p"
        " WHERE p.id = NEW.programme_id;\nNEW.state := 'found';\nRETURN NEW;",
        **BEFORE_INSERT,
    ),
    _trigger(
        "as_derived",
        _refuse("assistance_as_it_was", _changed("programme_id", "kind", "restricted", "source"))
        + "\nIF pg_trigger_depth() = 1 THEN\n"
        + "\n".join(f"NEW.{name} := OLD.{name};" for name in _DERIVED_COLUMNS)
        + "\nEND IF;\nRETURN NEW;",
        **BEFORE_UPDATE,
    ),
]

# In brackets: plpgsql takes the first THEN of an IF for its own.
_MAY_COME: Final = "(CASE help.state " + " ".join(
    f"WHEN '{state}' THEN {_array(kinds)}" for state, kinds in NEXT.items()
) + " END)"  # fmt: skip
# Who died was looked in on before: an end and the looks say one thing, whichever comes last.
_LOOKED_LATER: Final = """NEW.kind = 'ended' AND NEW.end_why = 'died' AND EXISTS (
    SELECT FROM assistance_look k WHERE k.assistance_id = NEW.assistance_id
      AND k.withdrawn_at IS NULL AND k.changed <> 'not_seen' AND k.looked_on > NEW.day)"""
_DIED_BEFORE: Final = f"""NEW.withdrawn_at IS NULL AND NEW.changed <> 'not_seen' AND EXISTS (
    SELECT FROM {_STANDING_STEPS} AND s.kind = 'ended' AND s.end_why = 'died'
      AND s.day < NEW.looked_on)"""
_STEP_COMES: Final = "\n".join([
    _OF_HELP,
    _refuse("assistancestep_in_order", f"""NOT (CASE
  WHEN NEW.kind = 'found' THEN help.state = 'found' AND NOT EXISTS (SELECT FROM {_STANDING_STEPS})
  ELSE NEW.kind = ANY({_MAY_COME}) END)"""),
    _refuse("assistancestep_in_time", f"""EXISTS (SELECT FROM {_STANDING_STEPS} AND s.day > NEW.day)
  OR EXISTS (SELECT FROM {_STANDING_PAYMENTS} AND p.paid_on > NEW.day)"""),
    _refuse("assistancestep_beside_looks", _LOOKED_LATER),
    "RETURN NEW;",
])  # fmt: skip
_TAKEN_BACK: Final = (
    "OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at"
)
_STEP_STAYS: Final = "\n".join([
    _refuse("assistancestep_as_it_was", _changed(
        "assistance_id", "kind", "day", "to_words", "end_why", "words", "recorded_at",
        "recorded_by_id", "restricted") + f"\n  OR {_TAKEN_BACK}"),
    "IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN",
    "PERFORM FROM assistance_assistance a WHERE a.id = NEW.assistance_id FOR UPDATE;",
    _refuse("assistancestep_last_first", f"""EXISTS (
    SELECT FROM {_STANDING_STEPS} AND s.id > NEW.id)
  OR NEW.kind NOT IN ('ended', 'refused') AND EXISTS (SELECT FROM {_STANDING_PAYMENTS})"""),
    "END IF;", "RETURN NEW;",
])  # fmt: skip
STEPS_IN_ORDER: Final = [
    _trigger("step_comes", _STEP_COMES, ("help", "record"), **BEFORE_INSERT),
    _trigger("step_stays", _STEP_STAYS, **BEFORE_UPDATE),
    pgtrigger.Trigger(name="step_derives", **_DERIVES, operation=_WRITTEN),
]

LOOKED_AT: Final = [
    _trigger(
        "look_comes",
        _OF_HELP
        + _refuse("look_in_time", f"""NOT EXISTS (SELECT FROM {_STANDING_PAYMENTS}
  AND p.paid_on + NEW.after <= NEW.looked_on)""")
        + f"\nSELECT min(p.paid_on) INTO paid FROM {_STANDING_PAYMENTS};"
        + _refuse("look_once", f"""NEW.withdrawn_at IS NULL
  AND EXISTS (SELECT FROM {_STANDING_LOOKS} AND k.after = NEW.after)""")
        + _refuse("look_beside_end", _DIED_BEFORE)
        + "\nRETURN NEW;",
        ("help", "record"), ("paid", "date"),
        **BEFORE_INSERT,
    ),
    _trigger(
        "look_stays",
        _refuse("look_as_it_was", _changed(
            "assistance_id", "after", "looked_on", "changed", "words", "restricted", "recorded_at",
            "recorded_by_id") + f"\n  OR {_TAKEN_BACK}")
        + """\nIF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN
PERFORM FROM assistance_assistance a WHERE a.id = NEW.assistance_id FOR UPDATE;
END IF;\nRETURN NEW;""",
        **BEFORE_UPDATE,
    ),
    pgtrigger.Trigger(name="look_derives", **_DERIVES, operation=_WRITTEN),
]  # fmt: skip

_SPENT: Final = (
    "coalesce((SELECT sum(s.amount_fen) FROM assistance_payment s WHERE s.budget_id = {}), 0)"
)
# What the unit keeps today is its own and that of the units that became it.
_KEPT: Final = """
SELECT array_agg(k.id ORDER BY k.id) INTO kept FROM areas_area k
WHERE k.id = ANY(units) OR k.merged_into_id = ANY(units);"""
# Of two that came together by a merger the own one is first, as long as it is enough.
_NEAREST_BUDGET: Final = f"""
SELECT b.* INTO budget FROM assistance_budget b JOIN areas_area u ON u.id = b.area_id
WHERE b.programme_id = NEW.programme_id AND b.year = extract(year FROM NEW.paid_on)
  AND b.area_id = ANY(kept)
ORDER BY length(u.code) DESC,
  ({_SPENT.format("b.id")} + coalesce(NEW.amount_fen, 0) <= b.amount_fen) DESC,
  u.active DESC, b.id LIMIT 1 FOR UPDATE OF b;
NEW.budget_id := budget.id;"""
_REVERSES: Final = f"""
SELECT p.* INTO paid FROM assistance_payment p WHERE p.id = NEW.reverses_id;
NEW.budget_id := paid.budget_id;
NEW.office_id := paid.office_id;
{
    _refuse(
        "payment_reverses_its_payment",
        '''paid.assistance_id IS DISTINCT FROM NEW.assistance_id
  OR paid.reverses_id IS NOT NULL OR NEW.times <> -paid.times
  OR NEW.amount_fen IS DISTINCT FROM -paid.amount_fen
  OR NEW.household IS DISTINCT FROM -paid.household
  OR NEW.paid_on < paid.paid_on''',
    )
}"""
_FREE: Final = "NOT help.needs_decision OR help.source = 'ledger'"
# By this help, or by another one of the programme for the same one.
_PAID_FOR_THE_SAME: Final = """assistance_payment p
  JOIN assistance_assistance o ON o.id = p.assistance_id
  WHERE o.person_id = help.person_id AND o.programme_id = help.programme_id
  AND o.beneficiary = help.beneficiary AND (o.id = NEW.assistance_id
    OR help.beneficiary = 'person' OR o.number_index = help.number_index)
  AND p.reverses_id IS NULL
  AND NOT EXISTS (SELECT FROM assistance_payment r WHERE r.reverses_id = p.id)"""
_UNIT_THEN: Final = """coalesce(
  (SELECT coalesce(f.town_id, f.county_id) FROM persons_formerunit f
   WHERE f.person_id = help.person_id AND f.ends_on >= NEW.paid_on
   AND (f.starts_on IS NULL OR f.starts_on <= NEW.paid_on)),
  (SELECT coalesce(w.town_id, w.county_id) FROM persons_person w WHERE w.id = help.person_id))"""
_RECEIVES: Final = f"""
{
    _refuse(
        "payment_by_the_unit_of_the_day",
        f'''NOT EXISTS (SELECT FROM areas_area u WHERE u.id = {_UNIT_THEN}
  AND (NEW.office_id = ANY(u.lineage) OR u.id = ANY(units)))''',
    )
}
{
    _refuse(
        "payment_after_approval",
        f'''NOT (help.state = ANY(CASE WHEN {_FREE}
  THEN {_array(RECEIVING_FREELY)} ELSE {_array(RECEIVING)} END)
    OR help.source = 'ledger' AND help.state = 'ended')
  OR NEW.paid_on < help.found_on
  OR EXISTS (SELECT FROM {_STANDING_STEPS} AND CASE WHEN s.kind = 'ended'
    AND help.source = 'ledger' THEN s.day < NEW.paid_on ELSE s.day > NEW.paid_on END)''',
    )
}
{
    _refuse(
        "payment_within_a_year",
        "NEW.month_last >= date_trunc('month', NEW.paid_on) + interval '13 months'",
    )
}
{
    _refuse(
        "payment_once_a_month",
        f'''help.monthly AND EXISTS (SELECT FROM {_PAID_FOR_THE_SAME}
  AND daterange(p.month_first, p.month_last, '[]')
    && daterange(NEW.month_first, NEW.month_last, '[]'))''',
    )
}
{_NEAREST_BUDGET}"""
_COMES: Final = "\n".join([
    _OF_HELP,
    f"PERFORM pg_advisory_xact_lock({PERSONS}, help.person_id::int);",
    "NEW.programme_id := help.programme_id;",
    # Under the name that others are told.
    "NEW.kind := CASE WHEN help.restricted THEN 'medical' ELSE help.kind END;",
    "IF NEW.reverses_id IS NOT NULL THEN",
    "SELECT office_id INTO NEW.office_id FROM assistance_payment WHERE id = NEW.reverses_id;",
    "END IF;",
    "SELECT u.lineage INTO units FROM areas_area u WHERE u.id = NEW.office_id;",
    _KEPT,
    f"""PERFORM pg_advisory_xact_lock_shared({MONTHS}, u.id::int)
  FROM (SELECT unnest(kept) AS id ORDER BY 1) u;""",
    f"PERFORM pg_advisory_xact_lock_shared({BUDGETS}, NEW.programme_id::int);",
    _refuse("payment_in_an_open_month", """EXISTS (SELECT FROM assistance_monthclosing c
  WHERE c.area_id = ANY(kept) AND c.month = date_trunc('month', NEW.paid_on)::date)"""),
    "IF NEW.reverses_id IS NULL THEN", _RECEIVES, "ELSE", _REVERSES, "END IF;",
    _refuse("payment_within_budget", f"""NEW.reverses_id IS NULL AND budget.id IS NOT NULL
  AND {_SPENT.format("budget.id")} + coalesce(NEW.amount_fen, 0) > budget.amount_fen"""),
    "RETURN NEW;",
])  # fmt: skip
# Person and place follow the file; a budget that comes later takes up what was paid before, and a
# receipt that was still to come comes once.
_STAYS: Final = _refuse("payment_as_it_was", _changed(
    "assistance_id", "programme_id", "kind", "restricted", "office_id", "paid_on", "month_first",
    "month_last", "amount_fen", "times", "household", "how", "payer", "reverses_id", "words",
    "recorded_at", "recorded_by_id") + f"""
  OR {_changed("receipt", "receipt_words")} AND (OLD.receipt <> 'none' OR NEW.receipt = 'none'
    OR OLD.reverses_id IS NOT NULL
    OR EXISTS (SELECT FROM assistance_payment r WHERE r.reverses_id = OLD.id))
  OR OLD.budget_id IS NOT NULL AND NEW.budget_id IS DISTINCT FROM OLD.budget_id
  OR NEW.budget_id IS DISTINCT FROM OLD.budget_id AND pg_trigger_depth() = 1""")  # fmt: skip
LEDGER_HOLDS: Final = [
    _trigger(
        "payment_comes", _COMES, ("help", "record"), ("paid", "record"),
        ("budget", "assistance_budget%ROWTYPE"), ("units", "bigint[]"), ("kept", "bigint[]"),
        **BEFORE_INSERT,
    ),
    _trigger("payment_stays", _STAYS + "\nRETURN NEW;", **BEFORE_UPDATE),
    # A budget that takes up what was paid changes no state, and waits for the row of no help.
    pgtrigger.Trigger(name="payment_derives", **_DERIVES, operation=pgtrigger.Insert),
]  # fmt: skip

_TAKES_UP: Final = f"""
PERFORM pg_advisory_xact_lock({BUDGETS}, NEW.programme_id::int);
UPDATE assistance_payment p SET budget_id = NEW.id FROM areas_area u
WHERE u.id = p.office_id AND NEW.area_id = ANY(u.lineage) AND p.budget_id IS NULL
  AND p.programme_id = NEW.programme_id AND extract(year FROM p.paid_on) = NEW.year
  AND p.reverses_id IS NULL;
UPDATE assistance_payment r SET budget_id = NEW.id FROM assistance_payment p
WHERE p.id = r.reverses_id AND p.budget_id = NEW.id AND r.budget_id IS NULL;
{_refuse("budget_covers_what_was_paid", f"{_SPENT.format('NEW.id')} > NEW.amount_fen")}
RETURN NULL;
"""
BUDGET_HOLDS: Final = [
    _trigger(
        "budget_comes",
        f"PERFORM pg_advisory_xact_lock({BUDGETS}, NEW.programme_id::int);"
        + _refuse(
            "budget_once_a_unit",
            """EXISTS (SELECT FROM assistance_budget b
  JOIN areas_area had ON had.id = b.area_id JOIN areas_area own ON own.id = NEW.area_id
  WHERE b.programme_id = NEW.programme_id AND b.year = NEW.year AND had.id <> own.id
  AND coalesce(had.merged_into_id, had.id) = coalesce(own.merged_into_id, own.id))""",
        )
        + "\nRETURN NEW;",
        **BEFORE_INSERT,
    ),
    _trigger(
        "budget_stays",
        _refuse("budget_as_it_was", _changed("programme_id", "area_id", "year"))
        + _refuse("budget_covers_what_was_paid", f"{_SPENT.format('NEW.id')} > NEW.amount_fen")
        + "\nRETURN NEW;",
        **BEFORE_UPDATE,
    ),
    pgtrigger.Trigger(
        name="budget_takes_up", when=pgtrigger.After, operation=pgtrigger.Insert, func=_TAKES_UP
    ),
]
ASKED_OF_A_YEAR: Final = [
    _trigger(
        "question_comes",
        _refuse("samehelp_of_a_year", """NEW.last >= NEW.first + interval '12 months'
  OR NEW.first NOT BETWEEN date_trunc('month', NEW.asked_on) - interval '12 months'
    AND date_trunc('month', NEW.asked_on) + interval '12 months'""")
        + "\nRETURN NEW;",
        **BEFORE_INSERT,
    )
]  # fmt: skip
CLOSES: Final = [
    _trigger(
        "month_closes",
        _refuse(
            "month_of_a_ledger",
            """NOT EXISTS (SELECT FROM areas_area u
  WHERE u.id = NEW.area_id AND u.level IN ('county', 'town'))""",
        )
        + f"\nPERFORM pg_advisory_xact_lock({MONTHS}, NEW.area_id::int);\nRETURN NEW;",
        **BEFORE_INSERT,
    ),
    _trigger(
        "month_stays", _refuse("month_stays_closed", "true") + "\nRETURN NEW;", **BEFORE_UPDATE
    ),
]
