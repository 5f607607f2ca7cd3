"""Outcomes: a pure function of windows and acts, in one piece of SQL for one person and for all.

An act does the duty in whose window its day lies; only the first counts, more do nothing. DONE:
an act lies in the window. EXCUSED: none does, and an attempt in it failed for a reason that the
office accepts. MISSED: neither, and a later act exists. OPEN: none of these. Any other attempt
does nothing but hide what is open until its next date, unless the duty was done after it; so does
a line that was put off. An attempt that excuses hides only what had begun on its day.

An act of some day can change the windows only that were due since the act that did the duty before
that day: what was due earlier is done or missed with it and without it. So a tap weighs a few
windows, not the thousand of a person who signs in daily.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from apps.core.planned import ONE_PLAN
from apps.core.prepared import fixed
from apps.schedule.duty_acts import acts_sql

# Persons in one statement: its strip of windows and acts is sorted in memory.
CHUNK = 500

# Without `since` there is no act before it, and everything is derived. Windows and acts are laid
# into one strip and sorted, so that an act stands behind the window that had begun on its day. A
# join would hang on what the planner believes of tables that were filled a moment ago: it may
# believe them empty, and then a county's ledger takes hours. OFFSET 0 keeps each look-up a look-up.
DERIVED = """
WITH valid (person_id, day, at, done, next_on, reason, excused) AS NOT MATERIALIZED (
  {acts}
), known AS MATERIALIZED (
  SELECT p.person_id, coalesce(
    (SELECT a.day FROM valid a WHERE a.person_id = p.person_id AND a.done AND a.day < %s
     ORDER BY a.at DESC LIMIT 1), '-infinity') AS since
  FROM unnest(%s) p (person_id)
), items AS MATERIALIZED (
  SELECT d.id, d.case_id, c.person_id, d.opens_on, d.due_on, d.carried_over,
    d.outcome AS had_outcome, d.done_on AS had_day, d.retry_on AS had_retry,
    d.retry_reason AS had_reason
  FROM known k,
    LATERAL (SELECT id, person_id FROM cases_case WHERE person_id = k.person_id OFFSET 0) c,
    LATERAL (
      SELECT * FROM schedule_dueitem
      WHERE case_id = c.id AND kind = %s AND due_on >= k.since OFFSET 0
    ) d
), reach AS (
  SELECT person_id, min(day)::timestamp AT TIME ZONE 'Asia/Shanghai' AS at
  FROM (SELECT person_id, since FROM known UNION ALL SELECT person_id, opens_on FROM items)
    AS days (person_id, day)
  GROUP BY person_id
), acts AS MATERIALIZED (
  SELECT a.*, max(a.at) FILTER (WHERE a.done) OVER (PARTITION BY a.person_id) AS last_at
  FROM reach r,
    LATERAL (SELECT * FROM valid WHERE person_id = r.person_id AND at >= r.at OFFSET 0) a
), attempts AS (
  SELECT DISTINCT ON (person_id) person_id, next_on, reason, upto FROM (
    SELECT person_id, at, next_on, reason, CASE WHEN excused THEN day END FROM acts
    WHERE NOT done AND (last_at IS NULL OR at > last_at)
    UNION ALL
    SELECT s.person_id, s.recorded_at, s.until, 'snoozed', NULL::date
    FROM known k JOIN schedule_snooze s
      ON s.person_id = k.person_id AND s.kind = %s AND s.ended_at IS NULL
    WHERE NOT EXISTS (
      SELECT FROM acts a WHERE a.person_id = s.person_id AND a.last_at >= s.recorded_at)
  ) rest (person_id, at, next_on, reason, upto)
  ORDER BY person_id, at DESC, next_on DESC
), strip AS (
  SELECT i.*, i.opens_on AS day, NULL::date AS act_on, NULL::date AS excused_on,
    NULL::date AS next_on, NULL AS reason, NULL::date AS upto
  FROM items i
  UNION ALL
  SELECT DISTINCT NULL::bigint, c.id, a.person_id, NULL::date, NULL::date, NULL::boolean,
    NULL, NULL::date, NULL::date, NULL, a.day, CASE WHEN a.done THEN a.day END,
    CASE WHEN NOT a.done THEN a.day END, NULL::date, NULL, NULL::date
  FROM acts a, LATERAL (SELECT id FROM cases_case WHERE person_id = a.person_id OFFSET 0) c
  WHERE a.done OR a.excused
  UNION ALL
  SELECT NULL, NULL, person_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    next_on, reason, upto
  FROM attempts
), numbered AS (
  SELECT s.*, count(id) OVER (PARTITION BY case_id ORDER BY day, id) AS number,
    max(act_on) OVER person AS last_on, max(next_on) OVER person AS tried_on,
    max(reason) OVER person AS tried_reason, max(upto) OVER person AS tried_upto
  FROM strip s WINDOW person AS (PARTITION BY person_id)
), met AS (
  SELECT n.*, min(act_on) OVER mine AS first_on,
    min(excused_on) OVER mine AS spared_on
  FROM numbered n WINDOW mine AS (PARTITION BY case_id, number)
), outcomes AS (
  SELECT m.*, CASE WHEN first_on <= due_on THEN first_on END AS done_on,
    CASE WHEN first_on <= due_on THEN 'done' WHEN spared_on <= due_on THEN 'excused'
      WHEN last_on > due_on THEN 'missed' ELSE 'open' END
      AS outcome
  FROM met m WHERE id IS NOT NULL
), derived AS (
  SELECT o.*, CASE WHEN rests THEN tried_on END AS retry_on,
    CASE WHEN rests THEN tried_reason ELSE '' END AS retry_reason
  FROM outcomes o, LATERAL (
    SELECT coalesce(outcome = 'open' AND NOT carried_over AND opens_on < tried_on
      AND opens_on <= coalesce(tried_upto, opens_on), false)
  ) AS r (rests)
), changed AS (
  SELECT * FROM derived
  WHERE (had_outcome, had_day, had_retry, had_reason)
    IS DISTINCT FROM (outcome, done_on, retry_on, retry_reason)
)
"""

# By case, as the windows are found elsewhere.
TOUCHED = """
SELECT d.kind FROM cases_case c JOIN schedule_dueitem d ON d.case_id = c.id
WHERE c.person_id = ANY(%s) AND (d.outcome <> 'open' OR d.retry_on IS NOT NULL)
UNION
SELECT kind FROM schedule_snooze WHERE person_id = ANY(%s)
"""

ACTED = """
UNION
SELECT %s WHERE EXISTS (
  SELECT FROM unnest(%s) p (person_id),
    LATERAL (SELECT FROM ({acts}) a WHERE a.person_id = p.person_id LIMIT 1) one)
