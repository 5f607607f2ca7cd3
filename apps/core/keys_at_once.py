"""Foreign keys of a table that are looked up as each row is written, and not at the end."""

from django.db import connection

KEYS = """
SELECT quote_ident(conname) FROM pg_constraint
WHERE contype = 'f' AND condeferrable AND conrelid = ANY(%s::regclass[])
"""


def look_up_at_once(*tables: str) -> None:
    """Until the transaction ends. Django's keys wait for its end, each row and key as an entry in
    the memory of the server: half a gigabyte for the windows of fifty thousand persons.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [list(tables)])
        names = ", ".join(name for (name,) in cursor.fetchall())
        cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
