"""The medication list: what the patient takes, who ordered it, since when, until when.

Each entry is a MedicationRequest of US Core. Adding one compares its name with the patient's allergies by
their letters and says so; this is not an interaction check, and never claims to be one.
"""
