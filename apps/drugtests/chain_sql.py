"""The order of steps as triggers: what `chain.py` says, whoever writes.

The row of the dossier is locked first, so that two at once stand one after the other.
"""

from typing import Final

import pgtrigger

from apps.drugtests.chain import (
    AWAITED,
    DISPUTES,
    MOOT,
    ON_REPORT,
    ON_WAY_OF_B,
    RULES,
    TO_BE_TOLD,
    UNFIT_OF,
    WITH_PERSON,
    Rule,
    StepKind,
    resting_on,
)


def _array(words: object) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]::text[]"  # type: ignore[attr-defined]


_SAYS_NOTHING: Final = (
    f"('{StepKind.UNFIT}' = ANY(had) AND '{StepKind.B_SENT}' <> ALL(had)"
    f" AND '{StepKind.UNFIT}' <> ALL(of_b))"
)


def _spoils(kind: StepKind) -> str:
    """As `chain._spoils` says it."""
    return f"'{StepKind.UNFIT}' = ANY(had)" if kind in ON_WAY_OF_B else _SAYS_NOTHING


def _disputed() -> str:
    parts = [
        f"'{objection}' = ANY(had) AND ('{answer}' <> ALL(had) OR '{answer}' = ANY(granted)"
        f" AND '{end}' <> ALL(had) AND NOT {_spoils(end)})"
        for objection, answer, end in DISPUTES
    ]
    return " OR ".join(f"({part})" for part in parts)


# As `chain.must_have` says it of a sealed sample.
_MISSES_LABORATORY: Final = """'analysed' <> ALL(had) AND CASE test.kind
  WHEN 'laboratory' THEN test.result_before <> 'negative'
  WHEN 'on_site' THEN NOT (CASE WHEN 'screened' = ANY(had)
    THEN 'screened' = ANY(negative) ELSE test.result_before = 'negative' END)
  ELSE false END"""


def _unfinished() -> str:
    parts = [
        f"NOT {_spoils(then)} AND '{first}' = ANY(had) AND '{then}' <> ALL(had)"
        for first, then in AWAITED
    ]
    for first, then in TO_BE_TOLD:
        moot = f" AND '{MOOT[first]}' <> ALL(had)" if first in MOOT else ""
        parts.append(f"'{first}' = ANY(positive) AND '{then}' <> ALL(had){moot}")
    parts.append("'analysed' = ANY(positive) AND 'decided' <> ALL(had)")
    parts.append(_MISSES_LABORATORY)
    return f"NOT {_SAYS_NOTHING} AND (" + " OR ".join(f"({part})" for part in parts) + ")"


def _may(kind: StepKind) -> str:
    """The condition under which a step of the kind may be stored."""
    rule = RULES[kind]
    parts = [f"test.kind = ANY({_array(sorted(rule.of))})"]
    if rule.needs:
        parts.append(f"{_array(rule.needs)} <@ had")
    parts += _never_after(kind)
    if rule.against:
        parts.append(f"'{rule.against}' = ANY(positive)")
    if rule.granted:
        parts.append(f"'{rule.granted}' = ANY(granted)")
    if rule.intact:
        parts.append(f"'{rule.intact}' = ANY(intact)")
    if open_matters := _open_matters(rule):
        dead = "test.died AND test.died_on <= (NEW.at AT TIME ZONE 'Asia/Shanghai')::date OR "
        parts.append(f"({dead if rule.finished else ''}NOT ({open_matters}))")
    return " AND ".join(parts)


def _open_matters(rule: Rule) -> str:
    found = [_disputed()] if rule.undisputed else []
    return " OR ".join([*found, f"({_unfinished()})"] if rule.finished else found)


def _never_after(kind: StepKind) -> list[str]:
    others = [other for other in RULES[kind].never_after if other != StepKind.UNFIT]
    found = [f"NOT had && {_array(others)}"] if others else []
    spoilt = StepKind.UNFIT in RULES[kind].never_after
    return [*found, f"NOT ({_spoils(kind)})"] if spoilt else found


