"""The practice: its dashboard and its set-up."""
