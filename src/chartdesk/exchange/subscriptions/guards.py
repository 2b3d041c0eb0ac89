"""What this room defines inside PostgreSQL: the trigger that notes a write for those who listen.

It runs in the statement of the write, so a change is noted exactly when it happens, whichever way it was written.
Who listens is read at that moment: a subscriber misses no write after its activation and hears none before it.

What it costs: a write of another type, and any write until the first Subscription ever was written, one comparison
(the sequence of the subscribers has no last value until then); later, one look into a small index.
"""

from __future__ import annotations

from chartdesk.exchange.subscriptions.topics import TYPES

CHANNEL = "chartdesk_subscriptions"
_TYPES = ", ".join(f"'{type}'" for type in TYPES)

CREATE = f"""
CREATE FUNCTION subscriptions_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    heard bigint[];
BEGIN
    SELECT array_agg(s.id ORDER BY s.id) INTO heard FROM subscriptions_subscriber s
     WHERE s.practice = NEW.practice AND s.type = NEW.type AND s.listening;
    IF heard IS NOT NULL THEN
        INSERT INTO subscriptions_change (practice, type, resource, version, deleted, at, listeners)
        VALUES (NEW.practice, NEW.type, NEW.id, NEW.version, NEW.deleted, NEW.updated, heard);
        PERFORM pg_notify('{CHANNEL}', '');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER subscriptions_note_change AFTER INSERT OR UPDATE ON record_resource
    FOR EACH ROW WHEN (
        NEW.type IN ({_TYPES}) AND pg_sequence_last_value('subscriptions_subscriber_id_seq'::regclass) IS NOT NULL
    ) EXECUTE FUNCTION subscriptions_note_change();
"""
DROP = """
DROP TRIGGER subscriptions_note_change ON record_resource;
DROP FUNCTION subscriptions_note_change();
"""
