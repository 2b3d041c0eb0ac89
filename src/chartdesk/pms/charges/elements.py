"""What every resource about money is made of: codes, dollars, procedures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from chartdesk.kit.money import summed
from chartdesk.standards.fhir import r4

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
MODIFIER = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets/modifiers"
PLACE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


@lru_cache(maxsize=8192)
def concept(system: str, code: str, display: str | None = None, text: str | None = None) -> r4.CodeableConcept:
    """A code of a system. The same one may be given to many resources, and none changes it."""
    return r4.CodeableConcept(coding=[r4.Coding(system=system, code=code, display=display)], text=text)


@lru_cache(maxsize=8192)
def dollars(amount: Decimal) -> r4.Money:
    """An amount in US dollars, two places."""
    return r4.Money(value=summed(amount), currency="USD")


def procedure(code: str, description: str = "") -> r4.CodeableConcept:
    """A CPT or HCPCS code with our words for it."""
    return concept(procedure_system(code), code, text=description or None)


@lru_cache(maxsize=4096)
def procedure_system(code: str) -> str:
    """CPT codes begin with a digit; what begins with a letter is HCPCS level II."""
    return CPT if code[:1].isdigit() else HCPCS


def modifiers(codes: Iterable[str]) -> Sequence[r4.CodeableConcept]:
    """Modifiers; those of two digits are CPT's own. Without any the empty tuple, which is left out at once."""
    return [concept(CPT if code.isdigit() else MODIFIER, code) for code in codes] or ()


@lru_cache(maxsize=1024)
def quantity(units: Decimal) -> r4.Quantity:
    """Units without needless zeros: 1, 2.5."""
    plain = units.normalize()
    return r4.Quantity(value=plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain)
