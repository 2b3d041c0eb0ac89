"""What this room defines inside PostgreSQL itself. Run by the first migration, as the owner of the tables."""

from __future__ import annotations

from chartdesk.kit.transactions import PRACTICE_SETTING

# A message is written twice, when it comes and when it is done: room beside it keeps the indexes out of the second.
# The open work comes and goes; what is gone is swept away before it is in the way of what comes.
_SETTINGS = """
ALTER TABLE engine_interfacemessage SET (fillfactor = 85);
ALTER TABLE engine_messageturn SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = 50000,
    fillfactor = 70
);
"""
# Contents are read seldom and written always: the quicker compression, where the server has it.
_COMPRESSION = """
DO $$ BEGIN
    ALTER TABLE engine_messagecontent ALTER COLUMN raw SET COMPRESSION lz4;
    ALTER TABLE engine_messagecontent ALTER COLUMN mapped SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    RAISE NOTICE 'this server has no lz4';
END $$;
"""
# Row-level security lets only leak-proof operators use an index, and no array operator is one: a plain query for words
# would read every block. This function asks the index as the tables' owner and does itself what the fence does: it
# answers for the open transaction's practice only.
_BLOCKS = f"""
CREATE FUNCTION engine_blocks(wanted integer[], below bigint, above bigint, most integer)
RETURNS TABLE (first bigint, last bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT ROWS 100 AS $$
    SELECT b.first, b.last FROM engine_wordblock b
     WHERE b.practice = NULLIF(current_setting('{PRACTICE_SETTING}', true), '')::integer
       AND b.words @> wanted AND b.first < below AND b.last > above
     ORDER BY b.first DESC LIMIT most
$$;
"""
# The hashes of a block are only ever read by their index.
_OUTSIDE = """
ALTER TABLE engine_wordblock ALTER COLUMN words SET STORAGE EXTERNAL;
"""
# Counted at the commit, whichever way a channel was changed: until then nobody who changes another one waits for it.
_CHANGES = """
CREATE FUNCTION engine_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO engine_channelchange AS c (practice, times) VALUES (coalesce(NEW.practice, OLD.practice), 1)
        ON CONFLICT (practice) DO UPDATE SET times = c.times + 1;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER engine_note_change AFTER INSERT OR UPDATE OR DELETE ON engine_channel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION engine_note_change();
CREATE CONSTRAINT TRIGGER engine_note_change AFTER INSERT OR UPDATE OR DELETE ON engine_channelsecret
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION engine_note_change();
"""
CREATE = [_SETTINGS, _OUTSIDE, _COMPRESSION, _BLOCKS, _CHANGES]
DROP = [
    "DROP TRIGGER engine_note_change ON engine_channel",
    "DROP TRIGGER engine_note_change ON engine_channelsecret",
    "DROP FUNCTION engine_note_change",
    "DROP FUNCTION engine_blocks",
    "ALTER TABLE engine_interfacemessage RESET (fillfactor)",
    "ALTER TABLE engine_messageturn RESET (fillfactor)",
]
