"""The record's way to PostgreSQL: the kit's, under the name that the record's modules use."""

from __future__ import annotations

from chartdesk.kit.database import Values, execute, heard, row, rows

__all__ = ["Values", "execute", "heard", "row", "rows"]
