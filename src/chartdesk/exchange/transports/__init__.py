"""How messages come and go: MLLP, folders, SFTP, HTTPS, FHIR REST.

The engine knows channels and messages; this room knows sockets and files. Listeners take bytes, hand many at once to
``engine.receiving`` and answer when they are stored. Destinations take the bytes of a delivery and say what became of
them. ``interfaces`` runs the listeners of all channels; it holds no state, so it may be killed at any moment.
"""
