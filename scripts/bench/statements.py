"""The limit: the same answers by SQL alone, as the serving role, with nothing rendered.

The writes go through the same triggers of history as ours do: whoever keeps a history pays it.
"""
# ruff: noqa: S608 - put together of our own words only

import time
from datetime import date
from typing import Any
from uuid import uuid4

from scripts.bench.help_statements import READS as HELP_READS

STANDING = """
NOT EXISTS (SELECT FROM cases_leave l WHERE l.case_id = c.id AND l.withdrawn_at IS NULL
  AND l.starts_on <= d.due_on AND l.last_day >= d.due_on)
AND NOT EXISTS (SELECT FROM cases_suspension s WHERE s.case_id = c.id AND s.withdrawn_at IS NULL
  AND s.starts_on <= d.due_on AND (s.ended_on IS NULL OR s.ended_on >= d.due_on))
AND c.in_force_from <= d.due_on AND c.duties_end_on >= d.due_on
AND c.in_force_from <= %(day)s AND c.duties_end_on >= %(day)s
AND d.outcome = 'open' AND NOT d.carried_over AND NOT d.recorded_elsewhere
"""
MINE = """
p.id IN (SELECT person_id FROM persons_assignment WHERE worker_id = %(worker)s
  AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s))
"""
RISK_LEVEL = """
LEFT JOIN LATERAL (SELECT risk_level, source FROM cases_tierrecord WHERE person_id = p.id
  AND from_on <= %(day)s ORDER BY from_on DESC, id DESC LIMIT 1) risk_level ON true
"""
PLACE = """
LEFT JOIN areas_area town ON town.id = p.town_id
LEFT JOIN areas_area village ON village.id = p.village_id
"""

TODAY = (
    f"""
SELECT DISTINCT ON (d.case_id) d.id, d.opens_on, d.due_on, d.number, d.retry_on, r.every_count,
  r.every_unit, r.basis, c.measure, c.in_force_from, c.duties_end_on, p.public_id, p.name,
  p.sort_key, p.call_note, town.name, village.name, risk_level.risk_level, risk_level.source,
  count(*) FILTER (WHERE d.due_on < %(day)s) OVER (PARTITION BY d.case_id)
FROM persons_person p JOIN cases_case c ON c.person_id = p.id
JOIN schedule_dueitem d ON d.case_id = c.id JOIN schedule_planrule r ON r.id = d.rule_id
{PLACE} {RISK_LEVEL}
WHERE {MINE} AND {STANDING} AND d.due_on <= %(until)s
ORDER BY d.case_id, d.due_on
""",
    f"""
SELECT n.id, n.kind, n.urgency, n.said_on, n.words, p.public_id, p.name, town.name, village.name,
  risk_level.risk_level, risk_level.source
FROM needs_need n JOIN persons_person p ON p.id = n.person_id {PLACE} {RISK_LEVEL}
WHERE n.closed_on IS NULL AND {MINE} ORDER BY n.said_on
""",
    f"""
SELECT count(*), (SELECT count(*) FROM checkins_checkin k WHERE k.day = %(day)s
  AND k.outcome = 'done' AND k.withdrawn_at IS NULL
  AND k.person_id IN (SELECT p.id FROM persons_person p WHERE {MINE}))
FROM persons_person p WHERE {MINE}
""",
)

