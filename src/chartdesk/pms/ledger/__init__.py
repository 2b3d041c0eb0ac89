"""The practice's books: double entry, guarded by the database, knowing no other domain.

A posting is a balanced set of entries, debits positive and credits negative. Entries are never changed; a
mistake is reversed by a posting of its own. Each posting carries the kind and the source that caused it, and
the same cause posts once. Who is a patient and what is a claim is known elsewhere: here they are labels, and
the room that posts or reads for a patient leaves the audit row.
"""
