"""What other programs talk to: FHIR R4 over HTTP, and the tokens for it.

A plain callable beside the page framework: a request comes in as bytes and headers, an answer goes out. All
rules are the record's own, so a client can do nothing here that a page could not do there.
"""
