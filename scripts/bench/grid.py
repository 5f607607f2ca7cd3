"""One entry of the grid of a campaign: the form as a browser sends it, and the same by bare SQL."""
# ruff: noqa: S608 - put together of our own words only

import time
from typing import Any
from uuid import uuid4

TEST = """
INSERT INTO drugtests_drugtest (public_id, client_uuid, occurred_at, day, number_of_day, sample,
  kind, why, cause_words, place, outcome, collector, collector_sex, second_collector, second_sex,
  medicine, medicine_words, result, decision, reason_not, note, source, case_id, person_id,
  recorded_at, recorded_by_id, withdrawn_reason, version, county_id, town_id, village_id)
SELECT %(uuid)s, %(uuid)s, date_trunc('day', now()), %(day)s, 1, 'urine', 'screening', 'campaign',
  '', 'office', 'taken', '周晓岚', '2', '符丽', '2', 'none', '', 'negative', '', '', '', 'page',
  case_id, person_id, now(), %(worker)s, '', 1, county_id, town_id, village_id
FROM campaigns_campaigntarget WHERE id = %(target)s RETURNING id
"""
DOSSIER = """
INSERT INTO drugtests_dossier (id, public_id, test_id, person_id, a_seal, b_seal, result_before,
  waits_for, county_id, town_id, village_id)
SELECT sample_no, %(uuid)s, %(test)s, person_id, '', '', 'negative', '', county_id, town_id,
  village_id FROM campaigns_campaigntarget WHERE id = %(target)s
"""
TARGET = "UPDATE campaigns_campaigntarget SET test_id = %(test)s WHERE id = %(target)s"
HEAD = {
    "place": "office", "collector": "周晓岚", "collector_sex": "2", "second_collector": "符丽",
    "second_sex": "2",
}  # fmt: skip


def lists(admin: Any) -> dict[str, Any]:
    """The campaign of the measured worker, and the numbers of its rows."""
    with admin.cursor() as cursor:
        cursor.execute("SELECT public_id::text, recorded_by_id FROM campaigns_campaign")
        campaign, worker = cursor.fetchone()
        cursor.execute("SELECT id FROM campaigns_campaigntarget ORDER BY id")
        return {
            "campaign": campaign,
            "clerk": worker,
            "rows": [row[0] for row in cursor.fetchall()],
        }


def question(found: dict[str, Any], target: int, day: Any, uuid: str) -> dict[str, Any]:
    """Enter in one row: the form it stands in goes along, and one row is answered."""
    keys = {f"r{row}-client_uuid": str(uuid4()) for row in found["rows"]}
    entry = {"client_uuid": uuid, "time": "0000", "medicine": "none", "outcome": "negative"}
    form = {f"r{target}-{name}": value for name, value in entry.items()}
    return {
        "address": f"/campaigns/{found['campaign']}/grid/?page=1", "user": found["clerk"],
        "form": HEAD | keys | form | {"day": day.isoformat(), "row": f"r{target}"},
        "headers": {"HX-Request": "true"},
    }  # fmt: skip


def was_stored(admin: Any, uuid: str, target: int) -> bool:
    with admin.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM campaigns_campaigntarget g JOIN drugtests_drugtest t"
            " ON t.id = g.test_id JOIN drugtests_dossier d ON d.test_id = t.id"
            " WHERE t.client_uuid = %s AND g.id = %s AND d.id = g.sample_no",
            [uuid, target],
        )
        return bool(cursor.fetchone()[0] == 1)


def write(connection: Any, admin: Any, values: dict[str, Any]) -> tuple[float, int]:
    """The test, its dossier, the row of the list and commit, timed; then it is taken back."""
    values = values | {"uuid": str(uuid4())}
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(TEST, values)
        values["test"] = cursor.fetchone()[0]
        cursor.execute(DOSSIER, values)
        cursor.execute(TARGET, values)
        rows = cursor.rowcount
        cursor.execute("COMMIT")
    ms = (time.perf_counter() - begun) * 1000
    take_back(admin, values["uuid"])
    return ms, rows


def take_back(admin: Any, uuid: str) -> None:
    """Without a trace, as the superuser with triggers at rest."""
    test = "(SELECT id FROM drugtests_drugtest WHERE client_uuid = %s)"
    with admin.cursor() as cursor:
        for statement in (
            f"UPDATE campaigns_campaigntarget SET test_id = NULL WHERE test_id = {test}",
            f"DELETE FROM drugtests_dossier WHERE test_id = {test}",
            "DELETE FROM drugtests_drugtest WHERE client_uuid = %s",
        ):
            cursor.execute(statement, [uuid])