def _cases(condition: str, words: dict[StepKind, str], otherwise: str) -> str:
    found = "\n    ".join(f"WHEN '{kind}' THEN {text}" for kind, text in words.items())
    # In brackets: plpgsql takes the first THEN of an IF for its own.
    return f"(CASE {condition}\n    {found}\n    ELSE {otherwise} END)"


NOTHING: Final = "'{}'::text[]"
_HAD: Final = """
SELECT coalesce(array_agg(kind::text), '{}'),
  coalesce(array_agg(kind::text) FILTER (WHERE answer = 'granted'), '{}'),
  coalesce(array_agg(kind::text) FILTER (WHERE seal_intact), '{}'),
  coalesce(array_agg(kind::text) FILTER (WHERE result = 'positive'), '{}'),
  coalesce(array_agg(kind::text) FILTER (WHERE result = 'negative'), '{}'),
  coalesce(array_agg(kind::text) FILTER (WHERE bottle = 'B'), '{}')
INTO had, granted, intact, positive, negative, of_b
FROM drugtests_step WHERE dossier_id = NEW.dossier_id AND withdrawn_at IS NULL;
"""
_LOCK: Final = """
SELECT t.kind, t.sample, t.source, t.occurred_at, t.withdrawn_at, t.outcome, d.keep_until,
  d.a_seal, d.result_before, p.life_status = 'deceased' AS died,
  coalesce(p.life_status_since, '-infinity') AS died_on INTO test
FROM drugtests_dossier d JOIN drugtests_drugtest t ON t.id = d.test_id
  JOIN persons_person p ON p.id = t.person_id
WHERE d.id = NEW.dossier_id FOR UPDATE OF d;
"""
_OTHERS: Final = """
EXISTS (SELECT FROM drugtests_step s WHERE s.dossier_id = NEW.dossier_id
  AND s.withdrawn_at IS NULL AND {})"""
_FOUND: Final = """
coalesce((SELECT s.result FROM drugtests_step s WHERE s.dossier_id = NEW.dossier_id
  AND s.withdrawn_at IS NULL
  AND (s.kind = 'analysed' OR s.kind = 'retested' AND s.result <> 'invalid')
  ORDER BY s.kind = 'retested' DESC LIMIT 1), '')"""


def _refuse(name: str, condition: str) -> str:
    return f"""
IF {condition} THEN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}',
    MESSAGE = '{name}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END IF;"""


