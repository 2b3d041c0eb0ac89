"""X12 005010: the payers' language, as a pure codec.

A guide (``guides``) says which loops, segments and elements a transaction set has. One reader places segments
by it, one check judges by it, one writer builds by it. On top stands one module per set with typed views:
``claim_837p``, ``remittance_835``, ``eligibility_270``, ``eligibility_271``, ``acknowledgement_999``,
``ta1``, ``status_277ca``. No database and no network; adding a set is adding a guide and its view.
"""
