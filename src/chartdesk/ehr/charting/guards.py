"""What the database itself refuses, whoever asks: any change to a signed note, its codes and its addenda.

Run by the migration. The only way a note becomes signed is one UPDATE from draft; from then on neither the
note nor its diagnoses and procedures can be changed, added to or deleted, and an addendum can only be
added. While two records of one patient are merged, and only then, a signed note may go to the patient who remains.
"""

from __future__ import annotations

FORWARD = """
CREATE FUNCTION charting_note_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('chartdesk.merging', true) = 'on'
       AND to_jsonb(NEW) - 'patient' = to_jsonb(OLD) - 'patient' THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'signed' THEN
        RAISE EXCEPTION 'charting: note % is signed; add an addendum', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION charting_code_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    notes bigint[] := '{}';
BEGIN
    IF TG_OP <> 'INSERT' THEN notes := notes || OLD.note_id; END IF;
    IF TG_OP <> 'DELETE' THEN notes := notes || NEW.note_id; END IF;
    IF EXISTS (SELECT 1 FROM charting_note WHERE id = ANY(notes) AND status = 'signed') THEN
        RAISE EXCEPTION 'charting: the codes of a signed note are never changed; add an addendum'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION charting_addendum_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM charting_note WHERE id = NEW.note_id AND status = 'signed') THEN
        RAISE EXCEPTION 'charting: note % is not signed; change the note itself', NEW.note_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION charting_unchangeable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'charting: what was signed is never changed or deleted'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER charting_note_frozen BEFORE UPDATE OR DELETE ON charting_note
    FOR EACH ROW EXECUTE FUNCTION charting_note_frozen();
CREATE TRIGGER charting_note_kept BEFORE TRUNCATE ON charting_note
    FOR EACH STATEMENT EXECUTE FUNCTION charting_unchangeable();
CREATE TRIGGER charting_diagnosis_frozen BEFORE INSERT OR UPDATE OR DELETE ON charting_notediagnosis
    FOR EACH ROW EXECUTE FUNCTION charting_code_frozen();
CREATE TRIGGER charting_procedure_frozen BEFORE INSERT OR UPDATE OR DELETE ON charting_noteprocedure
    FOR EACH ROW EXECUTE FUNCTION charting_code_frozen();
CREATE TRIGGER charting_addendum_signed BEFORE INSERT ON charting_addendum
    FOR EACH ROW EXECUTE FUNCTION charting_addendum_signed();
CREATE TRIGGER charting_addendum_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON charting_addendum
    FOR EACH STATEMENT EXECUTE FUNCTION charting_unchangeable();
"""

BACKWARD = """
DROP TRIGGER charting_addendum_unchangeable ON charting_addendum;
DROP TRIGGER charting_addendum_signed ON charting_addendum;
DROP TRIGGER charting_procedure_frozen ON charting_noteprocedure;
DROP TRIGGER charting_diagnosis_frozen ON charting_notediagnosis;
DROP TRIGGER charting_note_kept ON charting_note;
DROP TRIGGER charting_note_frozen ON charting_note;
DROP FUNCTION charting_unchangeable();
DROP FUNCTION charting_addendum_signed();
DROP FUNCTION charting_code_frozen();
DROP FUNCTION charting_note_frozen();
"""
