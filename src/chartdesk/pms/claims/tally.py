"""The counts that the database keeps of claims: how many have each status, and their dollars.

Run by the migration. When a statement has added, changed or removed claims, a trigger writes what that changed as rows
of its own, so that nobody waits for anybody; the counts are the sums of all rows. Nobody else writes the table: folding
its rows and making them anew are functions, and the last trigger refuses the rest.
"""

from __future__ import annotations

_CHANGED = """
    INSERT INTO claims_tally (practice, status, claims, total)
    SELECT practice, status, sum(claims), sum(total)
      FROM ({0}) AS change
     GROUP BY practice, status HAVING sum(claims) <> 0 OR sum(total) <> 0;
    RETURN NULL;
"""
_MORE = "SELECT practice, status, 1 AS claims, total FROM fresh"
_LESS = "SELECT practice, status, -1 AS claims, -total AS total FROM gone"

FORWARD = f"""
CREATE FUNCTION claims_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {_CHANGED.format(_MORE)} END $$;

CREATE FUNCTION claims_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {_CHANGED.format(f"{_MORE} UNION ALL {_LESS}")} END $$;

CREATE FUNCTION claims_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {_CHANGED.format(_LESS)} END $$;

CREATE FUNCTION claims_tally_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 OR current_setting('chartdesk.counting', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'claims: their counts follow from the claims and are never written'
        USING ERRCODE = 'restrict_violation';
END $$;

-- Makes one row of those of a status; returns how many rows that spared.
CREATE FUNCTION claims_fold_tally(of_practice integer) RETURNS bigint
LANGUAGE plpgsql SET chartdesk.counting = 'on' AS $$
DECLARE
    before bigint;
    after bigint;
BEGIN
    WITH gone AS (
        DELETE FROM claims_tally WHERE practice = of_practice RETURNING status, claims, total
    ), folded AS (
        INSERT INTO claims_tally (practice, status, claims, total)
        SELECT of_practice, status, sum(claims), sum(total) FROM gone
         GROUP BY status HAVING sum(claims) <> 0 OR sum(total) <> 0
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM folded) INTO before, after;
    RETURN before - after;
END $$;

-- Makes the counts of a practice anew from its claims. Whoever changes claims waits for it.
CREATE FUNCTION claims_tally_anew(of_practice integer) RETURNS void
LANGUAGE plpgsql SET chartdesk.counting = 'on' AS $$
BEGIN
    LOCK TABLE claims_claim IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM claims_tally WHERE practice = of_practice;
    INSERT INTO claims_tally (practice, status, claims, total)
    SELECT of_practice, status, count(*), sum(total) FROM claims_claim WHERE practice = of_practice GROUP BY status;
END $$;

CREATE TRIGGER claims_claim_added AFTER INSERT ON claims_claim
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION claims_added();
CREATE TRIGGER claims_claim_changed AFTER UPDATE ON claims_claim
    REFERENCING NEW TABLE AS fresh OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION claims_changed();
CREATE TRIGGER claims_claim_removed AFTER DELETE ON claims_claim
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION claims_removed();
CREATE TRIGGER claims_tally_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON claims_tally
    FOR EACH STATEMENT EXECUTE FUNCTION claims_tally_follows();
"""

BACKWARD = """
DROP TRIGGER claims_tally_follows ON claims_tally;
DROP TRIGGER claims_claim_removed ON claims_claim;
DROP TRIGGER claims_claim_changed ON claims_claim;
DROP TRIGGER claims_claim_added ON claims_claim;
DROP FUNCTION claims_tally_anew(integer);
DROP FUNCTION claims_fold_tally(integer);
DROP FUNCTION claims_tally_follows();
DROP FUNCTION claims_removed();
DROP FUNCTION claims_changed();
DROP FUNCTION claims_added();
"""