"""

UPDATE = """
UPDATE schedule_dueitem d SET
  outcome = x.outcome, done_on = x.done_on, retry_on = x.retry_on, retry_reason = x.retry_reason
FROM changed x WHERE d.id = x.id
"""

COMPARE = """
SELECT id, case_id, due_on, had_outcome, outcome, had_day, done_on FROM changed ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored outcome that does not follow from the acts."""

    item_id: int
    case_id: int
    due_on: date
    stored: str
    derived: str
    stored_day: date | None
    derived_day: date | None


def settle(person_ids: Sequence[int], *, kind: str = "checkin", since: date | None = None) -> int:
    """Write the outcomes that follow from the acts; how many rows changed.

    `since` is the first day on which an act came or went, where nothing else has changed.
    """
    changed = 0
    with connection.cursor() as cursor:
        for chunk in _chunks(person_ids):
            cursor.execute(_statement(UPDATE, kind), [since, chunk])
            changed += cursor.rowcount
    return changed


def kinds_to_settle(person_ids: Sequence[int], kinds: Iterable[str]) -> list[str]:
    """Those of the kinds in which anything was done, tried, put off or has an outcome.

    In all others every window of these persons is open and stays so. A new order has no acts: its
    kinds are asked about in one look instead of settled one after the other.
    """
    found: set[str] = set()
    asked = list(kinds)
    acts = [acts_sql(kind) for kind in asked]
    sql = TOUCHED + "".join(ACTED.replace("{acts}", sql) for sql, _params in acts) + ONE_PLAN
    with connection.cursor() as cursor:
        for chunk in _chunks(person_ids):
            params: list[Any] = [chunk, chunk]
            for kind, (_sql, values) in zip(asked, acts, strict=True):
                params += [kind, chunk, *values]
            cursor.execute(sql, params)
            found |= {kind for (kind,) in cursor.fetchall()}
    return [kind for kind in asked if kind in found]


def differences(person_ids: Sequence[int], *, kind: str = "checkin") -> Iterator[Difference]:
    """The proof: what is stored beside what follows, without writing."""
    with connection.cursor() as cursor:
        for chunk in _chunks(person_ids):
            cursor.execute(_statement(COMPARE, kind), [None, chunk])
            yield from (Difference(*row) for row in cursor.fetchall())


@cache
def _statement(last: str, kind: str) -> str:
    """With places for the first day and for the persons."""
    acts, params = acts_sql(kind)
    sql, _open = fixed(DERIVED.replace("{acts}", acts), [*params, 0, 0, kind, kind])
    return sql + last + ONE_PLAN


def _chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield list(ids[start : start + CHUNK])
