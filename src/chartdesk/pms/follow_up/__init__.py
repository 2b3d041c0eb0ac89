"""After a claim went out: who pursues it, until when, and what was asked, answered and appealed.

One list shows every claim that waits for money, by age, amount, payer, reason and owner. Payers are asked by
themselves where a claim stands (276) and their answers (277) are read in words. What a payer refuses can be
appealed with a letter, level after level, each with its deadline. Nothing here moves money.
"""
