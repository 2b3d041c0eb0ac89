"""Common medicines and allergens of ambulatory care, with RxNorm ingredient codes where we are sure of them.

Lists to choose from, never a limit: what is not here is written as text. RxNorm is published by the National
Library of Medicine; a code here names an ingredient, not a product.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

#: The name of RxNorm in FHIR.
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"

_MEDICINES = """
acetaminophen 161, albuterol 435, allopurinol 519, alprazolam 596, amitriptyline 704, amlodipine 17767,
amoxicillin 723, amoxicillin and clavulanate, apixaban, aripiprazole 89013, aspirin 1191, atenolol 1202,
atomoxetine 38400, atorvastatin 83367, azithromycin 18631, benzonatate, budesonide 19831, bupropion 42347,
buspirone, carvedilol 20352, celecoxib 140587, cephalexin 2231, cetirizine 20610, chlorthalidone,
ciprofloxacin 2551, citalopram 2556, clonazepam 2598, clonidine, clopidogrel 32968, codeine 2670,
cyclobenzaprine 21949, diazepam 3322, diclofenac 3355, digoxin 3407, diltiazem, diphenhydramine 3498,
donepezil 135447, doxycycline 3640, duloxetine 72625, empagliflozin, ergocalciferol, escitalopram 321988,
esomeprazole 283742, estradiol, famotidine 4278, ferrous sulfate, finasteride, fluconazole, fluoxetine 4493,
fluticasone 41126, folic acid, furosemide 4603, gabapentin 25480, glimepiride 25789, glipizide 4821,
hydralazine 5470, hydrochlorothiazide 5487, hydrocodone and acetaminophen, hydroxychloroquine 5521,
hydroxyzine, ibuprofen 5640, insulin aspart, insulin glargine 274783, insulin lispro, ipratropium,
lamotrigine 28439, lansoprazole 17128, latanoprost 43611, levetiracetam, levofloxacin 82122,
levothyroxine 10582, liraglutide, lisinopril 29046, loratadine 28889, lorazepam 6470, losartan 52175,
meclizine, meloxicam 41493, metformin 6809, methocarbamol, methotrexate 6851, methylphenidate 6901,
methylprednisolone 6902, metoclopramide 6915, metoprolol 6918, metronidazole, mirtazapine 15996,
montelukast 88249, morphine 7052, naproxen 7258, nitrofurantoin 7454, nitroglycerin, nortriptyline 7531,
olanzapine 61381, omeprazole 7646, ondansetron 26225, oxycodone 7804, pantoprazole 40790, paroxetine 32937,
penicillin V 7984, phenazopyridine 8120, potassium chloride, pravastatin 42463, prednisone 8640, pregabalin,
promethazine, propranolol 8787, quetiapine, rivaroxaban, ropinirole, rosuvastatin 301542, semaglutide,
sertraline 36437, sildenafil 136411, simvastatin 36567, sitagliptin, spironolactone 9997,
sulfamethoxazole and trimethoprim 10831, sumatriptan, tamsulosin 77492, terbinafine 37801, tiotropium 69120,
topiramate, tramadol 10689, trazodone 10737, triamcinolone 10759, valacyclovir, valsartan 69749,
venlafaxine 39786, warfarin 11289, zolpidem 39993
"""

_ALLERGENS = {
    "medication": """penicillin, amoxicillin 723, sulfa medicines, aspirin 1191, ibuprofen 5640,
        codeine 2670, morphine 7052, cephalosporins, cephalexin 2231, azithromycin 18631,
        erythromycin 4053, doxycycline 3640, ciprofloxacin 2551, levofloxacin 82122, nitrofurantoin 7454,
        lisinopril 29046, ACE inhibitors, statins, naproxen 7258, tramadol 10689, oxycodone 7804,
        lidocaine 6387, insulin, contrast dye, vaccines""",
    "food": """peanut, tree nuts, milk, egg, wheat, soy, fish, shellfish, sesame, strawberry, tomato""",
    "environment": """latex, bee venom, wasp venom, pollen, grass, ragweed, dust mites, mold, cat dander,
        dog dander, nickel, adhesive tape""",
}

#: What an allergic reaction looks like, in the words of a chart.
REACTIONS = (
    "rash",
    "hives",
    "itching",
    "swelling of face or lips",
    "trouble breathing",
    "wheezing",
    "anaphylaxis",
    "nausea",
    "vomiting",
    "diarrhea",
    "stomach upset",
    "headache",
    "dizziness",
    "fever",
    "unknown",
)


class Substance(NamedTuple):
    """A medicine or allergen: its name, and its RxNorm ingredient code or an empty text."""

    name: str
    rxnorm: str


@cache
def medicines() -> tuple[Substance, ...]:
    """Common medicines, by name."""
    return _read(_MEDICINES)


@cache
def allergens(category: str = "") -> tuple[Substance, ...]:
    """Common allergens of a FHIR category (medication, food, environment), or of all."""
    lists = [_ALLERGENS[category]] if category else list(_ALLERGENS.values())
    return tuple(substance for text in lists for substance in _read(text))


def search_medicines(text: str, limit: int = 20) -> list[Substance]:
    """Medicines with a word that begins with ``text``; those that begin with it first."""
    return _search(medicines(), text, limit)


def search_allergens(text: str, limit: int = 20) -> list[Substance]:
    """Allergens with a word that begins with ``text``; those that begin with it first."""
    return _search(allergens(), text, limit)


def rxnorm_of(name: str) -> str:
    """The RxNorm ingredient code of exactly this name, in any case; empty when we do not know one."""
    wanted = " ".join(name.casefold().split())
    known = {substance.name.casefold(): substance.rxnorm for substance in (*medicines(), *allergens())}
    return known.get(wanted, "")


def shared_word(one: str, other: str) -> str:
    """A word of four letters or more that stands in both texts; empty when there is none.

    A comparison of letters and no more: it finds "amoxicillin" in "Amoxicillin 500 mg" and does not know that
    amoxicillin is a penicillin.
    """
    words = [set(re.findall(r"[a-z]{4,}", text.casefold())) - _COMMON_WORDS for text in (one, other)]
    return min(words[0] & words[1], default="")


_COMMON_WORDS = frozenset(
    [
        "acid",
        "allergy",
        "capsule",
        "capsules",
        "chloride",
        "cream",
        "daily",
        "drug",
        "drugs",
        "medicine",
        "medicines",
        "oral",
        "potassium",
        "sodium",
        "solution",
        "sulfate",
        "tablet",
        "tablets",
        "unknown",
        "with",
    ]
)


def _read(text: str) -> tuple[Substance, ...]:
    found = []
    for entry in " ".join(text.split()).split(", "):
        name, _, last = entry.rpartition(" ")
        found.append(Substance(name, last) if last.isdigit() else Substance(entry, ""))
    return tuple(found)


def _search(substances: tuple[Substance, ...], text: str, limit: int) -> list[Substance]:
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return []
    hits = [substance for substance in substances if f" {wanted}" in f" {substance.name.casefold()}"]
    return sorted(hits, key=lambda hit: (not hit.name.casefold().startswith(wanted), hit.name))[:limit]
