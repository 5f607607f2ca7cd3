"""The list of help, the ledger of a year and a round of follow-ups, in bare SQL."""
# ruff: noqa: S608 - put together of our own words only

HELPS_FOUND = "FROM assistance_assistance a WHERE a.county_id = %(county)s AND NOT a.restricted"
HELPS = (
    f"SELECT count(*) FROM (SELECT a.id {HELPS_FOUND} LIMIT 10001) found",
    f"""
WITH page AS MATERIALIZED (SELECT a.* {HELPS_FOUND} ORDER BY a.found_on DESC, a.id DESC LIMIT 50)
SELECT a.*, p.public_id, p.name, g.name_zh, town.name, paid.fen, paid.unknown FROM page a
JOIN persons_person p ON p.id = a.person_id JOIN assistance_programme g ON g.id = a.programme_id
LEFT JOIN areas_area town ON town.id = a.town_id
LEFT JOIN LATERAL (SELECT sum(y.amount_fen) AS fen,
  count(*) FILTER (WHERE y.amount_fen IS NULL) AS unknown
  FROM assistance_payment y WHERE y.assistance_id = a.id) paid ON true
ORDER BY a.found_on DESC, a.id DESC
""",
)
OF_YEAR = """
FROM assistance_payment y JOIN areas_area o ON o.id = y.office_id
WHERE o.lineage @> ARRAY[%(county)s]::bigint[] AND NOT y.restricted
  AND y.paid_on BETWEEN %(first)s AND %(last)s
"""
YEAR = (
    f"""
SELECT y.programme_id, extract(month FROM y.paid_on), sum(y.amount_fen), sum(y.times), count(*),
  count(*) FILTER (WHERE y.amount_fen IS NULL) {OF_YEAR} GROUP BY 1, 2
""",
    """
SELECT b.*, u.name, (SELECT sum(y.amount_fen) FROM assistance_payment y WHERE y.budget_id = b.id)
FROM assistance_budget b JOIN areas_area u ON u.id = b.area_id
WHERE u.lineage @> ARRAY[%(county)s]::bigint[] AND b.year = extract(year FROM %(first)s::date)
""",
    "SELECT month FROM assistance_monthclosing WHERE area_id = %(county)s",
    f"""
SELECT y.kind, sum(y.times), sum(y.household), sum(y.amount_fen), count(DISTINCT y.person_id)
{OF_YEAR} GROUP BY 1
""",
    "SELECT * FROM assistance_programme WHERE NOT restricted",
)
# Each person once, on whichever row somebody tried.
OF_ROUND = """
FROM followups_followuptarget t JOIN persons_person p ON p.id = t.person_id
WHERE t.round_id = 1 AND t.county_id = %(county)s AND NOT EXISTS (
  SELECT FROM followups_followuptarget o
  WHERE o.round_id = 1 AND o.person_id = t.person_id AND o.id < t.id)
"""
ROUND = (
    f"""
SELECT count(*), count(*) FILTER (WHERE x.met), count(*) FILTER (WHERE x.rung AND NOT x.met),
  count(*) FILTER (WHERE x.declined AND NOT x.met AND NOT x.rung),
  count(*) FILTER (WHERE x.person_id IS NULL)
FROM (SELECT t.person_id {OF_ROUND}) t LEFT JOIN (
  SELECT a.person_id, bool_or(outcome = 'reached' AND way = 'in_person') AS met,
    bool_or(outcome = 'reached' AND way = 'phone') AS rung,
    bool_or(outcome = 'declined') AS declined
  FROM followups_followupattempt a JOIN followups_followuptarget r ON r.id = a.target_id
  WHERE a.withdrawn_at IS NULL AND r.round_id = 1 GROUP BY 1
) x ON x.person_id = t.person_id
""",
    f"""
SELECT t.*, p.public_id, p.name, town.name, village.name FROM (
  SELECT t.* {OF_ROUND} ORDER BY p.sort_key, t.id LIMIT 50
) t
JOIN persons_person p ON p.id = t.person_id LEFT JOIN areas_area town ON town.id = t.town_id
LEFT JOIN areas_area village ON village.id = t.village_id ORDER BY p.sort_key, t.id
""",
    f"""
SELECT a.* FROM followups_followupattempt a JOIN followups_followuptarget r ON r.id = a.target_id
WHERE a.withdrawn_at IS NULL AND r.round_id = 1 AND a.person_id IN (
  SELECT t.person_id {OF_ROUND} ORDER BY p.sort_key, t.id LIMIT 50)
""",
)
READS = {"helps": (HELPS, 1), "year": (YEAR, 1), "round": (ROUND, 1)}
