"""Rows of an import, taken back by the owner of the tables.

The serving role may delete nothing of a person, and need not: this function deletes what an import
made and gives back what it changed, and nothing else. Which rows these are, the history says, which
nobody can write. It goes only for an import that is applied, for its thirty days, and only where
nothing came after it.
"""

from typing import Final

# The contexts of imports among those of all acts.
INDEX: Final = """
CREATE INDEX IF NOT EXISTS pghistory_context_import
ON pghistory_context ((metadata ->> 'import')) WHERE metadata ? 'import'
"""

TAKE_BACK: Final = """
CREATE OR REPLACE PROCEDURE "public".imports_take_back(which UUID)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    pair RECORD;
    own TEXT;
    parts TEXT;
    n BIGINT;
BEGIN
    PERFORM FROM imports_ledgerimport WHERE public_id = which AND state = 'applied'
        AND undone_at IS NULL AND applied_at > now() - INTERVAL '31 days' FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no import that can be taken back: %', which;
    END IF;
    SET CONSTRAINTS ALL DEFERRED;
    FOR pair IN
        SELECT s.oid AS source, e.oid AS events, s.relname AS source_name
        FROM pg_class e JOIN pg_class s
            ON e.relname = s.relname || 'event' AND s.relnamespace = e.relnamespace
        WHERE e.relnamespace = 'public'::regnamespace AND e.relkind = 'r' AND s.relkind = 'r'
            AND s.relname <> 'imports_ledgerimport'
            AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = e.oid
                AND attname = 'pgh_context_id')
            AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = s.oid AND attname = 'id')
        ORDER BY s.relname
    LOOP
        own := format(
            'SELECT e.pgh_obj_id, min(e.pgh_id) AS first, max(e.pgh_id) AS last,
                bool_or(e.pgh_label = ''insert'') AS made
             FROM %s e JOIN pghistory_context c ON c.id = e.pgh_context_id
             WHERE c.metadata ? ''import'' AND c.metadata ->> ''import'' = $1
             GROUP BY e.pgh_obj_id', pair.events::regclass);
        EXECUTE format('SELECT count(*) FROM (%s) o WHERE EXISTS (SELECT FROM %s later
            LEFT JOIN pghistory_context c ON c.id = later.pgh_context_id
            WHERE later.pgh_obj_id = o.pgh_obj_id AND later.pgh_id > o.last
                AND NOT coalesce(c.metadata ? ''undoes'', false)
                AND NOT EXISTS (SELECT FROM imports_ledgerimport i WHERE i.state = ''undone''
                    AND i.public_id::text = c.metadata ->> ''import''))',
            own, pair.events::regclass) INTO n USING which::text;
        IF n > 0 THEN
            RAISE EXCEPTION 'changed since: % of %', n, pair.source_name
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        SELECT string_agg(format('%I = b.%I', a.attname, a.attname), ', ') INTO parts
        FROM pg_attribute a JOIN pg_attribute b ON b.attrelid = pair.events
            AND b.attname = a.attname AND NOT b.attisdropped
        WHERE a.attrelid = pair.source AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attname <> 'id' AND a.attgenerated = '';
        EXECUTE format('UPDATE %s r SET %s FROM (SELECT p.* FROM (%s) o CROSS JOIN LATERAL (
            SELECT * FROM %s p WHERE p.pgh_obj_id = o.pgh_obj_id AND p.pgh_id < o.first
            ORDER BY p.pgh_id DESC LIMIT 1) p WHERE NOT o.made) b WHERE r.id = b.pgh_obj_id',
            pair.source::regclass, parts, own, pair.events::regclass) USING which::text;
        EXECUTE format('DELETE FROM %s r USING (%s) o WHERE o.made AND r.id = o.pgh_obj_id',
            pair.source::regclass, own) USING which::text;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
END $$
"""
