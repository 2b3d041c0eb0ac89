"""The sums that the database keeps of the entries: what each holder owes for each reference, and accounts by the day.

Run by the migration. One trigger brings both up to date when a statement has added entries, from that statement's rows
alone. Balances are written in the order of their key, so that two statements that meet wait and never block each other.
The first patient of a balance stays; when a merge moves entries, their balances are given the same patient. What a
statement adds to an account on a day is a row of its own. Nobody else writes either table: folding the rows of a day
and making all anew are functions, and the triggers below refuse the rest.
"""

from __future__ import annotations

FORWARD = """
CREATE FUNCTION ledger_keep_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_balance AS kept (practice, reference, holder, patient, due, since)
    SELECT practice, reference, holder, max(patient), sum(amount), min(posted_on)
      FROM fresh WHERE account = 'ar'
     GROUP BY practice, reference, holder ORDER BY practice, reference, holder
        ON CONFLICT (practice, reference, holder) DO UPDATE
       SET due = kept.due + excluded.due, since = LEAST(kept.since, excluded.since);
    INSERT INTO ledger_daysum (practice, account, day, debits, credits, entries)
    SELECT practice, account, posted_on, COALESCE(sum(amount) FILTER (WHERE amount > 0), 0),
           COALESCE(-sum(amount) FILTER (WHERE amount < 0), 0), count(*)
      FROM fresh GROUP BY practice, account, posted_on;
    RETURN NULL;
END $$;

-- Only the patient of an entry can change, in a merge.
CREATE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_balance b
      WHERE (b.practice, b.reference, b.holder) IN (SELECT practice, reference, holder FROM moved WHERE account = 'ar')
      ORDER BY b.practice, b.reference, b.holder FOR UPDATE;
    UPDATE ledger_balance b SET patient = m.patient
      FROM (SELECT practice, reference, holder, max(patient) AS patient FROM moved WHERE account = 'ar'
             GROUP BY practice, reference, holder) AS m
     WHERE b.practice = m.practice AND b.reference = m.reference AND b.holder = m.holder AND b.patient <> m.patient;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_sums_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 OR current_setting('chartdesk.summing', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'ledger: balances follow from the entries and are never written; post, or reverse'
        USING ERRCODE = 'restrict_violation';
END $$;

-- Makes one row of those of an account and day; returns how many rows that spared.
CREATE FUNCTION ledger_fold_days(of_practice integer) RETURNS bigint
LANGUAGE plpgsql SET chartdesk.summing = 'on' AS $$
DECLARE
    before bigint;
    after bigint;
BEGIN
    WITH gone AS (
        DELETE FROM ledger_daysum d
         USING (SELECT account, day FROM ledger_daysum WHERE practice = of_practice
                 GROUP BY account, day HAVING count(*) > 1) AS many
         WHERE d.practice = of_practice AND d.account = many.account AND d.day = many.day
        RETURNING d.account, d.day, d.debits, d.credits, d.entries
    ), folded AS (
        INSERT INTO ledger_daysum (practice, account, day, debits, credits, entries)
        SELECT of_practice, account, day, sum(debits), sum(credits), sum(entries) FROM gone GROUP BY account, day
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM folded) INTO before, after;
    RETURN before - after;
END $$;

-- Makes both tables anew from the entries of a practice. Whoever posts waits for it.
CREATE FUNCTION ledger_sum_anew(of_practice integer) RETURNS void
LANGUAGE plpgsql SET chartdesk.summing = 'on' AS $$
BEGIN
    LOCK TABLE ledger_entry IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM ledger_balance WHERE practice = of_practice;
    DELETE FROM ledger_daysum WHERE practice = of_practice;
    INSERT INTO ledger_balance (practice, reference, holder, patient, due, since)
    SELECT of_practice, reference, holder, max(patient), sum(amount), min(posted_on)
      FROM ledger_entry WHERE practice = of_practice AND account = 'ar' GROUP BY reference, holder;
    INSERT INTO ledger_daysum (practice, account, day, debits, credits, entries)
    SELECT of_practice, account, posted_on, COALESCE(sum(amount) FILTER (WHERE amount > 0), 0),
           COALESCE(-sum(amount) FILTER (WHERE amount < 0), 0), count(*)
      FROM ledger_entry WHERE practice = of_practice GROUP BY account, posted_on;
END $$;

CREATE TRIGGER ledger_entry_summed AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_sums();
CREATE TRIGGER ledger_entry_moved AFTER UPDATE ON ledger_entry
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_balances();
CREATE TRIGGER ledger_balance_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sums_follow();
CREATE TRIGGER ledger_daysum_follows BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_daysum
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_sums_follow();
"""

BACKWARD = """
DROP TRIGGER ledger_daysum_follows ON ledger_daysum;
DROP TRIGGER ledger_balance_follows ON ledger_balance;
DROP TRIGGER ledger_entry_moved ON ledger_entry;
DROP TRIGGER ledger_entry_summed ON ledger_entry;
DROP FUNCTION ledger_sum_anew(integer);
DROP FUNCTION ledger_fold_days(integer);
DROP FUNCTION ledger_sums_follow();
DROP FUNCTION ledger_move_balances();
DROP FUNCTION ledger_keep_sums();
"""
