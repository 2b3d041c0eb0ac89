# ruff: noqa: E501  (a table of prose reads better in whole lines)
"""What brings the demo's patients in, and what is done about it: one case per kind of visit and age.

Each case is a small, plausible encounter: a reason, a note, diagnoses, procedures, vital signs around which
chance varies, and what it adds to the problem and medication lists. The words are ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """An encounter to be. ``procedures`` are (code, modifiers, units, pointers counted from 1)."""

    kind: str
    ages: tuple[int, int]
    reason: str
    subjective: str
    objective: str
    assessment: str
    plan: str
    diagnoses: tuple[str, ...]
    procedures: tuple[tuple[str, tuple[str, ...], int, tuple[int, ...]], ...]
    problems: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    pressure: tuple[int, int] = (122, 76)


CASES = (
    Case("followup", (35, 90), "Blood pressure follow-up",
         "Takes lisinopril daily without cough. Home readings around 135/85. No chest pain or shortness of breath.",
         "Alert, no distress. Heart regular, no murmur. Lungs clear. No swelling of the ankles.",
         "Hypertension, improved but not yet at goal.",
         "Continue lisinopril, raise to 20 mg. Less salt, walk 30 minutes a day. Metabolic panel today. Return in three months.",
         ("I10",), (("99213", (), 1, (1,)), ("80053", (), 1, (1,)), ("36415", (), 1, (1,))),
         ("I10",), ("Lisinopril 20 mg daily",), (138, 86)),
    Case("followup", (40, 90), "Diabetes and cholesterol",
         "Checks sugars in the morning, 130 to 160. Some numbness of the toes. Takes metformin with meals.",
         "Feet: skin intact, pulses good, reduced feeling at both great toes. Weight up two pounds.",
         "Type 2 diabetes with neuropathy, above goal. High cholesterol.",
         "A1c and lipids today. Increase metformin. Eye examination due. Foot care taught. Return in three months.",
         ("E11.42", "E78.5"), (("99214", ("25",), 1, (1, 2)), ("83036", (), 1, (1,)), ("80061", (), 1, (2,)), ("36415", (), 1, (1, 2))),
         ("E11.42", "E78.5"), ("Metformin 1000 mg twice daily", "Atorvastatin 20 mg daily"), (132, 80)),
    Case("sick", (3, 40), "Sore throat",
         "Sore throat and fever for two days. Hurts to swallow. A child in the household had strep.",
         "Throat red with exudate, tender nodes at the neck. Ears normal. Lungs clear.",
         "Strep throat, rapid test positive.",
         "Amoxicillin for ten days. Fluids, rest, ibuprofen. Back to school after 24 hours of treatment.",
         ("J02.0",), (("99213", ("25",), 1, (1,)), ("87880", ("QW",), 1, (1,))), (), (), (114, 70)),
    Case("sick", (1, 80), "Cough and congestion",
         "Cough, runny nose and a mild fever for four days. Sleeps badly. No trouble breathing.",
         "Nose congested, throat slightly red. Lungs clear without wheeze. Oxygen normal.",
         "Upper respiratory infection.",
         "Rest, fluids, honey for the cough. Come back with high fever or trouble breathing.",
         ("J06.9",), (("99212", (), 1, (1,)),), (), (), (118, 74)),
    Case("sick", (18, 75), "Burning with urination",
         "Burning and urgency for two days. No fever, no back pain.",
         "Abdomen soft, mild tenderness low in the middle. No tenderness at the flanks.",
         "Urinary tract infection.",
         "Dipstick positive. Nitrofurantoin for five days. Drink plenty. Call with fever or back pain.",
         ("N39.0",), (("99213", ("25",), 1, (1,)), ("81002", (), 1, (1,))), (), (), (120, 76)),
    Case("office", (18, 70), "Low back pain",
         "Pain low in the back since lifting boxes last week. No numbness, no weakness, walks normally.",
         "Muscles beside the spine tender. Straight leg raise negative. Strength and reflexes normal.",
         "Strain of the low back.",
         "Keep moving, heat, ibuprofen with food. Exercises shown. Return in four weeks if no better.",
         ("M54.50",), (("99213", (), 1, (1,)),), (), (), (126, 80)),
    Case("office", (16, 65), "Low mood and worry",
         "Poor sleep and low mood for two months, worries about work. No thoughts of self-harm.",
         "Tearful at times, good eye contact. PHQ-9 of 14, GAD-7 of 11.",
         "Major depression, single episode, moderate. Generalized anxiety.",
         "Start sertraline 50 mg. Referral for counselling. Crisis numbers given. Return in four weeks.",
         ("F32.1", "F41.1"), (("99214", ("25",), 1, (1, 2)), ("96127", (), 2, (1, 2))),
         ("F32.1", "F41.1"), ("Sertraline 50 mg daily",), (118, 74)),
    Case("office", (5, 60), "Asthma check",
         "Uses the rescue inhaler three times a week, wakes at night once a week.",
         "Mild wheeze on forced breathing out. Breathing test: mild obstruction.",
         "Mild persistent asthma, not well controlled.",
         "Start inhaled steroid twice daily. Inhaler technique shown. Return in six weeks.",
         ("J45.30",), (("99214", ("25",), 1, (1,)), ("94010", (), 1, (1,))),
         ("J45.30",), ("Fluticasone inhaler 110 mcg twice daily", "Albuterol inhaler as needed"), (116, 72)),
    Case("wellness", (18, 39), "Yearly check-up",
         "Feels well. Exercises twice a week. Does not smoke.",
         "Normal examination.",
         "Healthy adult.",
         "Influenza vaccine given. Cholesterol next year. Return in a year.",
         ("Z00.00", "Z23"), (("99395", ("25",), 1, (1,)), ("90471", (), 1, (2,)), ("90686", (), 1, (2,))), (), (), (118, 74)),
    Case("wellness", (40, 64), "Yearly check-up",
         "Feels well apart from being tired. Sleeps six hours. Does not smoke.",
         "Normal examination. Weight stable.",
         "Healthy adult, due for screening.",
         "Blood work today. Colon cancer screening discussed and ordered. Return in a year.",
         ("Z00.00", "Z13.220"), (("99396", (), 1, (1,)), ("80061", (), 1, (2,)), ("36415", (), 1, (1,))), (), (), (124, 78)),
    Case("wellness", (65, 99), "Yearly wellness visit",
         "Lives independently. No falls in the past year. Memory good, by the patient's account and the family's.",
         "Gait steady. Screening for memory and mood normal.",
         "Medicare wellness visit, no new findings.",
         "Prevention plan given in writing. Influenza vaccine. Advance directive on file. Return in a year.",
         ("Z00.00", "Z23"), (("G0439", ("25",), 1, (1,)), ("90471", (), 1, (2,)), ("90686", (), 1, (2,))), (), (), (132, 76)),
    Case("wellness", (1, 4), "Well-child visit",
         "Eats and sleeps well. Speaks in short sentences. No worries at home.",
         "Growth along the curve. Development right for the age.",
         "Healthy child.",
         "Vaccine given. Safety and food discussed. Next visit in a year.",
         ("Z00.129", "Z23"), (("99392", ("25",), 1, (1,)), ("90471", (), 1, (2,)), ("90686", (), 1, (2,))), (), (), (94, 58)),
    Case("wellness", (5, 17), "Well-child visit and sports form",
         "Does well in school, plays soccer. No fainting, no chest pain with sport.",
         "Normal examination. Vision and hearing normal.",
         "Healthy child, cleared for sport.",
         "Form signed. Next visit in a year.",
         ("Z00.129",), (("99393", (), 1, (1,)),), (), (), (106, 64)),
    Case("procedure", (30, 85), "Knee injection",
         "Right knee pain for a year, worse on stairs. Pills no longer help.",
         "Right knee: small effusion, grinding with motion, no warmth.",
         "Osteoarthritis of the right knee.",
         "Consent taken. Joint injected under clean conditions, tolerated well. Ice and rest today. Return if no better.",
         ("M17.11",), (("20610", ("RT",), 1, (1,)),), ("M17.11",), (), (134, 82)),
    Case("procedure", (20, 90), "Blocked ear",
         "Left ear feels full, hears less on that side for a week.",
         "Left canal closed by wax; after removal the drum is normal.",
         "Impacted earwax, left ear.",
         "Wax removed with an instrument. Drops twice a week for prevention.",
         ("H61.22",), (("69210", ("LT",), 1, (1,)),), (), (), (124, 78)),
    Case("new", (18, 90), "New patient, establish care",
         "Moved here this year. High blood pressure for five years. Takes amlodipine. Father had a heart attack at 60.",
         "Normal examination apart from blood pressure.",
         "Hypertension. Establishing care.",
         "Records requested. Continue amlodipine. Blood work. Return in six weeks.",
         ("I10", "Z82.49"), (("99203", (), 1, (1,)), ("80053", (), 1, (1,)), ("36415", (), 1, (1,))),
         ("I10",), ("Amlodipine 5 mg daily",), (142, 88)),
    Case("new", (1, 17), "New patient",
         "Family moved here. Eczema of the elbows since infancy, comes and goes.",
         "Dry red patches at both elbows. Otherwise normal.",
         "Atopic dermatitis.",
         "Moisturiser twice daily, hydrocortisone cream for a week. Records requested.",
         ("L20.9",), (("99202", (), 1, (1,)),), ("L20.9",), (), (102, 62)),
)  # fmt: skip

#: Allergies that some patients have: substance and reaction.
ALLERGIES = (
    ("Penicillin", "Rash"),
    ("Sulfonamide antibiotic", "Hives"),
    ("Peanut", "Swelling"),
    ("Latex", "Itching"),
)


def fitting(kind: str, age: int) -> list[Case]:
    """The cases of a kind of visit for somebody of that age."""
    return [case for case in CASES if case.kind == kind and case.ages[0] <= age <= case.ages[1]]
