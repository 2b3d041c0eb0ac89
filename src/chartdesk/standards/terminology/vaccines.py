"""Vaccines that practices give: CVX codes, and MVX codes of who makes them, as the CDC publishes both.

The names are our own. What is not here may still be read from others: a resource keeps the code it came with.
"""

from __future__ import annotations

from dataclasses import dataclass

CVX = "http://hl7.org/fhir/sid/cvx"
MVX = "http://hl7.org/fhir/sid/mvx"


@dataclass(frozen=True)
class Vaccine:
    """A vaccine by its CVX code."""

    cvx: str
    name: str


_TABLE = """
03  | MMR (measles, mumps, rubella)
08  | Hepatitis B, child
10  | Polio (IPV)
20  | DTaP
21  | Varicella (chickenpox)
33  | Pneumococcal polysaccharide (PPSV23)
43  | Hepatitis B, adult
48  | Hib (PRP-T)
49  | Hib (PRP-OMP)
52  | Hepatitis A, adult
83  | Hepatitis A, child
94  | MMRV (measles, mumps, rubella, varicella)
110 | DTaP, hepatitis B, polio combined
113 | Td (tetanus, diphtheria), adult
115 | Tdap
116 | Rotavirus, five strains
119 | Rotavirus, one strain
120 | DTaP, Hib, polio combined
130 | DTaP, polio combined
133 | Pneumococcal conjugate (PCV13)
136 | Meningococcal ACWY (CRM)
140 | Influenza, injected, preservative free
141 | Influenza, injected
149 | Influenza, nasal
150 | Influenza, injected, four strains, preservative free
158 | Influenza, injected, four strains
162 | Meningococcal B (FHbp)
163 | Meningococcal B (4C)
165 | HPV, nine types
187 | Zoster (shingles), recombinant
189 | Hepatitis B, CpG-adjuvanted
197 | Influenza, high dose, four strains
203 | Meningococcal ACWY (TT)
205 | Influenza, adjuvanted, four strains
207 | COVID-19 mRNA, Moderna, 2020
208 | COVID-19 mRNA, Pfizer, 2020
215 | Pneumococcal conjugate (PCV15)
216 | Pneumococcal conjugate (PCV20)
303 | RSV, adjuvanted, adult
305 | RSV, two strains
309 | COVID-19 mRNA, Pfizer, 30 mcg, 2023 and later
312 | COVID-19 mRNA, Moderna, 50 mcg, 2023 and later
"""
_VACCINES = {
    code.strip(): Vaccine(code.strip(), name.strip())
    for code, _, name in (line.partition("|") for line in _TABLE.strip().splitlines())
}
#: MVX code → who makes it.
MAKERS = {
    "DVX": "Dynavax",
    "MED": "MedImmune",
    "MOD": "Moderna",
    "MSD": "Merck",
    "NVX": "Novavax",
    "PFR": "Pfizer",
    "PMC": "Sanofi Pasteur",
    "SEQ": "Seqirus",
    "SKB": "GlaxoSmithKline",
}


def vaccine(cvx: str) -> Vaccine | None:
    """The vaccine under a CVX code, with or without its leading zero; None for one that is not here."""
    return _VACCINES.get(cvx.strip()) or _VACCINES.get(cvx.strip().zfill(2))


def every() -> list[Vaccine]:
    """All of them, by name."""
    return sorted(_VACCINES.values(), key=lambda one: one.name.casefold())
