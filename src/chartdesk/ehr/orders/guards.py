"""What the database itself refuses: any change of a signature under a result; and how it keeps the bytes of documents.

Run by the migration. While two records of one patient are merged, and only then, a signature may go to the patient who
remains. PDFs are compressed already: PostgreSQL keeps them as they are.
"""

from __future__ import annotations

FORWARD = """
CREATE FUNCTION orders_signature_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('chartdesk.merging', true) = 'on'
       AND to_jsonb(NEW) - 'patient' = to_jsonb(OLD) - 'patient' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'orders: the signature under a result is never changed'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER orders_signature_kept BEFORE UPDATE OR DELETE ON orders_signoff
    FOR EACH ROW EXECUTE FUNCTION orders_signature_kept();
ALTER TABLE orders_attachment ALTER COLUMN content SET STORAGE EXTERNAL;
"""

BACKWARD = """
DROP TRIGGER orders_signature_kept ON orders_signoff;
DROP FUNCTION orders_signature_kept();
"""
