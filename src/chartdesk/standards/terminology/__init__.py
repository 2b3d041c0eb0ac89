"""Code systems as a practice meets them: look up, search, name.

`icd10` searches and checks ICD-10-CM; `vitals` knows the LOINC and UCUM codes of vital signs and what is
plausible; `substances` lists common allergens and medicines with their RxNorm ingredients. Pure: tables and
functions, no database and no network.
"""