FOUND = """
FROM persons_person p WHERE p.county_id = %(county)s AND p.employment = %(employment)s
AND EXISTS (SELECT FROM cases_case c WHERE c.person_id = p.id AND c.in_force_from <= %(day)s
  AND c.duties_end_on >= %(day)s)
"""
PERSONS = (
    f"SELECT count(*) {FOUND}",
    f"""
WITH page AS MATERIALIZED (SELECT p.* {FOUND} ORDER BY p.sort_key DESC, p.id DESC LIMIT 50)
SELECT p.public_id, p.name, p.sex, p.born_on, town.name, village.name, c.measure, c.reported_on,
  c.in_force_from, c.duties_end_on, risk_level.risk_level, risk_level.source, worker.name,
  due.due_on, seen.day
FROM page p {PLACE} {RISK_LEVEL}
LEFT JOIN LATERAL (SELECT * FROM cases_case WHERE person_id = p.id
  ORDER BY in_force_from DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT u.name FROM persons_assignment a JOIN accounts_user u
  ON u.id = a.worker_id WHERE a.person_id = p.id AND a.kind = 'responsible'
  AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)) worker ON true
LEFT JOIN LATERAL (SELECT min(d.due_on) AS due_on FROM schedule_dueitem d
  WHERE d.case_id = c.id AND {STANDING}) due ON true
LEFT JOIN LATERAL (SELECT day FROM checkins_checkin WHERE person_id = p.id AND outcome = 'done'
  AND withdrawn_at IS NULL ORDER BY occurred_at DESC LIMIT 1) seen ON true
ORDER BY p.sort_key DESC, p.id DESC
""",
)

PERSON = (
    f"""
SELECT p.*, town.name, village.name, risk_level.*, c.* FROM persons_person p {PLACE} {RISK_LEVEL}
JOIN cases_case c ON c.person_id = p.id WHERE p.public_id = %(person)s AND {MINE}
""",
    """
SELECT k.*, u.name FROM checkins_checkin k JOIN accounts_user u ON u.id = k.recorded_by_id
WHERE k.person_id = %(person_id)s AND NOT k.undone ORDER BY k.occurred_at DESC LIMIT 61
""",
    f"""
SELECT d.* FROM cases_case c JOIN schedule_dueitem d ON d.case_id = c.id
WHERE c.person_id = %(person_id)s AND {STANDING} AND d.due_on <= %(until)s ORDER BY d.due_on
""",
    "SELECT * FROM needs_need WHERE person_id = %(person_id)s",
    "SELECT * FROM cases_tierrecord WHERE person_id = %(person_id)s",
    """
SELECT a.*, u.name FROM persons_assignment a JOIN accounts_user u ON u.id = a.worker_id
WHERE a.person_id = %(person_id)s
""",
    """
SELECT 'leave', starts_on, last_day FROM cases_leave WHERE person_id = %(person_id)s
UNION ALL
SELECT 'held', starts_on, ended_on FROM cases_suspension WHERE person_id = %(person_id)s
""",
)

TESTS_FOUND = """
FROM drugtests_drugtest t WHERE t.county_id = %(county)s AND t.kind = 'screening'
"""
TESTS = (
    f"SELECT count(*) FROM (SELECT t.id {TESTS_FOUND} LIMIT 10000) found",
    f"""
WITH page AS MATERIALIZED (SELECT t.* {TESTS_FOUND} ORDER BY t.occurred_at DESC, t.id DESC LIMIT 50)
SELECT t.*, p.public_id, p.name, town.name, u.name FROM page t JOIN persons_person p
  ON p.id = t.person_id JOIN accounts_user u ON u.id = t.recorded_by_id
LEFT JOIN areas_area town ON town.id = t.town_id ORDER BY t.occurred_at DESC, t.id DESC
""",
)
TEST = (
    f"""
SELECT t.*, p.*, town.name, village.name, u.name FROM drugtests_drugtest t
JOIN persons_person p ON p.id = t.person_id JOIN accounts_user u ON u.id = t.recorded_by_id {PLACE}
WHERE t.public_id = %(test)s AND {MINE}
""",
    """
SELECT d.* FROM drugtests_dossier d JOIN drugtests_drugtest t ON t.id = d.test_id
WHERE t.public_id = %(test)s
""",
    """
SELECT s.*, u.name, o.name FROM drugtests_step s JOIN accounts_user u ON u.id = s.recorded_by_id
LEFT JOIN organisations_organisation o ON o.id = s.body_id WHERE s.dossier_id = 1 ORDER BY s.at
""",
    """
SELECT r.*, a.* FROM drugtests_reading r JOIN drugtests_analyte a ON a.id = r.analyte_id
JOIN drugtests_step s ON s.id = r.step_id WHERE s.dossier_id = 1
""",
    # The band of the person above it: order, what is due, needs, risk level, workers, absences.
    "SELECT * FROM cases_case WHERE person_id = %(person_id)s",
    *PERSON[2:],
)

