"""What the database refuses by itself: a decision about somebody's chart is never changed or taken away."""

FORWARD = """
CREATE FUNCTION reconciling_unchangeable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reconciling: a decision is never changed or deleted'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER reconciling_decision_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciling_decision
    FOR EACH STATEMENT EXECUTE FUNCTION reconciling_unchangeable();
"""

BACKWARD = """
DROP TRIGGER reconciling_decision_unchangeable ON reconciling_decision;
DROP FUNCTION reconciling_unchangeable();
"""
