"""Under which numbers other systems know what we keep: patients, practitioners, visits, encounters, places, payers.

``queries.resolve_many`` leads an outside number, with who assigned it, to our id; ``commands.link`` notes one. A merge
takes a patient's numbers along and its undo brings them back (``record.merging`` moves every row with a patient).
``telling`` says which of two messages about one thing is the newer; ``unmatched`` keeps what no number led to, until
somebody says who it is. Nothing is guessed by name or birth date.
"""