INSERT = """
INSERT INTO checkins_checkin (public_id, client_uuid, method, outcome, reason, occurred_at, day,
  state_words, note, source, recorded_at, withdrawn_reason, undone, version, case_id, due_item_id,
  person_id, recorded_by_id, county_id, town_id, village_id)
SELECT %(uuid)s, %(uuid)s, 'in_person', 'done', '', now(), %(day)s, '', '', 'page', now(), '',
  false, 1, case_id, id, person_id, %(worker)s, county_id, town_id, village_id
FROM schedule_dueitem WHERE id = %(item)s
"""
UPDATE = "UPDATE schedule_dueitem SET outcome = 'done', done_on = %(day)s WHERE id = %(item)s"

# Rows of the second statement of Persons and so on: which statement is counted.
READS = {
    "today": (TODAY, 0), "persons": (PERSONS, 1), "person": (PERSON, 1), "tests": (TESTS, 1),
    "test": (TEST, 2), **HELP_READS,
}  # fmt: skip


def read(connection: Any, page: str, values: dict[str, Any]) -> tuple[float, int]:
    """Milliseconds of all statements of a page, and the rows of the main one."""
    statements, main = READS[page]
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        answers = []
        for statement in statements:
            cursor.execute(statement, values)
            answers.append(cursor.fetchall())
    return (time.perf_counter() - begun) * 1000, len(answers[main])


def write(connection: Any, admin: Any, values: dict[str, Any]) -> tuple[float, int]:
    """INSERT, UPDATE and commit, timed; then it is taken back, so that our page finds it open."""
    values = values | {"uuid": str(uuid4())}
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(INSERT, values)
        cursor.execute(UPDATE, values)
        rows = cursor.rowcount
        cursor.execute("COMMIT")
    ms = (time.perf_counter() - begun) * 1000
    take_back(admin, [values["uuid"]])
    return ms, rows


def take_back(admin: Any, uuids: list[str]) -> None:
    """Without a trace, as the superuser with triggers at rest."""
    with admin.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM checkins_checkin WHERE client_uuid = ANY(%s::uuid[])"
            " RETURNING due_item_id, person_id)"
            " UPDATE schedule_dueitem SET outcome = 'open', done_on = NULL"
            " WHERE id IN (SELECT due_item_id FROM gone)",
            [uuids],
        )


def candidates(admin: Any, county: str, day: date) -> list[dict[str, Any]]:
    """Windows of the day, not done, of a county's persons with their workers.

    Of persons with nothing overdue: a tap for them changes one window, as most taps do.
    """
    with admin.cursor() as cursor:
        cursor.execute(
            """
SELECT d.id, p.id, p.public_id::text, a.worker_id
FROM areas_area g JOIN persons_person p ON p.county_id = g.id
JOIN cases_case c ON c.person_id = p.id JOIN schedule_dueitem d ON d.case_id = c.id
JOIN persons_assignment a ON a.person_id = p.id
WHERE g.code = %s AND d.opens_on <= %s AND d.due_on >= %s AND d.outcome = 'open'
AND NOT EXISTS (SELECT FROM schedule_dueitem o WHERE o.case_id = c.id AND o.outcome = 'open'
  AND o.due_on < %s)
ORDER BY d.id
""",
            [county, day, day, day],
        )
        names = ("item", "person_id", "person", "worker")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
