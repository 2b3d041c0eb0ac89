"""The decisions of the medication list. Pure: plain data in, decision out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chartdesk.standards.terminology import substances


@dataclass(frozen=True)
class AllergyOnFile:
    """An active allergy: its words and its RxNorm ingredient, empty where it has none."""

    substance: str
    rxnorm: str = ""


def text_matches(name: str, rxnorm: str, allergies: Iterable[AllergyOnFile]) -> list[str]:
    """A sentence for each allergy whose words or ingredient code are those of the medicine.

    Compares letters and codes, nothing else: amoxicillin does not match an allergy to penicillin.
    """
    found = []
    for allergy in allergies:
        word = substances.shared_word(name, allergy.substance)
        if word or (rxnorm and rxnorm == allergy.rxnorm):
            found.append(
                f"Text match with an allergy on file: {allergy.substance}. "
                "Names were compared, interactions were not checked."
            )
    return found
