"""Two records of one patient become one, and two again.

Everything that points at the one patient (the source) is made to point at the other (the target): resources of the
record, and rows of the rooms by the convention of ``rows``. What was changed is noted thing by thing, so that it can
be put back. The old id remains as an alias: what is written or asked for under it goes to the target. Which patients
may be merged, and what becomes of their own data, is decided in ``pms.registration``.
"""
