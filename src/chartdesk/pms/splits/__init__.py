"""How one visit is split for billing: the practice's own rules, kept as data, in versions that hold from a date.

A rule says which lines it means and what becomes of them: billed in two components, to another payer, to the
patient, or on a claim of their own. A manager writes a draft, tries it on past visits, and lets it go live.
Charges ask which lines there are and who owes them; claims ask which lines stand together.
"""
