"""What the record defines inside PostgreSQL itself: its sequence, its trigger and its token lookup.

Run by the first migration, as the owner of the tables.
"""

from __future__ import annotations

from chartdesk.kit.transactions import PRACTICE_SETTING

#: How many serial numbers a process takes at once, so that a write needs no extra question.
SERIAL_BLOCK = 1000

AUDIT_COLUMNS = (
    "practice, at, actor, name, action, what, resource_id, version, patient, purpose, origin, request, detail"
)

_SERIAL = f"CREATE SEQUENCE record_serial INCREMENT BY {SERIAL_BLOCK}"

# The superseded version is kept by the database, whatever statement supersedes it.
_HISTORY = """
CREATE FUNCTION record_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a resource is never removed, it is marked as deleted';
    END IF;
    -- The index alone may be built anew; the version stays what it was.
    IF NEW.version = OLD.version AND NEW.serial = OLD.serial AND NEW.body = OLD.body
       AND NEW.updated = OLD.updated AND NEW.deleted = OLD.deleted AND NEW.type = OLD.type AND NEW.id = OLD.id THEN
        RETURN NEW;
    END IF;
    IF NEW.version <> OLD.version + 1 OR NEW.serial <> OLD.serial THEN
        RAISE EXCEPTION 'version % of %/% cannot follow %', NEW.version, OLD.type, OLD.id, OLD.version;
    END IF;
    INSERT INTO record_history (practice, type, id, version, updated, deleted, patient, body)
    VALUES (OLD.practice, OLD.type, OLD.id, OLD.version, OLD.updated, OLD.deleted, OLD.patient, OLD.body);
    RETURN NEW;
END $$;
CREATE TRIGGER record_keep_version BEFORE UPDATE OR DELETE ON record_resource
    FOR EACH ROW EXECUTE FUNCTION record_keep_version();
"""

# Row-level security lets only leak-proof operators use an index, and no array operator is one: a plain query
# by tokens would read the whole table. This function asks the index as the tables' owner and does itself what
# the fence does: it answers with serial numbers of the open transaction's practice only. Every one of
# ``wanted`` must be there, and one of each list of ``either`` (arrays in their text form). The type is
# part of every hash; ``kind`` NULL is for hashes of several types.
_MATCHING = f"""
CREATE FUNCTION record_matching(kind text, wanted bigint[], either text[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan
ROWS 100 AS $$
DECLARE
    here integer := NULLIF(current_setting('{PRACTICE_SETTING}', true), '')::integer;
    conditions text := CASE WHEN kind IS NULL THEN '' ELSE ' AND r.type = $2' END;
    sought boolean := false;
BEGIN
    -- What is asked most is planned once; the rest each time.
    IF kind IS NOT NULL AND coalesce(array_length(either, 1), 0) = 0 AND array_length(wanted, 1) > 0 THEN
        RETURN QUERY SELECT r.serial FROM record_resource r
                      WHERE r.practice = here AND r.type = kind AND r.tokens @> wanted;
        RETURN;
    ELSIF kind IS NOT NULL AND coalesce(array_length(wanted, 1), 0) = 0 AND array_length(either, 1) = 1 THEN
        RETURN QUERY SELECT r.serial FROM record_resource r
                      WHERE r.practice = here AND r.type = kind AND r.tokens && either[1]::bigint[];
        RETURN;
    END IF;
    FOR place IN 1 .. coalesce(array_length(either, 1), 0) LOOP
        conditions := conditions || format(' AND r.tokens && $4[%s]::bigint[]', place);
        sought := true;
    END LOOP;
    IF array_length(wanted, 1) > 0 THEN
        conditions := conditions || ' AND r.tokens @> $3';
        sought := true;
    END IF;
    IF NOT sought THEN
        RAISE EXCEPTION 'record_matching was asked for nothing';
    END IF;
    RETURN QUERY EXECUTE
        'SELECT r.serial FROM record_resource r WHERE r.practice = $1' || conditions
        USING here, kind, wanted, either;
END $$;
"""

# Looks into the resource itself, for what the index does not hold. It costs much and is to be asked last; an empty
# body says that the resource was deleted.
_CONTENT = """
CREATE FUNCTION record_says(body text, paths jsonpath[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
DECLARE
    content jsonb;
    path jsonpath;
BEGIN
    IF body = '' THEN
        RETURN false;
    END IF;
    content := body::jsonb;
    FOREACH path IN ARRAY paths LOOP
        IF jsonb_path_exists(content, path, '{}', true) THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
CREATE FUNCTION record_first(body text, paths jsonpath[], last boolean) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
DECLARE
    content jsonb := body::jsonb;
    path jsonpath;
    found jsonb;
    one text;
BEGIN
    FOREACH path IN ARRAY paths LOOP
        found := jsonb_path_query_array(content, path, '{}', true);
        IF jsonb_array_length(found) > 1 THEN
            SELECT CASE WHEN last THEN max(v COLLATE "C") ELSE min(v COLLATE "C") END INTO one
              FROM (SELECT lower(value) AS v FROM jsonb_array_elements_text(found)) AS f;
            RETURN left(one, 200);
        ELSIF jsonb_array_length(found) = 1 THEN
            RETURN left(lower(found ->> 0), 200);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

# A read outside of any transaction: names the practice, reads and notes the read in one statement, which is
# its own transaction. It runs with the rights of whoever calls it, so the fence holds. ``alone`` says that no
# other work commits with it: then the commit need not wait for the disk.
_READ = f"""
CREATE FUNCTION record_read(
    here integer, kind text, named text, moment timestamptz, who text, called text, why text, from_where text,
    request text, detail text, within text, alone boolean
) RETURNS TABLE (version integer, updated timestamptz, deleted boolean, patient text, body text)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('{PRACTICE_SETTING}', here::text, true);
    IF alone THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    SELECT r.version, r.updated, r.deleted, r.patient, r.body INTO version, updated, deleted, patient, body
      FROM record_resource r WHERE r.practice = here AND r.type = kind AND r.id = named;
    IF NOT FOUND OR (within IS NOT NULL AND patient <> within) THEN
        RETURN;
    END IF;
    INSERT INTO record_audit ({AUDIT_COLUMNS})
    VALUES (here, moment, who, called, 'R', kind, named, version, patient, why, from_where, request, detail);
    RETURN NEXT;
END $$;
"""

# A resource of ordinary size lies in its row as it is: compressing it takes longer than writing its index.
_IN_LINE = "ALTER TABLE record_resource SET (toast_tuple_target = 8160)"

CREATE = [_IN_LINE, _SERIAL, _HISTORY, _MATCHING, _CONTENT, _READ]
DROP = [
    "ALTER TABLE record_resource RESET (toast_tuple_target)",
    "DROP FUNCTION record_read",
    "DROP FUNCTION record_first",
    "DROP FUNCTION record_says",
    "DROP FUNCTION record_matching",
    "DROP TRIGGER record_keep_version ON record_resource",
    "DROP FUNCTION record_keep_version()",
    "DROP SEQUENCE record_serial",
]