# As `following.with_report` says it.
_REPORTED: Final = f"""
IF NEW.kind = ANY({_array(ON_REPORT)}) AND test.kind = 'laboratory'
  AND test.result_before <> '' AND 'analysed' <> ALL(had)
  AND ('sealed' <> ALL(had) OR 'lab_told' = ANY(had)) AND NOT {_SAYS_NOTHING} THEN
  had := had || 'analysed'::text;
  IF test.result_before = 'positive' THEN positive := positive || 'analysed'::text; END IF;
END IF;"""
_ON_ITS_WAY: Final = "\n".join([
    _LOCK, _HAD, _REPORTED,
    f"needs := {_cases('NEW.kind', {k: _array(r.needs) for k, r in RULES.items()}, NOTHING)};",
    _refuse("teststep_in_order", f"""test.withdrawn_at IS NOT NULL OR test.outcome <> 'taken'
  OR test.source = 'ledger' AND NEW.kind NOT IN ('screened', 'told')
  OR NOT {_cases("NEW.kind", {kind: _may(kind) for kind in StepKind}, "false")}"""),
    _refuse("teststep_in_time", f"""NEW.kind = 'notified' AND NEW.at > test.occurred_at
  OR NEW.kind <> 'notified' AND NEW.at < date_trunc('minute', test.occurred_at)
  OR {_OTHERS.format("(s.kind = ANY(needs) OR NEW.kind IN ('decided', 'destroyed'))"
                     " AND date_trunc('minute', s.at) > NEW.at")}"""),
    _refuse("teststep_of_the_living", f"""NEW.kind = ANY({_array(WITH_PERSON)}) AND test.died
  AND test.died_on < (NEW.at AT TIME ZONE 'Asia/Shanghai')::date"""),
    _refuse("teststep_with_seals", "NEW.kind = 'sealed' AND test.a_seal = ''"),
    _refuse("teststep_unfit_of_its_kind", " OR ".join(
        f"NEW.unfit_why = '{why}' AND test.sample <> '{sample}'"
        for why, sample in UNFIT_OF.items())),
    _refuse("teststep_kept_long_enough", """NEW.kind = 'destroyed' AND (test.keep_until IS NULL
  OR (NEW.at AT TIME ZONE 'Asia/Shanghai')::date <= test.keep_until)"""),
    _refuse("teststep_by_another_body", "NEW.kind = 'b_sent' AND"
            + _OTHERS.format("s.kind = 'sent' AND s.body_id = NEW.body_id")),
    _refuse("teststep_confirmed_by_laboratory",
            "NEW.kind = 'decided' AND NEW.answer = 'confirmed'"
            f" AND ({_SAYS_NOTHING} OR {_FOUND} <> 'positive')"),
    "RETURN NEW;",
])  # fmt: skip
_LATER: Final = {k: f"{_array(resting_on(k))} && had" for k in StepKind if resting_on(k)}
# Place and person follow the file; a step is taken back; nothing else of it changes.
_OF_STEP: Final = ("kind", "at", "dossier_id", "by_name", "second_name", "place_words", "body_id",
                   "bottle", "seal_intact", "result", "answer", "unfit_why", "recorded_at",
                   "recorded_by_id")  # fmt: skip
# What somebody said is emptied by whoever owns the tables, and by nobody else (ADR 5).
_ERASED: Final = """NEW.words = ''::bytea AND pg_has_role(current_user,
  (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')"""
_OF_READING: Final = ("step_id", "day", "analyte_id", "result", "value", "unit", "cut_off",
                      "kit_id", "kit_expires_on", "control_line")  # fmt: skip


def _changed(names: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in names) for row in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


_AS_IT_WAS: Final = "\n".join([
    _refuse("teststep_as_it_was", f"""{_changed(_OF_STEP)}
  OR NEW.words IS DISTINCT FROM OLD.words AND NOT ({_ERASED})
  OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at"""),
    "IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL THEN", _LOCK, _HAD,
    _refuse("teststep_last_first", f"""{_cases("NEW.kind", _LATER, "false")}
  OR NEW.kind <> 'destroyed' AND ('destroyed' = ANY(had)
    OR NEW.kind <> 'decided' AND 'decided' = ANY(had))"""),
    "END IF;", "RETURN NEW;",
])  # fmt: skip
_DECLARED: Final = [
    ("test", "record"), ("had", "text[]"), ("granted", "text[]"), ("intact", "text[]"),
    ("positive", "text[]"), ("negative", "text[]"), ("of_b", "text[]"), ("needs", "text[]"),
]  # fmt: skip
KEPT_IN_ORDER: Final = [
    pgtrigger.Trigger(
        name="on_its_way", when=pgtrigger.Before, operation=pgtrigger.Insert,
        declare=_DECLARED, func=_ON_ITS_WAY,
    ),
    pgtrigger.Trigger(
        name="as_it_was", when=pgtrigger.Before, operation=pgtrigger.Update,
        declare=_DECLARED, func=_AS_IT_WAS,
    ),
]  # fmt: skip
# A kit reads its own kind of sample, and of it what its panel finds.
_BEYOND_PANEL: Final = """NEW.kit_id IS NOT NULL AND (
  NOT EXISTS (SELECT FROM drugtests_kit_analytes p
    WHERE p.kit_id = NEW.kit_id AND p.analyte_id = NEW.analyte_id)
  OR EXISTS (SELECT FROM drugtests_kit k, drugtests_step s
    JOIN drugtests_dossier d ON d.id = s.dossier_id JOIN drugtests_drugtest t ON t.id = d.test_id
    WHERE k.id = NEW.kit_id AND s.id = NEW.step_id AND k.sample <> t.sample))"""
