"""The outside validators, for every test here."""

from tests.conformance.x12.conftest import linuxforhealth, pyx12

__all__ = ["linuxforhealth", "pyx12"]
