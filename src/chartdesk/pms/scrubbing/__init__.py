"""What a practice has set about the rules of scrubbing, and the rules of its own, kept as data in versions.

A setting switches a built-in rule off, changes its severity or a figure in it, or limits it to payers and dates of
service. A rule of the practice's own says in conditions which lines or claims it means and what they must show. A
manager writes a draft, tries it on past claims, and lets it go live. What the built-in rules look at stands in claims.
"""
