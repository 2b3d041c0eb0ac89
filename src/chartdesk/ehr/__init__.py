"""The health record: the visit, the note, the orders, the medications. Knows nothing of practice management."""
