"""The prepared note: what is known before the visit, put where the clinician will look for it.

Pure: plain data in, text per section out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """What is known before the visit; each entry is one line of a chart list."""

    reason: str = ""
    problems: Sequence[str] = ()
    allergies: Sequence[str] = ()
    medications: Sequence[str] = ()
    vitals: str = ""


def sections(known: Known) -> dict[str, str]:
    """The text to begin each section with; the plan begins empty."""
    return {
        "subjective": _paragraphs(
            f"Reason for visit: {known.reason}" if known.reason else "",
            _listed("Medications", known.medications, "none on file"),
            _listed("Allergies", known.allergies, "none on file, not asked"),
        ),
        "objective": f"Vital signs: {known.vitals}" if known.vitals else "",
        "assessment": _listed("Active problems", known.problems, "") if known.problems else "",
        "plan": "",
    }


def _listed(title: str, lines: Sequence[str], none: str) -> str:
    if not lines:
        return f"{title}: {none}"
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)])


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
