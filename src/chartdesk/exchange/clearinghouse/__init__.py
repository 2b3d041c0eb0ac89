"""Connections to clearinghouses: files out, acknowledgements and remittances in.

Each connection satisfies ``pms.claims.connections.Clearinghouse`` by its shape: ``send``, ``waiting``,
``fetch``, ``done``. It carries bytes and does not look inside.
"""
