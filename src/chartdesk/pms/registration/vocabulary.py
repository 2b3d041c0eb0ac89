"""The closed lists of registration: states, sexes, languages, marital status, race and ethnicity.

Codes are those of the FHIR R4 and US Core value sets; where a field takes free words, the list is what a page
offers. A list is a mapping of code to words.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The two letters of the Postal Service: states, district, territories, armed forces.
_STATES = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI FM MH PW AA AE AP
"""
STATES = frozenset(_STATES.split())

#: FHIR administrative-gender.
SEXES = ("female", "male", "other", "unknown")

LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "zh": "Chinese",
    "tl": "Tagalog",
    "vi": "Vietnamese",
    "ar": "Arabic",
    "fr": "French",
    "ko": "Korean",
    "ru": "Russian",
    "de": "German",
    "pt": "Portuguese",
    "hi": "Hindi",
    "ht": "Haitian Creole",
    "so": "Somali",
    "ne": "Nepali",
    "uk": "Ukrainian",
    "ja": "Japanese",
    "it": "Italian",
    "pl": "Polish",
    "fa": "Persian",
    "ase": "American Sign Language",
}

#: http://terminology.hl7.org/CodeSystem/v3-MaritalStatus
MARITAL_STATUS = {
    "S": "Never married",
    "M": "Married",
    "D": "Divorced",
    "W": "Widowed",
    "L": "Legally separated",
    "T": "Domestic partner",
    "A": "Annulled",
    "I": "Interlocutory",
    "P": "Polygamous",
    "U": "Unmarried",
    "UNK": "Unknown",
}

#: The OMB categories, urn:oid:2.16.840.1.113883.6.238
RACES = {
    "1002-5": "American Indian or Alaska Native",
    "2028-9": "Asian",
    "2054-5": "Black or African American",
    "2076-8": "Native Hawaiian or Other Pacific Islander",
    "2106-3": "White",
}
ETHNICITIES = {
    "2135-2": "Hispanic or Latino",
    "2186-5": "Not Hispanic or Latino",
}


def code_of(words: Mapping[str, str], text: str) -> str:
    """The code for a code or its words, whatever the case; empty where the list has neither."""
    wanted = text.strip().casefold()
    return next((code for code, word in words.items() if wanted in (code.casefold(), word.casefold())), "")


def text_of(words: Mapping[str, str], text: str) -> str:
    """The words for a code or its words; other text stays as it is."""
    code = code_of(words, text)
    return words[code] if code else text.strip()
