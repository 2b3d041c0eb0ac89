"""What the database itself refuses, whoever asks: unbalanced postings, and any change to what was posted.

Run by the migration. What a statement adds is summed when it ends, all its postings at once; one that does not
balance then is looked at again when the transaction commits, so the entries of a posting may come one by one. While two
records of one patient are merged, and only then, the patient of an entry may change, and nothing else of it. The last
look is for the practice of the row, whatever the transaction has set by then, and puts the setting back.
"""

from __future__ import annotations

FORWARD = """
CREATE FUNCTION ledger_check_posting(wanted bigint, of_practice integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    before text := current_setting('chartdesk.practice', true);
    posted boolean;
    entries integer;
    difference numeric;
BEGIN
    PERFORM set_config('chartdesk.practice', of_practice::text, true);
    SELECT true INTO posted FROM ledger_posting WHERE id = wanted AND practice = of_practice;
    SELECT count(*), COALESCE(sum(amount), 0) INTO entries, difference
      FROM ledger_entry WHERE posting_id = wanted AND practice = of_practice;
    PERFORM set_config('chartdesk.practice', COALESCE(before, ''), true);
    IF posted IS NULL THEN
        RAISE EXCEPTION 'ledger: posting % is not of practice %', wanted, of_practice
            USING ERRCODE = 'check_violation';
    ELSIF difference <> 0 THEN
        RAISE EXCEPTION 'ledger: posting % does not balance, it is off by %', wanted, difference
            USING ERRCODE = 'check_violation';
    ELSIF entries < 2 THEN
        RAISE EXCEPTION 'ledger: posting % has fewer than two entries', wanted
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

-- Postings that did not balance when their statement ended. Each is looked at again at the commit.
CREATE TABLE ledger_unbalanced (posting bigint NOT NULL, practice integer NOT NULL);

CREATE FUNCTION ledger_entries_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unbalanced (posting, practice)
    SELECT given.posting_id, given.practice
      FROM (SELECT DISTINCT posting_id, practice FROM fresh) AS given
      LEFT JOIN LATERAL (
            SELECT count(*) AS entries, sum(amount) AS difference FROM ledger_entry
             WHERE posting_id = given.posting_id AND practice = given.practice) AS found ON true
      LEFT JOIN LATERAL (
            SELECT id FROM ledger_posting WHERE id = given.posting_id AND practice = given.practice LIMIT 1
           ) AS posting ON true
     WHERE found.entries < 2 OR found.difference <> 0 OR posting.id IS NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_postings_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_unbalanced (posting, practice)
    SELECT given.id, given.practice
      FROM fresh AS given
      LEFT JOIN LATERAL (
            SELECT id FROM ledger_entry WHERE posting_id = given.id AND practice = given.practice LIMIT 1
           ) AS entry ON true
     WHERE entry.id IS NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_balanced_at_last() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := current_setting('chartdesk.practice', true);
BEGIN
    PERFORM ledger_check_posting(NEW.posting, NEW.practice);
    PERFORM set_config('chartdesk.practice', NEW.practice::text, true);
    DELETE FROM ledger_unbalanced WHERE posting = NEW.posting AND practice = NEW.practice;
    PERFORM set_config('chartdesk.practice', COALESCE(before, ''), true);
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_unchangeable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whether nothing but the patient changes is then seen row by row.
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'ledger_entry' AND current_setting('chartdesk.merging', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'ledger: what was posted is never changed or deleted; reverse it'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION ledger_keeps_all_but_patient() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('chartdesk.merging', true) = 'on' AND to_jsonb(NEW) - 'patient' = to_jsonb(OLD) - 'patient' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger: what was posted is never changed or deleted; reverse it'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_entries_balanced AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balanced();
CREATE TRIGGER ledger_postings_balanced AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_balanced();
CREATE CONSTRAINT TRIGGER ledger_balanced_at_last AFTER INSERT ON ledger_unbalanced
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balanced_at_last();
CREATE TRIGGER ledger_entry_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_unchangeable();
CREATE TRIGGER ledger_entry_kept BEFORE UPDATE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_keeps_all_but_patient();
CREATE TRIGGER ledger_posting_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_unchangeable();
"""

BACKWARD = """
DROP TRIGGER ledger_posting_unchangeable ON ledger_posting;
DROP TRIGGER ledger_entry_kept ON ledger_entry;
DROP TRIGGER ledger_entry_unchangeable ON ledger_entry;
DROP TRIGGER ledger_postings_balanced ON ledger_posting;
DROP TRIGGER ledger_entries_balanced ON ledger_entry;
DROP TABLE ledger_unbalanced;
DROP FUNCTION ledger_keeps_all_but_patient();
DROP FUNCTION ledger_unchangeable();
DROP FUNCTION ledger_balanced_at_last();
DROP FUNCTION ledger_postings_balanced();
DROP FUNCTION ledger_entries_balanced();
DROP FUNCTION ledger_check_posting(bigint, integer);
"""