# What rests on a strip says which one it was, and that it worked: as `readings` says it.
_UNNAMED_STRIP: Final = """NEW.result = 'positive'
  AND (NEW.kit_id IS NULL OR NEW.control_line IS NULL)
  AND EXISTS (SELECT FROM drugtests_step s JOIN drugtests_dossier d ON d.id = s.dossier_id
    JOIN drugtests_drugtest t ON t.id = d.test_id
    WHERE s.id = NEW.step_id AND s.kind = 'screened' AND t.kind = 'on_site')"""
READ_ONCE: Final = [
    pgtrigger.Trigger(
        name="found_by_its_kit", when=pgtrigger.Before, operation=pgtrigger.Insert,
        func=_refuse("reading_found_by_its_kit", _BEYOND_PANEL)
        + _refuse("reading_names_its_strip", _UNNAMED_STRIP) + "\nRETURN NEW;",
    ),
    pgtrigger.Trigger(
        name="read_once", when=pgtrigger.Before, operation=pgtrigger.Update,
        func=_refuse("reading_as_it_was", _changed(_OF_READING)) + "\nRETURN NEW;",
    )
]  # fmt: skip
# A number is on one sample, as A or as B, in the words of the constraint that sees one letter.
# Who seals with it waits for who does at the same time.
_LOCK_SEALS: Final = """
PERFORM pg_advisory_xact_lock(hashtextextended('seal ' || one, 0))
FROM (SELECT unnest(ARRAY[NEW.a_seal, NEW.b_seal]) AS one ORDER BY 1) seals WHERE one <> '';
"""
_ON_ANOTHER: Final = """EXISTS (SELECT FROM drugtests_dossier d
  WHERE d.id <> NEW.id AND (d.b_seal <> '' AND d.b_seal = NEW.a_seal
    OR d.a_seal <> '' AND d.a_seal = NEW.b_seal))"""
SEALED_ONCE: Final = [
    pgtrigger.Trigger(
        name="sealed_once", when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("a_seal", "b_seal"),  # type: ignore[no-untyped-call]
        func=_LOCK_SEALS + _refuse("dossier_a_seal_once", _ON_ANOTHER) + "\nRETURN NULL;",
    )
]  # fmt: skip
# Hair says nothing on a strip of the office: it goes the whole way. Ledgers tell what they tell.
_HAIR_SCREENED: Final = f"""NEW.sample = 'hair' AND NEW.kind = 'screening'
  AND NEW.outcome = 'taken' AND NEW.source <> 'ledger'
  AND (TG_OP = 'INSERT' OR {_changed(("sample", "kind", "outcome", "source"))})"""
# What a sample is, and that it was taken, stands as long as steps stand on it.
_WHAT: Final = _changed(("kind", "sample", "outcome", "source", "occurred_at"))
HELD_BY_STEPS: Final = [
    pgtrigger.Trigger(
        name="held_by_steps", when=pgtrigger.Before, operation=pgtrigger.Update,
        func=_refuse("drugtest_held_by_steps", f"""({_WHAT}
  OR OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
  AND EXISTS (SELECT FROM drugtests_step s JOIN drugtests_dossier d ON d.id = s.dossier_id
    WHERE d.test_id = NEW.id AND s.withdrawn_at IS NULL)""") + "\nRETURN NEW;",
    ),
    pgtrigger.Trigger(
        name="hair_is_no_screening", when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_refuse("drugtest_hair_is_no_screening", _HAIR_SCREENED) + "\nRETURN NEW;",
    ),
]  # fmt: skip
