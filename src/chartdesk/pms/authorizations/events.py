"""What authorizations announce, on the stream ``Patient/<id>``.

The payload is ``{"patient_id": ..., "authorization_id": ...}``; the event follows every answer and every change.
"""

CHANGED = "AuthorizationChanged"
