"""Coverage: who insures the patients, whether they are covered on a day, and what they will owe.

A policy is a Coverage resource in the record, up to three at a time by rank. Payers are rows of the practice.
An eligibility check asks the payer (270), keeps the answer (271) word for word and reads it: status, copay,
deductible, coinsurance, refusals in words. What the payer did not say is unknown, never zero.
"""
