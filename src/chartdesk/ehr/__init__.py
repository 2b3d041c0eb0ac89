"""The health record: the visit, the note, the medications. Knows nothing of practice management."""
